"""What goes to an authority as files: letter, position, enclosures, in a ZIP with a manifest.

Made by the worker; what was confirmed is kept byte for byte. The manifest is as `sha256sum` writes
and checks it. The entries carry no time, so that the same files make the same package.
"""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import SEEK_END, BytesIO
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.core.files import File
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_tasks import TaskContext, task

from core import clock, jobs, sandbox
from core.files import CHUNK, DOCX, PDF
from core.jobs import Tell
from core.models import Stage
from positions import paper
from positions.choices import MessageKind
from positions.models import Message, Package, Position, Submission
from positions.press import letter, office, pdf, sheet, word

LAYOUT = 1
"""To be raised when packages are made otherwise, so that a submission prepared anew gets one."""
MANIFEST = "SHA256SUMS.txt"
ABANDONED_ARE_KEPT = timedelta(days=1)
PAPERS = ((PDF, pdf.make, pdf.passage), (DOCX, word.make, office.passage))


@dataclass(frozen=True)
class Entry:
    name: str
    media_type: str
    file: BinaryIO


# Asking ------------------------------------------------------------------------------------


def of_submission(submission: Submission, *, by: Any) -> Package:
    """The package of what was prepared: the one there is if it says the same, or a new one."""
    content, last = content_of(submission), submission.package
    if last and last.content == content and last.stage != Stage.FAILED:
        return last
    return _wished(content, by, submission.letter_language, submission.position.reference)


def of_letter(message: Message, *, by: Any, language: str) -> Package:
    return _wished("", by, language, f"{message.submission.position.reference}-{message.pk}")


def content_of(submission: Submission) -> str:
    """SHA-256, in hex, of what a second person confirms."""
    enclosed = submission.enclosures.order_by("pk").values_list("pk", "sha256")
    facts = [
        [LAYOUT, submission.position_id, submission.position.current.fingerprint],
        [submission.letter_language, submission.letter_subject, submission.letter_body],
        [submission.addressee_id, submission.signatory, submission.channel],
        [submission.law_profile_id, [list(each) for each in enclosed]],
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def _wished(content: str, by: Any, language: str, name: str) -> Package:
    package = Package.objects.create(
        content=content,
        requested_by=by,
        language=language,
        name=f"{name.replace('/', '-')}.zip",
    )
    make_package.enqueue(package.pk)
    return package


# Making ------------------------------------------------------------------------------------


@task(takes_context=True)
def make_package(context: TaskContext, pk: int) -> None:
    jobs.carry_out(context, Package.objects.all(), pk, make)


def make(package: Package, tell: Tell) -> None:
    tell(10)
    try:
        entries = list(_entries(package, tell))
    except sandbox.TooMuch as error:
        raise jobs.Fault(_("This text is too long or too complicated for a document.")) from error
    with TemporaryFile() as made:
        package.manifest = _packed(entries, made)
        made.seek(0)
        package.sha256 = hashlib.file_digest(made, "sha256").hexdigest()
        made.seek(0)
        package.file.save("", File(made), save=False)


def _entries(package: Package, tell: Tell) -> Iterator[Entry]:
    submission = Submission.objects.filter(package=package).select_related("position").first()
    if submission is None:
        yield from _of_message(package)
        return
    if content_of(submission) != package.content:
        raise jobs.Fault(_("The submission has changed meanwhile. Please prepare it anew."))
    position = Position.objects.for_page().get(pk=submission.position_id)
    attachments = list(submission.enclosures.order_by("uploaded_at", "pk"))
    yield from _letter(_cover(submission, attachments), position, _("cover-letter"))
    tell(40)
    yield from _papers(position)
    tell(70)
    for number, attachment in enumerate(attachments, start=1):
        name = pgettext("folder in a package", "attachments")
        yield Entry(f"{name}/{number:02}-{attachment.name}", *_kept(attachment))


def _of_message(package: Package) -> Iterator[Entry]:
    message = Message.objects.filter(package=package).select_related("submission").first()
    if message is None:
        raise jobs.Fault(_("The submission has changed meanwhile. Please prepare it anew."))
    sent = message.submission
    position = Position.objects.for_page().get(pk=sent.position_id)
    asks = message.kind == MessageKind.REQUEST
    written = letter.Written(
        label=message.get_kind_display(),
        subject=message.subject,
        body=message.text,
        addressee=str(sent.addressee),
        file_number=sent.file_number,
        enclosures=(),
        at=message.recorded_at,
    )
    yield from _letter(written, position, _("information-request") if asks else _("reminder"))


def _cover(submission: Submission, attachments: list) -> letter.Written:
    reference = submission.position.reference
    return letter.Written(
        label=_("cover letter"),
        subject=submission.letter_subject,
        body=submission.letter_body,
        addressee=str(submission.addressee),
        file_number="",
        enclosures=[
            f"{reference} {submission.position.current.title}",
            *(str(each) for each in attachments),
        ],
        at=submission.prepared_at,
    )


def _letter(written: letter.Written, position: Position, name: str) -> Iterator[Entry]:
    drawn = letter.sheet_of(written, position)
    for kind, press, _passage in PAPERS:
        yield Entry(f"{name}{kind.endings[0]}", kind.media_type, BytesIO(press(drawn)))


def _papers(position: Position) -> Iterator[Entry]:
    """The position as everybody will read it once it is submitted."""
    read = paper.read(position, position.current)[False]
    name = position.reference.replace("/", "-")
    for kind, press, passage in PAPERS:
        made = press(sheet.of_paper(read, passage))
        yield Entry(f"{name}{kind.endings[0]}", kind.media_type, BytesIO(made))


def _kept(attachment: Any) -> tuple[str, BinaryIO]:
    try:
        return attachment.media_type, attachment.file.open()
    except (OSError, ValueError) as error:
        told = _("The file of the attachment %s is not there any more.") % attachment
        raise jobs.Fault(told) from error


def _packed(entries: list[Entry], made: BinaryIO) -> list[dict]:
    """Write the ZIP, and tell what is in it."""
    manifest = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            with entry.file as source:
                found = hashlib.file_digest(source, "sha256").hexdigest()
                size = source.seek(0, SEEK_END)
                source.seek(0)
                with archive.open(_info(entry.name), "w") as target:
                    shutil.copyfileobj(source, target, CHUNK)
            told = {"name": entry.name, "media_type": entry.media_type}
            manifest.append({**told, "size": size, "sha256": found})
        lines = "".join(f"{each['sha256']}  {each['name']}\n" for each in manifest)
        archive.writestr(_info(MANIFEST), lines)
    return manifest


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


# Opening and sweeping ----------------------------------------------------------------------


def opened(package: Package, place: int) -> tuple[BinaryIO, dict]:
    """The file of that place in the manifest, and what is told of it; 404 if there is none."""
    try:
        told = package.manifest[place]
        with package.file.open() as kept, zipfile.ZipFile(kept) as archive:
            return BytesIO(archive.read(told["name"])), told
    except (IndexError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise Http404 from error


def of(position: Position) -> Any:
    """The packages of a position: of its submission and of its letters."""
    return Package.objects.filter(
        Q(submission__position=position) | Q(message__submission__position=position)
    )


def sweep() -> int:
    """Let packages go that were replaced before they were confirmed."""
    last = clock.now() - ABANDONED_ARE_KEPT
    abandoned = Package.objects.filter(submission=None, message=None, requested_at__lt=last)
    return abandoned.delete()[0]
