"""People whose erasure was confirmed are erased by the worker, in all the rooms at once."""

from core.workflow import CLOCK, Overtaken
from iksz_portal import searching
from iksz_portal.personal import DECLARED, MENTIONS
from members.choices import ErasureAction, ErasureStatus
from members.models import Erasure
from members.workflow import ERASURES


def carry_out() -> int:
    """Safe to run twice and in several workers: the move is made once. The search learns of texts
    that were written over."""
    done = 0
    rooms = {"declared": DECLARED, "mentions": MENTIONS}
    for erasure in Erasure.objects.filter(status=ErasureStatus.CONFIRMED).order_by("pk"):
        try:
            ERASURES.perform(ErasureAction.CARRY_OUT, erasure, by=CLOCK, **rooms)
        except Overtaken:
            continue
        done += 1
    if done:
        searching.reindex()
    return done
