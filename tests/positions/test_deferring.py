"""The board may defer its decision once, and never past the authority's deadline."""

import pytest

from core import audit, clock
from core.workflow import SomethingMissing
from positions.choices import Action, Choice, State

pytestmark = pytest.mark.usefixtures("english")

LATER = "The county's figures are still missing."


def reviewed(way, **facts):
    return way.move(
        way.to(State.FORWARDED),
        Action.TAKE_UP,
        "board_secretary",
        decide_on=way.in_days(5),
        **facts,
    )


def defer(way, position, days, note=LATER):
    return way.move(
        position, Action.DEFER, "board_secretary", decide_on=way.in_days(days), note=note
    )


def test_the_ballot_stays_open_and_the_votes_count_on(way):
    position = way.vote(reviewed(way), Choice.YES, None, None, ballot="board_ballot")

    position = defer(way, position, 12)

    ballot = position.board_ballot
    assert (position.status, position.decide_on) == (State.BOARD_REVIEW, way.in_days(12))
    assert (ballot.closes_at, ballot.turnout) == (clock.end_of_day(way.in_days(12)), 1)
    assert audit.last_of(position).note == LATER


def test_it_is_deferred_once(way):
    position = defer(way, reviewed(way), 12)

    with pytest.raises(SomethingMissing, match="once already"):
        defer(way, position, 20)


def test_to_a_later_day_and_with_a_reason(way):
    position = reviewed(way)

    with pytest.raises(SomethingMissing, match="later day"):
        defer(way, position, 5)
    with pytest.raises(SomethingMissing):
        defer(way, position, 12, note="")


def test_never_past_the_authoritys_deadline(way):
    position = reviewed(way)
    position.authority_deadline = way.in_days(10)
    position.save()

    with pytest.raises(SomethingMissing, match="before the authority's deadline"):
        defer(way, position, 10)

    assert defer(way, position, 9).decide_on == way.in_days(9)
