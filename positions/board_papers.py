"""Minutes and excerpts to take away: asked for on a page, made by the worker, once for the same
content."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from core import clock, jobs, sandbox
from core.jobs import Tell
from core.models import Stage
from core.outbox import link
from positions import excerpts, meeting_words, minutes
from positions.choices import DocumentKind
from positions.documents import PRESSES
from positions.models import BoardDecision, BoardPaper, Meeting
from positions.press.sheet import TEXT_LANGUAGE, Sheet


@transaction.atomic
def ask(
    *, of: Meeting | BoardDecision, content: str, by: Any, kind: str, language: str
) -> BoardPaper:
    """The minutes of a meeting or the excerpt of a resolution: the file there is, or a new one.

    `content` is the fingerprint of what the caller has shown, and has made sure they may read.
    """
    wish = {"kind": DocumentKind(kind), "language": language, "content": content}
    whose = {"meeting": of} if isinstance(of, Meeting) else {"decision": of}
    paper, is_new = BoardPaper.objects.get_or_create(**whose, **wish, defaults={"requested_by": by})
    if is_new or _is_tried_again(paper):
        make_board_paper.enqueue(paper.pk)
    return paper


def _is_tried_again(paper: BoardPaper) -> bool:
    """One that failed, or whose file is gone, waits to be made once more."""
    if paper.stage == Stage.READY and paper.size is not None:
        return False
    ended = BoardPaper.objects.filter(pk=paper.pk, stage__in={Stage.FAILED, Stage.READY})
    again = {"stage": Stage.WAITING, "progress": 0, "fault": "", "ended_at": None}
    return bool(ended.update(requested_at=clock.now(), **again))


@task(takes_context=True)
def make_board_paper(context: TaskContext, pk: int) -> None:
    jobs.carry_out(context, BoardPaper.objects.all(), pk, make)


def make(paper: BoardPaper, tell: Tell) -> None:
    tell(10)
    sheet = _minutes(paper) if paper.meeting_id else _excerpt(paper)
    tell(30)
    press, _passage = PRESSES[DocumentKind(paper.kind)]
    try:
        made = press(sheet)
    except sandbox.TooMuch as error:
        raise jobs.Fault(_("This text is too long or too complicated for a document.")) from error
    tell(90)
    paper.sha256 = hashlib.sha256(made).hexdigest()
    paper.file.save("", ContentFile(made), save=False)


def _minutes(paper: BoardPaper) -> Sheet:
    meeting = Meeting.objects.for_page().get(pk=paper.meeting_id)
    written = minutes.read(meeting)
    _refuse_changed(paper, written.fingerprint)
    given = minutes.authenticated_by(meeting, written.fingerprint)
    context = {"minutes": written, "meeting": meeting, "given": given}
    return _sheet(
        "positions/sheet/minutes.html",
        context,
        title=_("Minutes of meeting %(number)s of the board") % {"number": meeting.reference},
        reference=meeting.reference,
        day=meeting.day,
        saved=meeting.opened_at,
        address=meeting.get_absolute_url(),
    )


def _excerpt(paper: BoardPaper) -> Sheet:
    decision = BoardDecision.objects.for_page().get(pk=paper.decision_id)
    excerpt = excerpts.read(decision)
    _refuse_changed(paper, excerpt.fingerprint)
    context = {"excerpt": excerpt, "words": meeting_words.words_of(decision)}
    return _sheet(
        "positions/sheet/excerpt.html",
        context,
        title=_("Excerpt: resolution %(number)s of the board") % {"number": decision.resolution},
        reference=decision.resolution,
        day=decision.decided_on,
        saved=decision.recorded_at,
        address=decision.get_absolute_url(),
    )


def _refuse_changed(paper: BoardPaper, fingerprint: str) -> None:
    if fingerprint != paper.content:
        raise jobs.Fault(
            _("The data behind this document has changed meanwhile. Please ask for it again.")
        )


def _sheet(template, context, *, title, reference, day, saved, address) -> Sheet:
    context = {**context, "language": TEXT_LANGUAGE, "address": link(address)}
    return Sheet(
        language=get_language(),
        association=str(settings.SITE_NAME),
        section=_("Board"),
        reference=reference,
        version=date_format(day),
        title=title,
        body=render_to_string(template, context),
        saved=int(saved.timestamp()),
    )


def sweep(days: int = 30) -> int:
    """Let old ones go; their files belong to nothing then, and are swept as such."""
    last = clock.days_after(clock.today(), -days)
    return BoardPaper.objects.filter(ended_at__lt=clock.end_of_day(last)).delete()[0]
