"""What people do with the files of a position, and of a consultation that has come in."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, clock
from core.files import FileKind, sha256_of, tidy_name
from core.workflow import NotAllowed, SomethingMissing, lock
from positions import policy
from positions.models import Attachment, Consultation, ConsultationFile, Position
from positions.models.documents import Attached
from positions.timeline import ATTACH, PUT_BACK, TAKE_AWAY

MOST_FILES = 50
MOST_TOGETHER = 200 * 1024 * 1024
REMOVED_ARE_KEPT = timedelta(days=30)
BY_WRITERS = gettext_lazy("Files are attached by those who write the text.")
WHILE_WRITTEN = gettext_lazy("Files are taken away while the text is being written.")
BY_STAFF = gettext_lazy(
    "The files of a consultation are attached by the staff, until it is closed."
)
AT_MOST = {
    Position: gettext_lazy("A position has at most %(count)d files."),
    Consultation: gettext_lazy("A consultation has at most %(count)d files."),
}
TOGETHER = {
    Position: gettext_lazy("The files of a position have at most %s together."),
    Consultation: gettext_lazy("The files of a consultation have at most %s together."),
}


@transaction.atomic
def attach(
    *, position: Position, by: Any, upload: UploadedFile, kind: FileKind, title: str = ""
) -> Attachment:
    """A file whose content was found to be of the kind; it is on the disk before its row is."""
    position = lock(position)
    if not policy.may_attach(by, position):
        raise NotAllowed(BY_WRITERS)
    return _attached(Attachment(position=position, title=title), upload, kind, by)


@transaction.atomic
def attach_to_consultation(
    *, consultation: Consultation, by: Any, upload: UploadedFile, kind: FileKind, title: str = ""
) -> ConsultationFile:
    """What the authority sent along: likewise checked, likewise on the disk first."""
    consultation = lock(consultation)
    if not policy.may_attach_what_came(by, consultation):
        raise NotAllowed(BY_STAFF)
    return _attached(ConsultationFile(consultation=consultation, title=title), upload, kind, by)


@transaction.atomic
def take_away(*, attachment: Attached, by: Any) -> Attached:
    """Nobody can open it any more; for some days it can be put back, then the file is deleted."""
    attachment = _locked(attachment, by)
    if attachment.removed_at is None:
        attachment.removed_at = clock.now()
        attachment.save(update_fields=["removed_at"])
        _record(TAKE_AWAY, attachment, by)
    return attachment


@transaction.atomic
def put_back(*, attachment: Attached, by: Any) -> Attached:
    attachment = _locked(attachment, by)
    if not attachment.file:
        raise NotAllowed(_("The file has been deleted meanwhile."))
    if attachment.removed_at is not None:
        _check_room(attachment.thing, attachment.size)
        attachment.removed_at = None
        attachment.save(update_fields=["removed_at"])
        _record(PUT_BACK, attachment, by)
    return attachment


def let_go_of_removed() -> int:
    """Files that were taken away long ago belong to nothing any more, and are swept as such; their
    rows stay, with the fingerprint."""
    last = clock.now() - REMOVED_ARE_KEPT
    return sum(
        model.objects.taken_away().filter(removed_at__lt=last).update(file="")
        for model in (Attachment, ConsultationFile)
    )


def _attached(attachment: Any, upload: UploadedFile, kind: FileKind, by: Any) -> Any:
    """The row, filled from the file; the caller holds the lock of its thing."""
    _check_room(attachment.thing, upload.size or 0)
    attachment.title = attachment.title.strip()
    attachment.file, attachment.name = upload, tidy_name(upload.name or "")
    attachment.media_type, attachment.size = kind.media_type, upload.size
    attachment.sha256, attachment.uploaded_by = sha256_of(upload), by
    attachment.save()
    _record(ATTACH, attachment, by)
    return attachment


def _locked(attachment: Attached, by: Any) -> Any:
    thing = lock(attachment.thing)
    _check_may_remove(by, thing)
    attachment = lock(attachment)
    setattr(attachment, attachment.thing_field, thing)
    return attachment


def _check_may_remove(by: Any, thing: Position | Consultation) -> None:
    if isinstance(thing, Position):
        may, told = policy.may_edit(by, thing), WHILE_WRITTEN
    else:
        may, told = policy.may_attach_what_came(by, thing), BY_STAFF
    if not may:
        raise NotAllowed(told)


def _check_room(thing: Position | Consultation, size: int) -> None:
    held = thing.attachments.kept().aggregate(files=Count("pk"), size=Sum("size"))
    if held["files"] >= MOST_FILES:
        told = AT_MOST[type(thing)] % {"count": MOST_FILES}
        raise SomethingMissing(told, field="file")
    if (held["size"] or 0) + size > MOST_TOGETHER:
        told = TOGETHER[type(thing)] % filesizeformat(MOST_TOGETHER)
        raise SomethingMissing(told, field="file")


def _record(action: str, attachment: Attached, by: Any) -> None:
    audit.record(
        thing=attachment.thing,
        action=action,
        by=by,
        note=str(attachment),
        payload={"attachment": attachment.pk, "sha256": attachment.sha256},
    )
