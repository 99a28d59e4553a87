"""The moves that time makes."""

import logging

from django.db.models import Exists, OuterRef, Q

from core import clock
from core.workflow import CLOCK, NotAllowed, Overtaken, SomethingMissing
from positions.choices import State
from positions.models import Ballot, Position
from positions.workflow import WORKFLOW

log = logging.getLogger("portal")


def make_due_moves() -> int:
    """Make each move whose time has come, one transaction each; returns how many were made.

    Safe to run twice, late, and in several workers at once.
    """
    made = 0
    for position in _candidates():
        move = WORKFLOW.due(position)
        if move is None:
            continue
        try:
            WORKFLOW.perform(move.action, position, by=CLOCK, seen=position.step)
        except (Overtaken, NotAllowed):
            continue
        except SomethingMissing as missing:
            log.error(
                "The clock cannot make %s on %s: %s", move.action, position.reference, missing
            )
            continue
        log.info("The clock made %s on %s.", move.action, position.reference)
        made += 1
    return made


def _candidates():
    now, today = clock.now(), clock.today()
    ended = Ballot.objects.filter(
        position=OuterRef("pk"), closed_at=None, annulled_at=None, closes_at__lt=now
    )
    return Position.objects.filter(
        Q(status=State.CONSULTATION, comments_close_at__lt=now)
        | Q(status=State.PARKED, wake_on__lte=today)
        | Q(Exists(ended), status=State.SECTION_VOTE)
    ).select_related("section")
