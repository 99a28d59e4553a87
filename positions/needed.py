"""What the board still needs before it can decide.

Derived from the rules and from who has voted. How anybody has voted is not told while a vote can
still come; a member who takes no part is not told before the decision.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from positions.choices import State
from positions.models import Ballot, Position


def for_board(position: Position, *, excluded: bool = False) -> Iterator[str]:
    """The sentences for those who read what is inside."""
    if position.status == State.FORWARDED:
        yield _("The secretary takes it up and sets the day of the decision.")
    if excluded:
        yield _("You take no part in it, for conflict of interest: the board decides without you.")
    elif position.status == State.BOARD_REVIEW:
        yield from before_deciding(position.board_ballot)


def before_deciding(ballot: Ballot) -> Iterator[str]:
    yield from quorum(ballot)
    if ballot.awaits_votes:
        if ballot.has_quorum:
            yield _("There is a quorum; votes are taken until %(day)s.") % until(ballot)
        yield silent(ballot)
    elif ballot.has_quorum:
        yield result(ballot)


def quorum(ballot: Ballot) -> Iterator[str]:
    missing = ballot.missing_for_quorum
    if not missing:
        return
    if ballot.awaits_votes:
        yield ngettext(
            "%(count)d more vote is needed for a quorum, by %(day)s.",
            "%(count)d more votes are needed for a quorum, by %(day)s.",
            missing,
        ) % {"count": missing, **until(ballot)}
    else:
        yield ngettext(
            "There is no quorum, %(count)d vote is missing: the decision is deferred, or the "
            "position returned.",
            "There is no quorum, %(count)d votes are missing: the decision is deferred, or the "
            "position returned.",
            missing,
        ) % {"count": missing}


def silent(ballot: Ballot) -> str:
    count = ballot.electorate - ballot.turnout
    return ngettext(
        "%(count)d member has not voted.", "%(count)d members have not voted.", count
    ) % {"count": count}


def result(ballot: Ballot) -> str:
    """Once no vote can come any more, and there is a quorum."""
    if not ballot.carries:
        return _("The ballot does not carry it: it is rejected, or returned with reasons.")
    if ballot.tally_concern:
        return _("A blocking concern is open: it must be talked over, or outvoted on record.")
    return _("The ballot carries it: the secretary records the decision.")


def until(ballot: Ballot) -> dict[str, Any]:
    return {"day": date_format(clock.day_of(ballot.closes_at))}
