"""The append-only chain of acts: who did what to which thing, when."""

import hashlib
import json
import secrets
from datetime import UTC
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet

from core import clock
from core.models import AuditEntry, AuditHead


def record(
    *,
    thing: Any,
    action: str,
    by: Any,
    source: str = "",
    target: str = "",
    note: str = "",
    payload: dict | None = None,
) -> AuditEntry:
    """Append an entry in the caller's transaction. `by` is a person, or the clock (no key)."""
    with transaction.atomic():
        AuditHead.objects.get_or_create(pk=1)
        head = AuditHead.objects.select_for_update().get(pk=1)
        salt = secrets.token_hex(16) if note else ""
        entry = AuditEntry(
            seq=head.seq + 1,
            at=clock.now(),
            actor_id=getattr(by, "pk", None),
            content_type=ContentType.objects.get_for_model(thing),
            object_id=thing.pk,
            action=action,
            source=source,
            target=target,
            payload=payload or {},
            note=note,
            note_salt=salt,
            note_digest=_note_digest(salt, note),
            prev=head.hash,
        )
        entry.hash = fingerprint(entry)
        entry.save(force_insert=True)
        AuditHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
    return entry


def of(thing: Any) -> QuerySet[AuditEntry]:
    """The thing's entries, newest first, with their actors."""
    kind = ContentType.objects.get_for_model(thing)
    return AuditEntry.objects.filter(content_type=kind, object_id=thing.pk).select_related("actor")


def last_of(thing: Any) -> AuditEntry | None:
    return of(thing).first()


def fingerprint(entry: AuditEntry) -> str:
    """SHA-256, in hex, of everything in the entry but the words of its note."""
    facts = [
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.content_type.app_label,
        entry.content_type.model,
        entry.object_id,
        entry.action,
        entry.source,
        entry.target,
        entry.payload,
        entry.note_digest,
        entry.prev,
    ]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults() -> list[str]:
    """What is wrong with the chain, a sentence each; empty when it holds."""
    found = []
    prev, seq = "0" * 64, 0
    for entry in AuditEntry.objects.order_by("seq").select_related("content_type").iterator():
        seq += 1
        if entry.seq != seq:
            found.append(f"Entry {seq} is missing; entry {entry.seq} follows.")
            seq = entry.seq
        if entry.prev != prev:
            found.append(f"Entry {entry.seq} does not follow the entry before it.")
        if entry.hash != fingerprint(entry):
            found.append(f"Entry {entry.seq} has been changed.")
        if entry.note and entry.note_digest != _note_digest(entry.note_salt, entry.note):
            found.append(f"The note of entry {entry.seq} has been changed.")
        prev = entry.hash
    head = AuditHead.objects.filter(pk=1).first()
    if (head.seq, head.hash) != (seq, prev) if head else seq:
        found.append("The end of the chain is not where its head says.")
    return found


def _note_digest(salt: str, note: str) -> str:
    return hashlib.sha256(f"{salt}:{note}".encode()).hexdigest() if note else ""
