"""A file that somebody wrote elsewhere becomes a text that they look at, and save as their own."""

import re
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from core import clock, jobs
from core.richtext import blocks
from core.workflow import NotAllowed
from positions import policy
from positions.forms.fields import LONGEST_TEXT, MOST_PARAGRAPHS
from positions.intake.converted import Text, Unreadable, convert
from positions.models import Position, TextImport, Version
from sections.standing import standing_of

KEPT = timedelta(days=7)
NUMBER = re.compile(r"[0-9]{1,18}")
LONGEST_NOTE = 300


@transaction.atomic
def bring(
    *,
    by: Any,
    upload: UploadedFile,
    position: Position | None = None,
    base: Version | None = None,
) -> TextImport:
    """For a new position, or for the text of one as it was written on top of version `base`."""
    if position is None and not standing_of(by).sections:
        raise NotAllowed(_("Positions are started by those who act in a section."))
    if position is not None and not policy.may_edit(by, position):
        raise NotAllowed(_("The text can be edited by its authors while it is being written."))
    brought = TextImport.objects.create(
        requested_by=by, upload=upload, name=upload.name, position=position, base=base
    )
    read_file.enqueue(brought.pk)
    return brought


@task(takes_context=True)
def read_file(context, pk):
    jobs.carry_out(context, TextImport.objects.all(), pk, read)


def read(job: TextImport, tell: jobs.Tell) -> None:
    tell(10)
    with job.upload.open() as file:
        content = file.read()
    try:
        text = convert(content, PurePath(job.name).suffix[1:].lower(), tell)
    except Unreadable as error:
        raise jobs.Fault(str(error)) from error
    _check_length(text)
    job.title, job.body, job.points, job.report = text.title, text.body, text.points, text.report
    job.upload = ""


def _check_length(text: Text) -> None:
    if len(text.body) > LONGEST_TEXT or len(blocks(text.body)) > MOST_PARAGRAPHS:
        raise jobs.Fault(_("The text of this file is longer than a position can be."))


def asked_for(person: Any, number: str, *, position: Position | None = None) -> TextImport | None:
    """The text of that number that the person brought for this position, once it is ready."""
    if not NUMBER.fullmatch(number):
        return None
    ready = TextImport.objects.brought_by(person).ready().select_related("base")
    return ready.filter(pk=number, position=position).first()


def as_typed(brought: TextImport | None) -> dict[str, Any]:
    """What the text puts into a form; what it does not say stays as it is there."""
    if brought is None:
        return {}
    note = _("From the file %(name)s") % {"name": brought.name}
    said = {"title": brought.title, "body": brought.body, "points": brought.points}
    return {"note": note[:LONGEST_NOTE], **{name: value for name, value in said.items() if value}}


def forget_old() -> int:
    return TextImport.objects.filter(requested_at__lt=clock.now() - KEPT).delete()[0]
