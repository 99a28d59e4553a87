from contextlib import suppress

import pytest
from django.urls import reverse

from core import audit, clock
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import actions, conflicts, meetings
from positions.choices import Action, Choice, LinkKind, MeetingState, State, Verdict
from positions.models import (
    Ballot,
    BoardDecision,
    Elector,
    Meeting,
    Position,
    ResolutionLink,
    Vote,
)
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
YES, CONCERN, ABSTAIN, RECUSE = Choice.YES, Choice.CONCERN, Choice.ABSTAIN, Choice.RECUSE


@pytest.fixture
def item(sitting):
    """A position on the agenda of a meeting in session, all three members present."""
    meeting = sitting.plan()
    item = sitting.add_position(meeting)
    sitting.add(meeting)
    sitting.came(sitting.open(sitting.move(meeting, "convene")))
    return item


@pytest.fixture
def matter(item):
    """The other item of that meeting, which is no position."""
    return Meeting.objects.get(pk=item.meeting_id).items[1]


def fresh(item):
    return Position.objects.get(pk=item.position_id)


def test_the_votes_at_the_table_decide(sitting, way, item):
    sitting.vote(item, YES, YES, CONCERN)
    position = way.decide(fresh(item), Action.ACCEPT, outvoted=True)

    decision = position.decisions.get()
    assert (position.status, decision.item_id) == (State.ACCEPTED, item.pk)
    assert decision.decided_on == Meeting.objects.get(pk=item.meeting_id).day


def test_a_position_that_nobody_took_up_is_voted_on_without_a_vote_in_writing(sitting):
    meeting = sitting.plan()
    item = sitting.add_position(meeting, State.FORWARDED)
    sitting.came(sitting.open(sitting.move(meeting, "convene")))

    ballot = sitting.vote(item, YES, YES, YES)

    assert fresh(item).status == State.BOARD_REVIEW
    assert list(item.position.ballots.filter(kind="board")) == [ballot]


def test_a_vote_in_writing_is_annulled_and_kept(sitting, way, item):
    way.vote(item.position, CONCERN, None, None, ballot="board_ballot", reason="No money.")

    sitting.vote(item, YES, YES, YES)

    written = Ballot.objects.get(kind="board", item=None)
    reason = f"The vote was taken at meeting {item.meeting.reference} of the board."
    assert (written.annulled_reason, written.tally_concern) == (reason, 1)
    assert fresh(item).board_ballot.carries is True


def test_votes_entered_wrongly_are_entered_anew_and_the_first_are_kept(sitting, item):
    sitting.vote(item, CONCERN, CONCERN, CONCERN)
    sitting.vote(item, YES, YES, YES)

    assert Vote.objects.filter(elector__ballot__item=item).count() == 6
    assert fresh(item).board_ballot.tally_yes == 3


def test_nobody_votes_in_writing_on_what_is_voted_on_at_a_meeting(sitting, board, item):
    ballot = sitting.vote(item, YES, YES, YES)
    elector = Elector.objects.filter(ballot=ballot).first()

    with pytest.raises((actions.BallotClosed, actions.AlreadyVoted)):
        actions.cast_vote(elector=elector, by=elector.person, choice=YES)


@pytest.mark.parametrize("choices", [(YES, YES, None), (YES, None, None)])
def test_each_member_who_is_present_answers(sitting, item, choices):
    with pytest.raises(SomethingMissing):
        sitting.vote(item, *choices)

    assert not Ballot.objects.filter(item=item).exists()


def test_who_is_not_there_does_not_vote(sitting, item):
    sitting.came(Meeting.objects.get(pk=item.meeting_id), 2)

    with pytest.raises(SomethingMissing):
        sitting.vote(item, YES, YES, YES)


@pytest.mark.parametrize(
    ("present", "choices", "decides"),
    [
        (3, (YES, YES, RECUSE), True),
        (3, (YES, RECUSE, RECUSE), True),
        (3, (RECUSE, RECUSE, RECUSE), False),
        (2, (YES, YES, None), True),
        (2, (YES, RECUSE, None), False),
        (1, (YES, None, None), False),
    ],
)
def test_those_who_take_no_part_count_on_neither_side(sitting, item, present, choices, decides):
    """Of three: 3 there and 1 apart, 2 of 2; 2 apart, 1 of 1; all apart, nobody; 2 there and 1
    apart, 1 of 2."""
    sitting.came(Meeting.objects.get(pk=item.meeting_id), present)

    with suppress(SomethingMissing):
        sitting.vote(item, *choices)

    assert Ballot.objects.filter(item=item).exists() is decides


def test_a_member_with_a_conflict_is_not_asked(sitting, board, board_secretary, item):
    conflicts.exclude(
        position=fresh(item), by=board_secretary, member=board[2], reason="A relative."
    )

    with pytest.raises(SomethingMissing):
        sitting.vote(item, YES, YES, YES)
    ballot = sitting.vote(item, YES, YES, None)

    assert Ballot.objects.get(pk=ballot.pk).electorate == 2


def test_a_member_with_a_conflict_reads_the_minutes_once_it_is_decided(
    sitting, way, board, board_secretary, item
):
    conflicts.exclude(
        position=fresh(item), by=board_secretary, member=board[2], reason="A relative."
    )
    sitting.vote(item, YES, YES, None)
    of_meeting = reverse("positions:minutes", args=[item.meeting.year, item.meeting.number])
    answers = [signed_in(member).get(of_meeting).status_code for member in (board[2], board[1])]

    way.decide(fresh(item), Action.ACCEPT)

    assert answers == [403, 200]
    assert signed_in(board[2]).get(of_meeting).status_code == 200


def test_a_blocking_concern_has_words_at_the_table_too(sitting, item):
    with pytest.raises(SomethingMissing):
        sitting.vote(item, CONCERN, YES, YES, reason=" ")


def test_attendance_cannot_say_otherwise_after_the_vote(sitting, item):
    sitting.vote(item, YES, YES, YES)

    with pytest.raises(SomethingMissing):
        sitting.came(item.meeting, 2)


def test_the_day_of_the_decision_is_the_day_of_the_meeting(sitting, way, item):
    sitting.vote(item, YES, YES, YES)

    with pytest.raises(SomethingMissing) as refused:
        way.decide(fresh(item), Action.ACCEPT, decided_on=clock.days_after(clock.today(), -1))

    assert refused.value.field == "decided_on"


def test_of_two_entries_at_once_the_second_is_refused(sitting, board_secretary, board, item):
    seen = Meeting.objects.get(pk=item.meeting_id).step
    votes = {person.pk: (YES, "") for person in board}
    meetings.take_vote(item=item, by=board_secretary, seen=seen, votes=votes)

    with pytest.raises(Overtaken):
        meetings.take_vote(item=item, by=board_secretary, seen=seen, votes=votes)


# Resolutions on other matters --------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "verdict"),
    [
        ((3, 0, 0, 0), Verdict.ACCEPTED),
        ((2, 1, 0, 0), Verdict.ACCEPTED),
        ((1, 1, 1, 0), Verdict.REJECTED),
        ((1, 0, 2, 0), Verdict.ACCEPTED),
        ((0, 0, 3, 0), Verdict.REJECTED),
        ((1, 0, 0, 2), Verdict.ACCEPTED),
    ],
)
def test_the_votes_tell_whether_it_is_passed(sitting, matter, votes, verdict):
    assert sitting.resolve(matter, *votes).verdict == verdict


@pytest.mark.parametrize("votes", [(2, 0, 0, 0), (3, 1, 0, 0), (0, 0, 0, 3)])
def test_the_votes_add_up_and_somebody_decides(sitting, matter, votes):
    with pytest.raises(SomethingMissing):
        sitting.resolve(matter, *votes)

    assert BoardDecision.objects.count() == 0


def test_resolutions_of_both_kinds_are_numbered_in_one_series(sitting, way, item, matter):
    first = sitting.resolve(matter, 3, 0, 0, 0)
    sitting.vote(item, YES, YES, YES)
    second = way.decide(fresh(item), Action.ACCEPT).decisions.get()
    third = way.to(State.ACCEPTED).decisions.get()

    assert [each.number for each in (first, second, third)] == [1, 2, 3]


# Revoking and amending ---------------------------------------------------------------------


@pytest.fixture
def three(sitting, matter):
    return [sitting.resolve(matter, 3, 0, 0, 0) for _ in range(3)]


@pytest.fixture
def link(board_secretary):
    def act(source, kind, target):
        return meetings.link_resolutions(
            source=source, kind=kind, target=target, by=board_secretary
        )

    return act


def test_a_revoked_resolution_tells_by_what(three, link):
    first, second, third = three
    link(second, LinkKind.AMENDS, first)
    link(third, LinkKind.REVOKES, first)

    found = BoardDecision.objects.for_lists().get(pk=first.pk)
    assert (found.revoked_by, found.amended_by) == (third, [second])


def test_a_revoked_resolution_changes_no_other(three, link):
    first, second, third = three
    link(third, LinkKind.REVOKES, second)

    with pytest.raises(SomethingMissing, match="changes no other"):
        link(second, LinkKind.AMENDS, first)


@pytest.mark.parametrize(("source", "target"), [(0, 1), (1, 1)])
def test_only_earlier_ones_are_named_so_there_are_no_cycles(three, link, source, target):
    with pytest.raises(SomethingMissing):
        link(three[source], LinkKind.REVOKES, three[target])


@pytest.mark.parametrize("kind", LinkKind.values)
def test_what_is_revoked_is_neither_revoked_nor_amended_again(three, link, kind):
    first, second, third = three
    link(second, LinkKind.REVOKES, first)

    with pytest.raises(SomethingMissing) as refused:
        link(third, kind, first)

    assert refused.value.sentences == ["That resolution has been revoked already."]


def test_two_resolutions_are_linked_once(three, link):
    first, second, _third = three
    link(second, LinkKind.AMENDS, first)

    with pytest.raises(SomethingMissing):
        link(second, LinkKind.REVOKES, first)


def test_a_link_that_was_a_mistake_is_undone_with_a_reason(three, link, board_secretary):
    first, second, third = three
    made = link(second, LinkKind.REVOKES, first)
    with pytest.raises(SomethingMissing) as refused:
        meetings.undo_link(link=made, by=board_secretary, reason=" ")

    meetings.undo_link(link=made, by=board_secretary, reason="Another one was meant.")

    entry = audit.last_of(second)
    assert refused.value.field == "reason"
    assert (entry.action, entry.note) == ("undo_link", "Another one was meant.")
    assert entry.payload == {"kind": "revokes", "target": first.resolution}
    assert link(third, LinkKind.REVOKES, first).target == first


def test_only_those_who_lead_the_board_undo_a_link_and_only_once(
    three, link, board_secretary, board_member
):
    made = link(three[1], LinkKind.AMENDS, three[0])
    stale = ResolutionLink.objects.get(pk=made.pk)
    with pytest.raises(NotAllowed):
        meetings.undo_link(link=made, by=board_member, reason="Mine.")
    meetings.undo_link(link=made, by=board_secretary, reason="A mistake.")

    with pytest.raises(SomethingMissing):
        meetings.undo_link(link=stale, by=board_secretary, reason="A mistake.")


def test_a_link_is_undone_by_a_form(three, link, client_of, board_secretary):
    made = link(three[1], LinkKind.AMENDS, three[0])
    page, client = three[1].get_absolute_url(), client_of(board_secretary)
    address = reverse("positions:undo_link", args=[three[1].year, three[1].number, made.pk])

    offered = address in client.get(page).content.decode()
    done = client.post(address, {"reason": "A mistake."})

    assert (offered, done.url) == (True, page)
    assert three[0].resolution not in client.get(page).content.decode()


def test_a_resolution_of_a_closed_meeting_is_not_added_to(sitting, matter):
    sitting.move(Meeting.objects.get(pk=matter.meeting_id), "end")

    with pytest.raises(Overtaken):
        sitting.resolve(matter, 3, 0, 0, 0)

    assert Meeting.objects.get(pk=matter.meeting_id).status == MeetingState.HELD
