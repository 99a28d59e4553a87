"""Followers hear of acts: the worker walks along the chain of acts and queues their notices.
The right to each is looked at then, and again when the letter goes.

Each room says in its `news.py` which acts are news, of which things, and how they are told; nothing
that acts has to think of followers.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from core import outbox
from core.models import AuditEntry, AuditHead, Follow, Mail, ToldUpTo
from core.outbox import Message

log = logging.getLogger("portal")

NEWS = "news"


def heard_by_nobody(entry: AuditEntry, thing: Any) -> list[str]:
    return []


@dataclass(frozen=True, kw_only=True)
class Source:
    """What of one kind of thing is news.

    `find` reads the thing of an entry that is news, None if it is none. `concerns` names the things
    whose followers hear of it. `tell` writes the letter as its reader may see it today, None if
    they may not. `heard` are the keys, or their first parts, of letters that told of the same act
    already. Acts that come in bursts are told once an hour.
    """

    model: type[models.Model]
    find: Callable[[AuditEntry], Any]
    concerns: Callable[[AuditEntry, Any], Iterable[Any]]
    tell: Callable[[AuditEntry, Any, Any], Message | None]
    heard: Callable[[AuditEntry, Any], list[str]] = heard_by_nobody
    bursts: frozenset[str] = frozenset()


Sources = Mapping[str, Source]


def by_model(sources: Iterable[Source]) -> Sources:
    return {source.model._meta.label_lower: source for source in sources}


def tell_followers(sources: Sources, *, most: int = 300) -> int:
    """Queue the notices of the acts nobody has been told of yet; returns how many acts.

    Safe to run late and in several workers at once: one of them holds the mark. The chain has no
    gaps and is committed in its order, so no act is passed over. Each act has a transaction of its
    own: nobody waits long for it.
    """
    ToldUpTo.objects.get_or_create(pk=1)
    told = 0
    while told < most and _go_on(sources):
        told += 1
    return told


@transaction.atomic
def _go_on(sources: Sources) -> bool:
    mark = ToldUpTo.objects.select_for_update(skip_locked=True).first()
    if mark is None:
        return False
    entry = AuditEntry.objects.filter(seq__gt=mark.seq).order_by("seq").first()
    if entry is None:
        return False
    if Follow.objects.exists():
        _try(entry, sources)
        mark.seq = entry.seq
    else:
        mark.seq = AuditHead.objects.values_list("seq", flat=True).get()
    mark.save()
    return True


def _try(entry: AuditEntry, sources: Sources) -> None:
    """A fault with one act does not keep the others untold."""
    try:
        with transaction.atomic():
            _tell_of(entry, sources)
    except Exception:
        log.exception("The followers were not told of entry %s.", entry.seq)


def _tell_of(entry: AuditEntry, sources: Sources) -> None:
    source = _source_of(entry, sources)
    thing = source.find(entry) if source else None
    if source is None or thing is None:
        return
    follows = Follow.objects.of_any(source.concerns(entry, thing)).filter(since__lte=entry.at)
    hearing = follows.filter(person__is_active=True).exclude(person=entry.actor_id)
    known = _heard(source.heard(entry, thing))
    hearing = hearing.exclude(person__in=known).order_by("person").select_related("person")
    for person in {follow.person_id: follow.person for follow in hearing}.values():
        if source.tell(entry, thing, person):
            key = _key(entry, source, person.pk)
            outbox.queue(kind=NEWS, to=person, key=key, entry=entry.pk)


def _heard(keys: list[str]) -> models.QuerySet:
    """Who has a letter of the act already."""
    same = Q(pk__in=[])
    for key in keys:
        same |= Q(key=key) | Q(key__startswith=f"{key}:")
    return Mail.objects.filter(same).exclude(to=None).values("to")


def _key(entry: AuditEntry, source: Source, reader: int) -> str:
    if entry.action in source.bursts:
        hour = entry.at.strftime("%Y%m%d%H")
        return f"{NEWS}:{entry.content_type_id}:{entry.object_id}:{entry.action}:{hour}:{reader}"
    return f"{NEWS}:{entry.seq}:{reader}"


def _source_of(entry: AuditEntry, sources: Sources) -> Source | None:
    kind = entry.content_type
    return sources.get(f"{kind.app_label}.{kind.model}")


def letter(mail: Mail, sources: Sources) -> Message | None:
    """The notice of one act, as its reader may see it when it is sent."""
    entries = AuditEntry.objects.select_related("content_type")
    entry = entries.filter(pk=mail.context["entry"]).first()
    source = _source_of(entry, sources) if entry else None
    thing = source.find(entry) if source else None
    return source.tell(entry, thing, mail.to) if thing else None
