"""Who has the text open to edit now."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from core import clock
from positions.models import Editing, Position

LASTS = timedelta(seconds=75)
"""Pages say every twenty seconds that they are open; in the background browsers let them once a
minute."""


def note(position: Position, *, by: Any) -> list[Editing]:
    """The person has the text open: since now, unless they had it before. The others are told."""
    now = clock.now()
    present = list(_present(position))
    mine = next((each for each in present if each.person_id == by.pk), None)
    since = mine.since if mine else now
    Editing.objects.bulk_create(
        [Editing(position=position, person=by, since=since, seen_at=now)],
        update_conflicts=True,
        unique_fields=["position", "person"],
        update_fields=["since", "seen_at"],
    )
    return [each for each in present if each is not mine]


def leave(position: Position, *, by: Any) -> None:
    Editing.objects.filter(position=position, person=by).delete()


def others(position: Position, person: Any) -> list[Editing]:
    return list(_present(position).exclude(person=person))


def _present(position: Position) -> QuerySet[Editing]:
    """The first to come first."""
    present = Editing.objects.filter(position=position, seen_at__gte=clock.now() - LASTS)
    return present.select_related("person").order_by("since", "pk")


def sweep() -> int:
    return Editing.objects.filter(seen_at__lt=clock.now() - LASTS).delete()[0]
