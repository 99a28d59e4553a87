"""The figures of public accountability are counted by the worker; pages only read them."""

from datetime import timedelta

from django.db import transaction

from core import clock
from core.models import AuditHead
from positions import accounting
from positions.models import AuthorityFigures, Recount

BATCH = 500
APART = timedelta(minutes=5)
"""Counted at most so often: with a long history it takes seconds, and acts come by the dozen."""


def recount_if_changed() -> int:
    """Count anew when anything was recorded since, or when the day is another: what is overdue
    depends on it. Every change is in the chain of acts, so none is missed; what comes soon after a
    count waits until its time has come, and is counted then.

    Safe to run twice, late, and in several workers at once; returns how often it counted.
    """
    last = Recount.objects.first()
    if last and last.seq == _seq() and clock.day_of(last.counted_at) == clock.today():
        return 0
    if last and timedelta(0) <= clock.now() - last.counted_at < APART:
        return 0
    recount()
    return 1


def recount() -> Recount:
    """Count everything from the beginning. The chain is read first: what is recorded meanwhile is
    counted again the next time, and an older count never replaces a newer one."""
    seq, now, rows = _seq(), clock.now(), accounting.count()
    with transaction.atomic():
        Recount.objects.get_or_create(pk=1, defaults={"counted_at": now})
        last = Recount.objects.select_for_update().get(pk=1)
        if last.seq > seq:
            return last
        AuthorityFigures.objects.all().delete()
        AuthorityFigures.objects.bulk_create(rows, batch_size=BATCH)
        last.seq, last.counted_at = seq, now
        last.save()
    return last


def _seq() -> int:
    head = AuditHead.objects.filter(pk=1).first()
    return head.seq if head else 0
