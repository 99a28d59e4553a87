"""What waits for the staff, for the front page of the back office: one query a queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Model, QuerySet, Window
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import clock, outbox
from core.admin_base import admin_url
from core.models import Mail
from members.choices import (
    ApplicationStatus,
    BarrierStatus,
    ChangeStatus,
    ErasureStatus,
    ReportStatus,
)
from members.models import (
    BarrierReport,
    Erasure,
    Invitation,
    MembershipApplication,
    MistakeReport,
    ProfileChange,
)
from positions.choices import ConsultationState
from positions.models import Consultation, Position

SHOWN = 5


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    since: datetime
    note: str


@dataclass(frozen=True)
class Queue:
    """`count` things in all, the oldest of them as `items`; `empty` is the sentence for none."""

    title: str
    url: str
    empty: str
    count: int
    items: list[Item]


def undecided() -> list[QuerySet]:
    """What nobody but the staff can settle."""
    return [
        MembershipApplication.objects.filter(status=ApplicationStatus.SUBMITTED),
        ProfileChange.objects.filter(status=ChangeStatus.PROPOSED),
        MistakeReport.objects.filter(status=ReportStatus.OPEN),
        BarrierReport.objects.filter(status=BarrierStatus.OPEN),
        Erasure.objects.filter(status=ErasureStatus.ASKED),
        Consultation.objects.filter(status=ConsultationState.RECEIVED),
    ]


def all_queues() -> list[Queue]:
    applications, changes, mistakes, barriers, erasures, consultations = undecided()
    return [
        _applications(applications),
        _profile_changes(changes),
        _mistakes(mistakes),
        _barriers(barriers),
        _erasures(erasures),
        _consultations(consultations),
        _invitations(),
        _mails(),
        _before_the_board(),
        _overdue(),
    ]


def _applications(rows: QuerySet) -> Queue:
    return _queue(
        rows.select_related("county").order_by("created_at", "pk"),
        title=_("Membership applications"),
        empty=_("No library is waiting to be admitted."),
        query=f"status__exact={ApplicationStatus.SUBMITTED}",
        since="created_at",
        note=lambda application: application.county.name,
    )


def _profile_changes(rows: QuerySet) -> Queue:
    return _queue(
        rows.select_related("library", "proposed_by").order_by("created_at", "pk"),
        title=_("Profile changes"),
        empty=_("No change of a library's profile is waiting for approval."),
        query=f"status__exact={ChangeStatus.PROPOSED}",
        since="created_at",
        note=lambda change: change.proposed_by.name,
    )


def _mistakes(rows: QuerySet) -> Queue:
    return _queue(
        rows.select_related("library").order_by("created_at", "pk"),
        title=_("Reports of mistakes"),
        empty=_("Nobody has reported a mistake that is still open."),
        query=f"status__exact={ReportStatus.OPEN}",
        since="created_at",
        note=lambda report: report.text[:80],
    )


def _barriers(rows: QuerySet) -> Queue:
    return _queue(
        rows.order_by("created_at", "pk"),
        title=_("Reports of barriers"),
        empty=_("Nobody has reported a barrier that is not answered yet."),
        query=f"status__exact={BarrierStatus.OPEN}",
        since="created_at",
        note=lambda report: _("answer by %(day)s") % {"day": date_format(report.due_on)},
    )


def _erasures(rows: QuerySet) -> Queue:
    return _queue(
        rows.select_related("person", "asked_by").order_by("asked_at", "pk"),
        title=_("Erasures to be confirmed"),
        empty=_("Nobody is waiting to be erased."),
        query=f"status__exact={ErasureStatus.ASKED}",
        since="asked_at",
        note=lambda erasure: _("asked for by %(name)s") % {"name": erasure.asked_by.name},
    )


def _consultations(rows: QuerySet) -> Queue:
    """To be assigned or let go: the most urgent first, as they cannot wait for their turn."""
    return _queue(
        rows.select_related("authority").order_by(F("due_on").asc(nulls_last=True), "pk"),
        title=_("Consultations to be assigned"),
        empty=_("No consultation is waiting to be assigned."),
        query=f"status__exact={ConsultationState.RECEIVED}",
        since="recorded_at",
        note=_until,
    )


def _until(consultation):
    if consultation.due_on is None:
        return str(consultation.authority)
    return _("until %(day)s") % {"day": date_format(consultation.due_on)}


def _invitations() -> Queue:
    rows = Invitation.objects.filter(accepted_at=None, revoked_at=None)
    return _queue(
        rows.select_related("person").order_by("created_at", "pk"),
        title=_("Invitations not taken up"),
        empty=_("Everybody who was invited has come in."),
        query="state=unanswered",
        since="created_at",
        note=lambda invitation: "" if invitation.is_open else _("expired: invite again"),
    )


def _mails() -> Queue:
    """The backlog: letters that failed at least once or were given up, and those that nobody has
    taken up though they should have gone."""
    late = Mail.objects.late(clock.now() - outbox.LATE)
    return _queue(
        (Mail.objects.failed() | late).select_related("to").order_by("created_at", "pk"),
        title=_("Letters that could not be sent"),
        empty=_("Every letter that was due has gone."),
        query="state=stuck",
        since="created_at",
        note=lambda mail: mail.last_error[:80] or _("not taken up yet"),
    )


def _before_the_board() -> Queue:
    return _queue(
        Position.objects.awaiting_board().for_lists().order_by("forwarded_at", "pk"),
        title=_("Positions before the board"),
        empty=_("No position is waiting for the board."),
        query="waits=board",
        since="forwarded_at",
        note=lambda position: str(position.get_status_display()),
    )


def _overdue() -> Queue:
    return _queue(
        Position.objects.overdue().for_lists().order_by("status_since", "pk"),
        title=_("Overdue positions"),
        empty=_("No position is past its deadline."),
        query="waits=late",
        since="status_since",
        note=lambda position: str(position.get_status_display()),
    )


def _queue(
    rows: QuerySet, *, title: str, empty: str, query: str, since: str, note: Callable[[Any], str]
) -> Queue:
    found = list(rows.annotate(in_all=Window(Count("*")))[:SHOWN])
    model: type[Model] = rows.model
    return Queue(
        title=title,
        url=f"{reverse(admin_url(model, 'changelist'))}?{query}",
        empty=empty,
        count=found[0].in_all if found else 0,
        items=[
            Item(
                label=str(row),
                url=reverse(admin_url(model, "change"), args=[row.pk]),
                since=getattr(row, since),
                note=note(row),
            )
            for row in found
        ],
    )
