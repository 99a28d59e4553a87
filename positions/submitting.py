"""What the moves of a submission do: prepared, confirmed by a second person, sent, answered."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core import audit, calendar, clock
from core.workflow import SomethingMissing
from members.models import Authority
from positions import keeping, packing
from positions.choices import AnswerClass, Channel, Direction, Medium, MessageKind
from positions.details import refuse_future, require
from positions.models import Attachment, LawProfile, Message, Position, Submission
from positions.models.letters import PLACEHOLDER, only_known_placeholders
from positions.reckoning import reckon
from positions.timeline import SEAL


def prepare_submission(
    position: Position,
    *,
    by: Any,
    note: str,
    addressee: Authority,
    signatory: str,
    channel: Channel,
    letter_subject: str,
    letter_body: str,
    letter_language: str = settings.LANGUAGE_CODE,
    enclosures: Collection[Attachment] = (),
    law_profile: LawProfile | None = None,
) -> None:
    """What is prepared anew is to be confirmed anew."""
    require(signatory, field="signatory")
    check_letter(letter_subject=letter_subject, letter_body=letter_body)
    submission, _is_new = Submission.objects.update_or_create(
        position=position,
        defaults={
            "addressee": addressee,
            "signatory": signatory.strip(),
            "channel": channel,
            "law_profile": law_profile,
            "letter_subject": letter_subject.strip(),
            "letter_body": letter_body.strip(),
            "letter_language": letter_language,
            "prepared_by": by,
            "prepared_at": clock.now(),
            "confirmed_by": None,
            "confirmed_at": None,
        },
    )
    submission.enclosures.set(_kept(position, enclosures))
    submission.package = packing.of_submission(submission, by=by)
    submission.save()
    position.addressee = addressee


def check_letter(**texts: str) -> None:
    """By the names of their fields: they say something, and no placeholder is left in them."""
    for field, words in texts.items():
        require(words, field=field)
        if PLACEHOLDER.search(words):
            try:
                only_known_placeholders(words)
            except ValidationError as error:
                raise SomethingMissing(*error.messages, field=field) from error
            raise SomethingMissing(
                _("There is still a placeholder in the letter: write what should stand there."),
                field=field,
            )


def confirm_submission(position: Position, *, by: Any, note: str) -> None:
    """The second person stands for exactly these files: their fingerprints go into the chain."""
    submission = position.submission
    submission.confirmed_by = by
    submission.confirmed_at = clock.now()
    submission.save()
    package = submission.package
    files = {each["name"]: each["sha256"] for each in package.manifest}
    payload = {"package": package.pk, "sha256": package.sha256, "files": files}
    audit.record(thing=position, action=SEAL, by=by, payload=payload)


def submit(
    position: Position,
    *,
    by: Any,
    note: str,
    sent_on: date,
    file_number: str = "",
    proof: UploadedFile | None = None,
) -> None:
    refuse_future(sent_on, field="sent_on")
    submission = position.submission
    if sent_on < clock.day_of(submission.confirmed_at):
        raise SomethingMissing(
            _("It cannot have been sent before the submission was confirmed."), field="sent_on"
        )
    if not (file_number.strip() or proof):
        raise SomethingMissing(
            _("Give the number of the receipt, or a file that proves the sending."),
            field="file_number",
        )
    submission.sent_on = sent_on
    submission.file_number = file_number.strip()
    _reckon(submission)
    submission.save()
    if proof:
        keeping.keep(proof, submission=submission, by=by)
    position.published_at = position.published_at or clock.now()


def record_interim_answer(
    position: Position,
    *,
    by: Any,
    note: str,
    received_on: date,
    text: str,
    file_number: str = "",
    extends: bool = False,
    **rest: Any,
) -> None:
    _record_message(position, MessageKind.INTERIM, by, received_on, text, file_number, **rest)
    if extends:
        submission = position.submission
        if not submission.may_be_extended:
            raise SomethingMissing(
                _("The time to answer cannot be extended, or was extended already."),
                field="extends",
            )
        _reckon(submission, extension=submission.law_profile.extension_days)
        submission.save()


def record_answer(
    position: Position,
    *,
    by: Any,
    note: str,
    received_on: date,
    text: str,
    classified: AnswerClass,
    file_number: str = "",
    **rest: Any,
) -> None:
    """With the answer the reminders have done what they were for; an information request waits for
    an answer of its own."""
    _record_message(
        position,
        MessageKind.ANSWER,
        by,
        received_on,
        text,
        file_number,
        classified=classified,
        **rest,
    )
    submission = position.submission
    asked = submission.messages.open().filter(direction=Direction.TO)
    asked.exclude(kind=MessageKind.REQUEST).update(settled_on=received_on)
    if submission.silent_since:
        submission.silent_since = None
        submission.save()


def record_silence(position: Position, *, by: Any, note: str) -> None:
    """What became of each point is evaluated without an answer; one that comes late is recorded."""
    submission = position.submission
    submission.silent_since = clock.today()
    submission.save()


def evaluate(position: Position, *, by: Any, note: str) -> None:
    """From now on the outcomes stand, and are told with whatever becomes of the position."""
    position.evaluated_at = clock.now()


def _kept(position, enclosures):
    kept = set(position.attachments.kept())
    if not set(enclosures) <= kept:
        raise SomethingMissing(
            _("Only files that are attached to the position can go along."), field="enclosures"
        )
    return enclosures


def _record_message(
    position,
    kind,
    by,
    received_on,
    text,
    file_number,
    *,
    classified="",
    medium=Medium.LETTER,
    upload=None,
):
    refuse_future(received_on, field="received_on")
    require(text, field="text")
    refuse_older(position.submission, received_on)
    message = Message.objects.create(
        submission=position.submission,
        kind=kind,
        direction=Direction.FROM,
        medium=medium,
        received_on=received_on,
        text=text.strip(),
        file_number=file_number.strip(),
        classified=classified,
        recorded_by=by,
    )
    if upload:
        keeping.keep(upload, submission=position.submission, message=message, by=by)


def refuse_older(submission: Submission, received_on: date) -> None:
    if received_on < submission.sent_on:
        raise SomethingMissing(
            _("The answer cannot be older than the submission."), field="received_on"
        )


def _reckon(submission, *, extension=0):
    """The day the answer is due, by the calendar as it is recorded now."""
    if submission.law_profile:
        made = reckon(
            submission.sent_on, submission.law_profile, calendar.read(), extension=extension
        )
        submission.due_on, submission.reckoning = made.due_on, made.as_json()
