"""Shelves of public things that others harvest; each room fills its own, the portal lists them.

The worker keeps for each thing when what is told of it last changed: no field of a thing says it,
for a topic renamed or a successor found changes what is told, too.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet

from core import clock
from core.models import AuditHead, PublicRecord

CHUNK = 500
CHAPTER = "public_records"
APART = timedelta(minutes=1)
WHOLE = timedelta(hours=1)
"""What staff corrects is not in the chain of acts: everything is looked at so often anyway."""


@dataclass(frozen=True)
class Element:
    """One element of Dublin Core, and the language its text is written in."""

    name: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Shelf:
    """Things of one kind: `public` are those a visitor may see now, asked anew every time; `told`
    reads all that is told of them along, in a fixed number of queries."""

    kind: str
    public: Callable[[], QuerySet]
    told: Callable[[QuerySet], QuerySet]
    number: Callable[[Any], str]
    sets: Callable[[Any], list[str]]
    describe: Callable[[Any], list[Element]]
    all_sets: Callable[[], list[tuple[str, str]]]


def note_changes_if_any(shelves: Iterable[Shelf]) -> int:
    """At most once a minute, when something was recorded since; returns how many have changed.

    Safe to run twice, late, and in several workers: what is known already is not noted again.
    """
    now, head = clock.now(), AuditHead.objects.filter(pk=1).first()
    seq = head.seq if head else 0
    before = cache.get(CHAPTER)
    if before and (now - before[1] < APART or (before[0] == seq and now - before[1] < WHOLE)):
        return 0
    changed = note_changes(shelves)
    cache.set(CHAPTER, (seq, now), timeout=None)
    return changed


def note_changes(shelves: Iterable[Shelf]) -> int:
    return sum(_note_of(shelf) for shelf in shelves)


def _note_of(shelf: Shelf) -> int:
    changed = sum(_note_each(shelf, things) for things in _in_chunks(shelf))
    gone = PublicRecord.objects.filter(kind=shelf.kind, is_gone=False)
    gone = gone.exclude(of__in=shelf.public().order_by().values("pk"))
    return changed + gone.update(is_gone=True, changed_at=this_second())


def _in_chunks(shelf: Shelf) -> Iterator[list[Any]]:
    last = 0
    while things := list(shelf.told(shelf.public().filter(pk__gt=last)).order_by("pk")[:CHUNK]):
        yield things
        last = things[-1].pk


def _note_each(shelf: Shelf, things: list[Any]) -> int:
    known = PublicRecord.objects.filter(kind=shelf.kind, of__in=[each.pk for each in things])
    known = {record.of: record for record in known}
    new, changed = [], []
    for thing in things:
        fingerprint, sets = fingerprint_of(shelf, thing), f" {' '.join(shelf.sets(thing))} "
        record = known.get(thing.pk) or PublicRecord(kind=shelf.kind, of=thing.pk)
        if record.pk and (record.fingerprint, record.is_gone) == (fingerprint, False):
            continue
        record.number, record.sets = shelf.number(thing), sets
        record.fingerprint, record.is_gone = fingerprint, False
        (changed if record.pk else new).append(record)
    with transaction.atomic():
        _stamp([*new, *changed])
        PublicRecord.objects.bulk_create(new, ignore_conflicts=True)
        facts = ["number", "sets", "fingerprint", "changed_at", "is_gone"]
        PublicRecord.objects.bulk_update(changed, facts)
    return len(new) + len(changed)


def _stamp(records: list[PublicRecord]) -> None:
    """When they are written, not when they were looked at: whoever asks meanwhile for what is new
    since then would never hear of them."""
    now = this_second()
    for record in records:
        record.changed_at = now


def fingerprint_of(shelf: Shelf, thing: Any) -> str:
    told = [[each.name, each.text, each.language] for each in shelf.describe(thing)]
    told.append(sorted(shelf.sets(thing)))
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def this_second() -> datetime:
    """Whole seconds are the granularity that harvesters ask by."""
    return clock.now().replace(microsecond=0)
