"""Files on record: the proof of sending, and what came or went with a message."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from core import audit
from core.files import sha256_of, tidy_name
from positions.models import Message, RecordFile, Submission
from positions.timeline import KEEP_FILE


def keep(
    upload: UploadedFile, *, submission: Submission, by: Any, message: Message | None = None
) -> RecordFile:
    """A file whose content was found to be of its `kind`; the caller holds the transaction."""
    kept = RecordFile.objects.create(
        submission=submission,
        message=message,
        file=upload,
        name=tidy_name(upload.name or ""),
        media_type=upload.kind.media_type,
        size=upload.size,
        sha256=sha256_of(upload),
        uploaded_by=by,
    )
    payload = {"file": kept.pk, "sha256": kept.sha256}
    audit.record(thing=submission.position, action=KEEP_FILE, by=by, payload=payload)
    return kept
