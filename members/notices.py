"""Who hears what became of an application, a proposed change, a report of a mistake or barrier."""

from typing import Any

from django.urls import reverse

from core import audit, outbox
from core.outbox import Message
from members.choices import ChangeStatus
from members.models import (
    BarrierReport,
    MembershipApplication,
    MistakeReport,
    Person,
    ProfileChange,
)
from members.policy import is_staff, may_edit_profile

APPLICATION_RECEIVED = "members.application_received"
APPLICATION_DECIDED = "members.application_decided"
CHANGE_DECIDED = "members.change_decided"
REPORT_ANSWERED = "members.report_answered"
BARRIER_REPORTED = "members.barrier_reported"
BARRIER_ANSWERED = "members.barrier_answered"

DECIDED = frozenset({ChangeStatus.APPROVED, ChangeStatus.REFUSED})


def application_received(application: MembershipApplication) -> None:
    _queue_to_applicant(APPLICATION_RECEIVED, application)


def application_decided(
    application: MembershipApplication, *, action: str, source: str, by: Any
) -> None:
    _queue_to_applicant(APPLICATION_DECIDED, application)


def _queue_to_applicant(kind: str, application: MembershipApplication) -> None:
    outbox.queue(
        kind=kind,
        address=application.applicant_email,
        key=f"{kind}:{application.pk}",
        language=application.language,
        application=application.pk,
    )


def change_decided(change: ProfileChange, *, action: str, source: str, by: Any) -> None:
    """The proposer hears of the staff's decision, not of their own withdrawal."""
    if change.status not in DECIDED or change.proposed_by == by:
        return
    key = f"{CHANGE_DECIDED}:{change.pk}"
    outbox.queue(kind=CHANGE_DECIDED, to=change.proposed_by, key=key, change=change.pk)


def report_answered(report: MistakeReport, *, action: str, source: str, by: Any) -> None:
    """Only who left an address is answered."""
    if not report.email:
        return
    outbox.queue(
        kind=REPORT_ANSWERED,
        address=report.email,
        key=f"{REPORT_ANSWERED}:{report.pk}",
        language=report.language,
        report=report.pk,
    )


def barrier_reported(report: BarrierReport) -> None:
    """All of the staff: whoever comes first answers."""
    for person in Person.objects.filter(is_staff=True, is_active=True).order_by("pk"):
        outbox.queue(
            kind=BARRIER_REPORTED,
            to=person,
            key=f"{BARRIER_REPORTED}:{report.pk}:{person.pk}",
            barrier=report.pk,
        )


def barrier_answered(report: BarrierReport, *, action: str, source: str, by: Any) -> None:
    """Only who left an address is answered by letter; the answer is recorded in any case."""
    if not report.email:
        return
    outbox.queue(
        kind=BARRIER_ANSWERED,
        address=report.email,
        key=f"{BARRIER_ANSWERED}:{report.pk}",
        language=report.language,
        barrier=report.pk,
    )


# Written when they are sent ----------------------------------------------------------------


def _application_letter(mail: Any) -> Message | None:
    application = (
        MembershipApplication.objects.select_related("county", "library")
        .filter(pk=mail.context["application"])
        .first()
    )
    if application is None:
        return None
    library = application.library
    return outbox.letter(
        f"members/mail/{mail.kind.removeprefix('members.')}.txt",
        application=application,
        reason=_last_note(application),
        link=outbox.link(library.get_absolute_url()) if library else "",
    )


def _change_letter(mail: Any) -> Message | None:
    """Nothing for somebody who no longer acts for the library."""
    changes = ProfileChange.objects.select_related("library").filter(status__in=DECIDED)
    change = changes.filter(pk=mail.context["change"]).first()
    if change is None or not may_edit_profile(mail.to, change.library):
        return None
    link = outbox.link(change.get_absolute_url())
    return outbox.letter("members/mail/change_decided.txt", change=change, link=link)


def _report_letter(mail: Any) -> Message | None:
    reports = MistakeReport.objects.select_related("library")
    report = reports.filter(pk=mail.context["report"]).first()
    if report is None:
        return None
    return outbox.letter(
        "members/mail/report_answered.txt",
        report=report,
        answer=_last_note(report),
        link=outbox.link(report.library.get_absolute_url()),
    )


def _barrier_to_staff(mail: Any) -> Message | None:
    """Nothing for somebody who is no longer of the staff, or once it is answered."""
    report = _barrier_of(mail)
    if report is None or not report.is_open or not is_staff(mail.to):
        return None
    path = reverse("admin:members_barrierreport_change", args=[report.pk])
    link = outbox.link(path)
    return outbox.letter("members/mail/barrier_reported.txt", report=report, link=link)


def _barrier_answer(mail: Any) -> Message | None:
    report = _barrier_of(mail)
    if report is None:
        return None
    return outbox.letter(
        "members/mail/barrier_answered.txt",
        report=report,
        answer=_last_note(report),
        link=outbox.link(reverse("accessibility")),
    )


def _barrier_of(mail: Any) -> BarrierReport | None:
    return BarrierReport.objects.filter(pk=mail.context["barrier"]).first()


def _last_note(thing: Any) -> str:
    last = audit.last_of(thing)
    return last.note if last else ""


RENDERERS = {
    APPLICATION_RECEIVED: _application_letter,
    APPLICATION_DECIDED: _application_letter,
    CHANGE_DECIDED: _change_letter,
    REPORT_ANSWERED: _report_letter,
    BARRIER_REPORTED: _barrier_to_staff,
    BARRIER_ANSWERED: _barrier_answer,
}
