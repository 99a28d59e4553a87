"""What is done with the log of messages with an authority, and what of it becomes public."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, calendar, clock
from core.workflow import NotAllowed, SomethingMissing, lock
from positions import conditions, keeping, packing, policy
from positions.choices import Direction, LetterKind, Medium, MessageKind
from positions.details import refuse_future, require
from positions.models import LawProfile, Message, Position, RecordFile
from positions.reckoning import reckon
from positions.submitting import check_letter, refuse_older
from positions.timeline import (
    CORRECT_MESSAGE,
    LOG_MESSAGE,
    PUBLISH_ANSWER,
    SETTLE_MESSAGE,
    WITHDRAW_ANSWER,
    WRITE_LETTER,
)

AS_MADE = frozenset({"subject", "text", "received_on", "direction"})
"""What of a letter went into its files and stays as it went."""


class MessageMoved(Exception):
    """Somebody else changed the entry meanwhile (409, both are shown)."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


# The log -----------------------------------------------------------------------------------


@transaction.atomic
def log_message(
    *,
    position: Position,
    by: Any,
    direction: Direction,
    medium: Medium,
    received_on: date,
    text: str,
    subject: str = "",
    file_number: str = "",
    due_on: date | None = None,
    upload: UploadedFile | None = None,
) -> Message:
    """Something that came, went or was said; `due_on` is the day by which a reply is owed."""
    position = _followed_up(position, by)
    _check_days(received_on, due_on)
    require(text, field="text")
    message = Message.objects.create(
        submission=position.submission,
        kind=MessageKind.OTHER,
        direction=direction,
        medium=medium,
        received_on=received_on,
        subject=subject.strip(),
        text=text.strip(),
        file_number=file_number.strip(),
        due_on=due_on,
        recorded_by=by,
    )
    if upload:
        keeping.keep(upload, submission=position.submission, message=message, by=by)
    _record(LOG_MESSAGE, message, by)
    return message


@transaction.atomic
def add_proof(*, position: Position, by: Any, upload: UploadedFile) -> RecordFile:
    """What proves the sending and came later than it: a receipt, an acknowledgement."""
    position = _followed_up(position, by)
    return keeping.keep(upload, submission=position.submission, by=by)


@transaction.atomic
def write_letter(
    *,
    position: Position,
    by: Any,
    kind: LetterKind,
    language: str,
    subject: str,
    text: str,
    medium: Medium,
    received_on: date,
    law_profile: LawProfile | None = None,
    due_on: date | None = None,
) -> Message:
    """A letter to the authority, made as PDF and DOCX and logged with the day of its answer."""
    position = _followed_up(position, by)
    if missing := list(conditions.letter_may_go(position, kind)):
        raise SomethingMissing(*missing)
    check_letter(subject=subject, text=text)
    if law_profile and due_on:
        raise SomethingMissing(
            _("Choose the time the law sets or a day of your own, not both."), field="due_on"
        )
    refuse_future(received_on, field="received_on")
    made = reckon(received_on, law_profile, calendar.read()) if law_profile else None
    due_on = made.due_on if made else due_on
    _check_days(received_on, due_on)
    message = Message.objects.create(
        submission=position.submission,
        kind=MessageKind(kind),
        direction=Direction.TO,
        medium=medium,
        received_on=received_on,
        subject=subject.strip(),
        text=text.strip(),
        due_on=due_on,
        reckoning=made and made.as_json(),
        recorded_by=by,
    )
    message.package = packing.of_letter(message, by=by, language=language)
    message.save()
    _record(WRITE_LETTER, message, by)
    return message


@transaction.atomic
def correct_message(
    *, message: Message, by: Any, seen: int, reason: str, facts: Mapping[str, Any]
) -> Message:
    """The entry as it should have been; what it said before stays in its history, the reason in
    that of the position. MessageMoved if somebody else was faster."""
    message = _locked(message, by)
    if message.step != seen:
        raise MessageMoved(message)
    require(reason, field="reason")
    changed = [name for name, value in facts.items() if getattr(message, name) != value]
    if message.package_id and AS_MADE & set(changed):
        raise SomethingMissing(_("The letter is kept as it was made: write another one."))
    require(facts.get("text", message.text), field="text")
    received_on = facts.get("received_on", message.received_on)
    _check_days(received_on, facts.get("due_on", message.due_on))
    if message.is_answer:
        refuse_older(message.submission, received_on)
    for name in changed:
        setattr(message, name, facts[name])
    if "due_on" in changed:
        message.reckoning = None
    if "text" in changed:
        message.published_at = message.published_by = None
    message.step += 1
    message.save()
    _record(CORRECT_MESSAGE, message, by, note=reason.strip(), changed=changed)
    return message


@transaction.atomic
def settle_message(*, message: Message, by: Any) -> Message:
    """Nothing is expected of anybody any more."""
    message = _locked(message, by)
    if message.is_open:
        message.settled_on = clock.today()
        message.step += 1
        message.save()
        _record(SETTLE_MESSAGE, message, by)
    return message


# What everybody reads ------------------------------------------------------------------------


@transaction.atomic
def publish_answer(*, message: Message, by: Any, seen: int, text: str) -> Message:
    """The answer as everybody may read it, written beside the one that stays inside."""
    message = _locked(message, by)
    if message.step != seen:
        raise MessageMoved(message)
    if not message.is_answer:
        raise NotAllowed(_("Only answers are published."))
    require(text, field="text")
    message.published_text = text.strip()
    message.published_at, message.published_by = clock.now(), by
    message.step += 1
    message.save()
    sha256 = hashlib.sha256(message.published_text.encode()).hexdigest()
    _record(PUBLISH_ANSWER, message, by, sha256=sha256)
    return message


@transaction.atomic
def withdraw_answer(*, message: Message, by: Any) -> Message:
    """It is for those inside again; the words stay, to be mended and published anew."""
    message = _locked(message, by)
    if message.published_at:
        message.published_at = message.published_by = None
        message.step += 1
        message.save()
        _record(WITHDRAW_ANSWER, message, by)
    return message


def _followed_up(position, by):
    position = lock(position)
    if not policy.may_follow_up(by, position):
        raise NotAllowed(_("The coordinator keeps in touch with the authority, once it is sent."))
    return position


def _locked(message, by):
    """The position first, as every move locks it."""
    position = _followed_up(message.submission.position, by)
    message = lock(message)
    message.submission.position = position
    return message


def _check_days(received_on, due_on):
    refuse_future(received_on, field="received_on")
    if due_on and due_on < received_on:
        raise SomethingMissing(
            _("A reply cannot be due before the message itself."), field="due_on"
        )


def _record(action, message, by, *, note="", **facts):
    position = message.submission.position
    payload = {"message": message.pk, "kind": message.kind, **facts}
    audit.record(thing=position, action=action, by=by, note=note, payload=payload)
