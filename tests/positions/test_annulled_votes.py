"""A vote that went wrong is annulled with its reason, and held anew; nothing of it is deleted."""

import pytest

from core import audit
from core.workflow import CLOCK, NotAllowed, SomethingMissing
from positions import actions
from positions.actions import BallotClosed
from positions.choices import Action, Choice, State
from positions.endorsing import file_opinion
from positions.models import Vote
from positions.workflow import WORKFLOW
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")

YES, NO = Choice.YES, Choice.NO
WRONG = "The wrong text was attached."


def annulled(way, *choices):
    position = way.vote(way.to(State.SECTION_VOTE), *choices)
    return way.move(position, Action.ANNUL_VOTE, note=WRONG)


def closed_after_its_time(way, position):
    with way.after(position.section_ballot.closes_at):
        return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)


def test_the_votes_are_kept_with_the_reason(way):
    position = annulled(way, YES, NO, None)

    ballot = position.ballots.get()
    assert (position.status, position.section_ballot) == (State.CONSOLIDATION, None)
    assert (ballot.annulled_at is None, ballot.annulled_reason) == (False, WRONG)
    assert (ballot.turnout, Vote.objects.count()) == (2, 2)
    assert audit.last_of(position).note == WRONG


def test_a_reason_is_needed_and_an_office(way, representative):
    position = way.to(State.SECTION_VOTE)

    with pytest.raises(SomethingMissing):
        way.move(position, Action.ANNUL_VOTE)
    with pytest.raises(NotAllowed):
        WORKFLOW.perform(Action.ANNUL_VOTE, position, by=representative, note=WRONG)


def test_the_pages_open_with_an_opinion_that_was_filed(
    way, client_of, coordinator, representative, library
):
    position = way.to(State.SECTION_VOTE)
    facts = {"by": representative, "library": library, "goes_public": False}
    file_opinion(version=position.current, text="No.", **facts)
    position = way.move(position, Action.ANNUL_VOTE, note=WRONG)

    for person in (coordinator, representative):
        pages = [client_of(person).get(at(position, name)) for name in ("position", "endorsements")]
        assert [page.status_code for page in pages] == [200, 200]


def test_no_vote_comes_in_any_more(way, representative):
    position = way.to(State.SECTION_VOTE)
    elector = position.section_ballot.electors.first()
    position = way.move(position, Action.ANNUL_VOTE, note=WRONG)

    with pytest.raises(BallotClosed):
        actions.cast_vote(elector=elector, by=representative, choice=YES)


def test_it_is_held_anew_from_nothing(way):
    position = annulled(way, NO, NO, NO)

    position = way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))
    before = position.section_ballot
    position = way.vote(position, YES, YES, YES)

    assert (before.round, before.turnout, before.is_repeat) == (2, 0, False)
    assert closed_after_its_time(way, position).status == State.ADOPTED


def test_the_vote_held_anew_may_be_repeated_if_it_misses_its_quorum(way):
    position = annulled(way, YES, YES, YES)
    position = way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))
    position = closed_after_its_time(way, way.vote(position, YES, None, None))

    position = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))

    assert (position.section_ballot.round, position.section_ballot.is_repeat) == (3, True)


def test_only_one_repetition_of_one_that_missed_its_quorum(way):
    position = closed_after_its_time(way, way.vote(way.to(State.SECTION_VOTE), YES, None, None))
    position = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))
    position = closed_after_its_time(way, position)

    with pytest.raises(SomethingMissing, match="repeated once already"):
        way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))


def test_after_reworking_a_vote_may_be_repeated_again(way):
    position = closed_after_its_time(way, way.vote(way.to(State.SECTION_VOTE), YES, None, None))
    position = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))
    position = way.move(closed_after_its_time(way, position), Action.REWORK)
    position = way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))
    position = closed_after_its_time(way, way.vote(position, YES, None, None))

    position = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))

    assert position.section_ballot.is_repeat
