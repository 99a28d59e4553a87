"""Two secretaries in the same second, on real connections."""

import pytest

from core.workflow import Overtaken
from positions import meetings
from positions.choices import Choice, MeetingState
from positions.meeting_workflow import MEETINGS
from positions.models import Ballot, BoardDecision, Meeting
from tests.cast import make_person, mandate
from tests.positions.test_races import at_once, fresh, on_postgresql  # noqa: F401

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def secretaries(board_secretary):
    return [board_secretary, mandate(make_person("second.secretary"), "board_secretary")]


def test_O_048_a_vote_is_entered_once(sitting, board, secretaries):
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    seen = sitting.came(sitting.open(sitting.move(meeting, "convene"))).step
    votes = {person.pk: (Choice.YES, "") for person in board}

    def enter(by):
        return lambda: meetings.take_vote(item=item, by=fresh(by), seen=seen, votes=votes)

    assert at_once(*map(enter, secretaries)) == {"done": 1, "Overtaken": 1}
    assert Ballot.objects.filter(item=item).count() == 1


def test_O_048_a_meeting_is_convened_once(sitting, secretaries):
    meeting = sitting.to(MeetingState.PLANNED)

    def convene(by):
        return lambda: MEETINGS.perform("convene", meeting, by=fresh(by), seen=meeting.step)

    assert at_once(*map(convene, secretaries)) == {"done": 1, "Overtaken": 1}


def test_O_051_resolutions_at_a_meeting_have_no_gap_and_no_duplicate(sitting, board_secretary):
    meeting = sitting.came(sitting.to(MeetingState.IN_SESSION))
    (item,) = meeting.items
    votes = {"votes_for": 3, "votes_against": 0, "votes_abstained": 0, "votes_apart": 0}

    def resolve():
        while True:
            seen = Meeting.objects.get(pk=meeting.pk).step
            words = {"subject": "The budget", "words": "It is adopted.", "seen": seen}
            try:
                meetings.resolve(item=item, by=fresh(board_secretary), **words, **votes)
            except Overtaken:
                continue
            return

    assert at_once(*[resolve] * 8) == {"done": 8}
    numbers = BoardDecision.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6, 7, 8]
