"""One letter a day or a week instead of many: what is held for a reader goes in it together."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from core import clock, notices, outbox
from core.models import Dropped, Mail
from core.notices import Group, Pace
from core.outbox import DIGEST, Groups, Message, Renderer

log = logging.getLogger("portal")


def make_due() -> int:
    """Make the digests whose morning has come; returns how many.

    One for each reader, pace and morning, whoever makes it: late, after a standstill all that has
    gathered goes in one.
    """
    due = Mail.objects.held().filter(not_before__lte=clock.now())
    waiting = due.order_by("to", "held_for").values_list("to", "held_for").distinct()
    return sum(_make(to, pace) for to, pace in waiting)


@transaction.atomic
def _make(to: int, pace: str) -> bool:
    now = clock.now()
    morning = notices.last_morning(pace, now)
    digest, is_new = Mail.objects.get_or_create(
        key=f"{DIGEST}:{pace}:{to}:{clock.day_of(morning)}",
        defaults={"kind": DIGEST, "to_id": to, "context": {"pace": pace}},
    )
    parts = Mail.objects.held().filter(to=to, held_for=pace, not_before__lte=now)
    if is_new:
        parts.update(digest=digest)
    else:  # what came too late for it goes in the next
        parts.update(not_before=notices.next_morning(pace, now))
    return is_new


def read(
    digest: Mail, renderers: Mapping[str, Renderer], groups: Groups
) -> Iterator[tuple[Mail, Message]]:
    """What is in it, oldest first, as its reader may see it now; the rest is dropped."""
    paces = notices.paces_of(digest.to)
    for part in digest.parts.waiting().select_related("to").order_by("created_at", "pk"):
        if paces[groups.get(part.kind, Group.ACCOUNT)] == Pace.OFF:
            outbox.drop(part, Dropped.OFF)
        elif message := _written(part, renderers):
            yield part, message


def _written(part: Mail, renderers: Mapping[str, Any]) -> Message | None:
    """One that cannot be written does not hold up the others."""
    try:
        message = renderers[part.kind](part)
    except Exception as error:
        log.exception("Mail %s (%s) is not in its digest.", part.pk, part.kind)
        Mail.objects.filter(pk=part.pk).update(last_error=f"{type(error).__name__}: {error}"[:500])
        outbox.drop(part, Dropped.GIVEN_UP)
        return None
    if message is None:
        outbox.drop(part, Dropped.GONE)
    return message
