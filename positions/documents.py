"""Documents to take away: asked for on a page, made by the worker, once for the same content."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from core import clock, jobs, sandbox
from core.jobs import Tell
from core.models import Stage
from positions import paper
from positions.choices import DocumentKind
from positions.models import Document, Position, Version
from positions.press import office, opendocument, pdf, redline, sheet, word
from positions.press.sheet import Passage, Sheet

DAYS_KEPT = 30
PRESSES: dict[DocumentKind, tuple[Callable[[Sheet], bytes], Passage]] = {
    DocumentKind.PDF: (pdf.make, pdf.passage),
    DocumentKind.DOCX: (word.make, office.passage),
    DocumentKind.ODT: (opendocument.make, office.passage),
}


# Asking ------------------------------------------------------------------------------------


def ask(*, version: Version, by: Any, kind: DocumentKind, language: str, inside: bool) -> Document:
    """A version on paper: the one there is, if it still says the same, or a new one.

    `inside` tells whom it is for; the caller has made sure that they may read it. The version's
    position comes as `for_page` reads it.
    """
    wish = {"version": version, "kind": kind, "language": language, "inside": inside}
    content = paper.read(version.position, version)[inside].fingerprint
    return _wished(by, position=version.position, older=None, content=content, **wish)


def ask_for_redline(*, older: Version, newer: Version, by: Any, language: str) -> Document:
    """The tracked changes from one version to another, for those inside."""
    wish = {"version": newer, "older": older, "language": language}
    kind = {"kind": DocumentKind.REDLINE, "inside": True}
    return _wished(by, position=newer.position, **wish, **kind)


@transaction.atomic
def _wished(by: Any, *, position: Position, **wish: Any) -> Document:
    person = by if by.is_authenticated else None
    document, is_new = Document.objects.get_or_create(
        position=position, **wish, defaults={"requested_by": person}
    )
    if is_new or _is_tried_again(document):
        make_document.enqueue(document.pk)
    return document


def _is_tried_again(document: Document) -> bool:
    """One that failed, or whose file is gone, waits to be made once more."""
    if document.stage == Stage.READY and document.size is not None:
        return False
    ended = Document.objects.filter(pk=document.pk, stage__in={Stage.FAILED, Stage.READY})
    again = {"stage": Stage.WAITING, "progress": 0, "fault": "", "ended_at": None}
    return bool(ended.update(requested_at=clock.now(), **again))


# Making ------------------------------------------------------------------------------------


@task(takes_context=True)
def make_document(context: TaskContext, pk: int) -> None:
    jobs.carry_out(context, Document.objects.for_lists(), pk, make)


def make(document: Document, tell: Tell) -> None:
    tell(10)
    written = _redline(document) if document.older else _paper(document)
    tell(30)
    press, _passage = PRESSES.get(DocumentKind(document.kind), (word.make, None))
    try:
        made = press(written)
    except sandbox.TooMuch as error:
        raise jobs.Fault(_("This text is too long or too complicated for a document.")) from error
    tell(90)
    document.sha256 = hashlib.sha256(made).hexdigest()
    document.file.save("", ContentFile(made), save=False)


def _paper(document: Document) -> Sheet:
    position = Position.objects.for_page().get(pk=document.position_id)
    written = paper.read(position, document.version)[document.inside]
    if written.fingerprint != document.content:
        raise jobs.Fault(_("The position has changed meanwhile. Please ask for the document anew."))
    _press, passage = PRESSES[DocumentKind(document.kind)]
    return sheet.of_paper(written, passage)


def _redline(document: Document) -> Sheet:
    older, newer = document.older, document.version
    newer.position = Position.objects.select_related("section").get(pk=document.position_id)
    between = newer.position.versions.filter(number__gt=older.number, number__lte=newer.number)
    authors = dict.fromkeys(between.order_by("number").values_list("author__name", flat=True))
    return redline.of_versions(older, newer, authors=list(authors))


# Sweeping ----------------------------------------------------------------------------------


def sweep() -> int:
    """Let old ones go; their files belong to nothing then, and are swept as such."""
    return Document.objects.run_out(clock.now() - timedelta(days=DAYS_KEPT)).delete()[0]
