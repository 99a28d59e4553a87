"""The moves that time makes: each once, in time, whoever else is at work."""

from datetime import timedelta

import pytest

from core import audit, clock
from core.models import AuditEntry
from positions.choices import Action, Choice, State
from positions.clockwork import make_due_moves
from positions.models import Position
from positions.workflow import WORKFLOW

DUE = """
consultation   close_consultation  consolidation
section_vote   close_vote          not_adopted
parked         resume              consolidation
"""
ROWS = [row.split() for row in DUE.split("\n") if row]


@pytest.mark.parametrize(("state", "action", "target"), ROWS)
def test_what_is_due_is_made_once_the_time_is_over(way, state, action, target):
    position = way.to(State(state))

    with clock.at(position.deadline - timedelta(days=2)):
        early = make_due_moves()
    with way.after(position.deadline):
        made = [make_due_moves(), make_due_moves()]

    position = Position.objects.get(pk=position.pk)
    entry = audit.last_of(position)
    assert (early, made) == (0, [1, 0])
    assert (position.status, entry.action, entry.actor) == (target, action, None)


@pytest.mark.parametrize("state", sorted(set(State.values) - {row[0] for row in ROWS}))
def test_nothing_else_moves_by_itself(way, state):
    way.to(State(state))
    entries = AuditEntry.objects.count()

    with clock.at(clock.now() + timedelta(days=4000)):
        waiting = Position.objects.filter(status=state)
        due = [WORKFLOW.due(position) for position in waiting]

    assert due == [None] * len(due)
    assert AuditEntry.objects.count() == entries


def test_a_parked_position_wakes_on_the_morning_of_its_day(way):
    position = way.to(State.PARKED)
    midnight = clock.end_of_day(clock.days_after(position.wake_on, -1))

    with clock.at(midnight):
        before = make_due_moves()
    with way.after(midnight):
        after = make_due_moves()

    assert (before, after) == (0, 1)


def test_a_vote_that_everybody_has_cast_is_counted_at_its_deadline(way):
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.YES, Choice.NO)

    with way.after(position.section_ballot.closes_at):
        make_due_moves()

    assert Position.objects.get(pk=position.pk).status == State.ADOPTED


def test_the_board_is_never_decided_by_the_clock(way):
    position = way.to(State.BOARD_REVIEW)

    with way.after(position.deadline):
        made = make_due_moves()
        late = Position.objects.get(pk=position.pk).is_overdue

    assert (made, late) == (0, True)


def test_several_are_made_in_one_turn(way):
    positions = [way.to(State.CONSULTATION), way.to(State.SECTION_VOTE), way.to(State.PARKED)]

    with clock.at(clock.now() + timedelta(days=60)):
        made = make_due_moves()

    states = [Position.objects.get(pk=position.pk).status for position in positions]
    assert made == 3
    assert states == [State.CONSOLIDATION, State.NOT_ADOPTED, State.CONSOLIDATION]


def test_one_that_somebody_has_just_moved_does_not_stop_the_rest(way, monkeypatch):
    """Another worker, or a person, comes between the look and the lock."""
    first, second = way.to(State.CONSULTATION), way.to(State.CONSULTATION)
    find = WORKFLOW.due

    def find_and_be_overtaken(position):
        move = find(position)
        if position.pk == first.pk:
            way.move(first, Action.WITHDRAW, note="Just now.")
        return move

    monkeypatch.setattr(WORKFLOW, "due", find_and_be_overtaken)
    with way.after(first.comments_close_at):
        made = make_due_moves()

    states = [Position.objects.get(pk=position.pk).status for position in (first, second)]
    assert (made, states) == (1, [State.WITHDRAWN, State.CONSOLIDATION])


def test_a_submission_becomes_overdue_by_itself_and_nothing_is_stored(way):
    position = way.to(State.SUBMITTED)
    position.submission.due_on = clock.days_after(clock.today(), 30)
    position.submission.save()
    position = Position.objects.select_related("submission").get(pk=position.pk)

    with clock.at(clock.end_of_day(position.submission.due_on)):
        in_time = position.is_overdue
    with way.after(clock.end_of_day(position.submission.due_on)):
        late = position.is_overdue

    assert (in_time, late) == (False, True)
