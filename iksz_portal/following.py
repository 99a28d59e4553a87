"""What can be followed, by whom it can be seen, and what somebody follows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Follow
from members.models import Library
from positions.models import Position, Topic
from sections.models import Section


def topics_visible_to(person: Any) -> QuerySet:
    """Of positions this person may see; those of others are not let on."""
    through = Position.topics.through.objects.filter(topic=OuterRef("pk"))
    visible = Position.objects.visible_to(person).order_by().filter(pk=OuterRef("position"))
    return Topic.objects.filter(Exists(through.filter(Exists(visible))))


@dataclass(frozen=True)
class Kind:
    """One kind of thing: its name in addresses, and which of it a person may see."""

    name: str
    label: Any
    model: type[Model]
    visible_to: Callable[[Any], QuerySet]
    address: Callable[[Any], str] = lambda thing: thing.get_absolute_url()


KINDS = {
    kind.name: kind
    for kind in (
        Kind("section", _("section"), Section, lambda person: Section.objects.all()),
        Kind(
            "position",
            _("position"),
            Position,
            lambda person: Position.objects.visible_to(person).select_related("section"),
        ),
        Kind("library", _("library"), Library, lambda person: Library.objects.have_been_members()),
        Kind(
            "topic",
            _("topic"),
            Topic,
            topics_visible_to,
            lambda topic: f"{reverse('positions:register')}?topic={topic.pk}",
        ),
    )
}


@dataclass(frozen=True)
class Followed:
    """A line of the list."""

    kind: Kind
    pk: int
    name: str
    url: str
    since: datetime


def list_of(person: Any) -> list[Followed]:
    """What the person follows and may see today, newest first: a query, and one for each kind."""
    lines = []
    rows = list(Follow.objects.filter(person=person))
    for kind in KINDS.values():
        content_type = ContentType.objects.get_for_model(kind.model)
        since = {row.object_id: row.since for row in rows if row.content_type_id == content_type.pk}
        if since:
            for thing in kind.visible_to(person).filter(pk__in=since):
                url = kind.address(thing)
                lines.append(Followed(kind, thing.pk, str(thing), url, since[thing.pk]))
    return sorted(lines, key=lambda line: line.since, reverse=True)
