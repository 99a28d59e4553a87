"""The way to an authority's deadline, reckoned backwards from its last day.

Days are calendar days of Budapest; every step begins and ends on a working day, the next one
begins on a later day than the one before has ended. The usual way leaves the libraries their time
for comments and for the vote, and the board its time to decide (`Section`). Where that does not
fit into what is left, the expedited route shares the working days out in the same proportion.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from core import calendar, clock
from core.calendar import Calendar
from positions.choices import Leg, State
from positions.models import Position
from sections.models import Section

AHEAD = {
    State.DRAFT: tuple(Leg),
    State.CONSULTATION: tuple(Leg),
    State.CONSOLIDATION: (Leg.VOTE, Leg.BOARD, Leg.SUBMISSION),
    State.NOT_ADOPTED: (Leg.VOTE, Leg.BOARD, Leg.SUBMISSION),
    State.RETURNED: (Leg.VOTE, Leg.BOARD, Leg.SUBMISSION),
    State.SECTION_VOTE: (Leg.VOTE, Leg.BOARD, Leg.SUBMISSION),
    State.ADOPTED: (Leg.BOARD, Leg.SUBMISSION),
    State.FORWARDED: (Leg.BOARD, Leg.SUBMISSION),
    State.BOARD_REVIEW: (Leg.BOARD, Leg.SUBMISSION),
    State.CHANGES_PROPOSED: (Leg.SUBMISSION,),
    State.ACCEPTED: (Leg.SUBMISSION,),
}
"""What a position still has to go through, by its state."""


@dataclass(frozen=True)
class Plan:
    """The last day of each step ahead; `is_expedited` where they are shorter than usual,
    `is_provisional` where nobody has recorded the special days of a year it reaches into."""

    last_days: dict[Leg, date]
    is_expedited: bool
    is_provisional: bool


def of(position: Position, ahead: Sequence[Leg] = ()) -> Plan | None:
    """The plan of a position with a deadline, reckoned today, over what its state has ahead unless
    told; None if it has no way to it."""
    return backwards(
        position.authority_deadline,
        ahead or AHEAD[State(position.status)],
        today=clock.today(),
        section=position.section,
        calendar=calendar.read(),
    )


def usual_day(position: Position, leg: Leg, days: int) -> date:
    """The day a form suggests for the end of the step it begins: so many days from now, or as the
    plan to the authority's deadline has it."""
    usual, legs = clock.days_after(clock.today(), days), tuple(Leg)
    made = of(position, legs[legs.index(leg) :]) if position.authority_deadline else None
    return min(usual, made.last_days[leg]) if made else usual


def backwards(
    due_on: date, ahead: Sequence[Leg], *, today: date, section: Section, calendar: Calendar
) -> Plan | None:
    """From the last day on which the authority takes it into account; None if not even a working
    day is left for each step."""
    is_provisional = not all(map(calendar.knows, range(today.year, due_on.year + 1)))
    usual, begins = _usual(due_on, ahead, section, calendar)
    if begins >= today:
        return Plan(usual, is_expedited=False, is_provisional=is_provisional)
    left = _working_days(today, usual[Leg.SUBMISSION], calendar)
    if len(left) < len(ahead):
        return None
    days = _shared_out(left, ahead, section)
    return Plan(days, is_expedited=True, is_provisional=is_provisional)


def _usual(due_on, ahead, section, calendar) -> tuple[dict[Leg, date], date]:
    """The last day of each step, and the day on which the first of them has to begin."""
    day, begins, found = calendar.last_working(due_on), due_on, {}
    for leg in reversed(ahead):
        found[leg] = day
        begins = calendar.last_working(day - timedelta(days=_days(leg, section)))
        day = calendar.working_days_before(begins, 1)
    return {leg: found[leg] for leg in ahead}, begins


def _days(leg, section) -> int:
    """How many days after the one on which it begins the step ends, if nothing presses."""
    match leg:
        case Leg.COMMENTS:
            return section.comment_days
        case Leg.VOTE:
            return section.vote_days
        case Leg.BOARD:
            return section.board_days
    return 0


def _working_days(today, last, calendar) -> list[date]:
    days = ((last - today).days + 1) if last >= today else 0
    every = (today + timedelta(days=number) for number in range(days))
    return [day for day in every if calendar.is_working(day)]


def _shared_out(left, ahead, section) -> dict[Leg, date]:
    """The last working day is for sending it; the others end in proportion to their usual time."""
    legs, free = ahead[:-1], len(left) - 1
    sums = list(accumulate(_days(leg, section) for leg in legs))
    found, place = {}, -1
    for number, leg in enumerate(legs):
        share = round(free * sums[number] / sums[-1]) - 1
        place = max(place + 1, min(share, free - (len(legs) - number)))
        found[leg] = left[place]
    return {**found, ahead[-1]: left[-1]}
