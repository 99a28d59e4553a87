"""Who hears what became of an application, a proposed change, a report of a mistake."""

from typing import Any

from core import audit, outbox
from core.outbox import Message
from members.choices import ChangeStatus
from members.models import MembershipApplication, MistakeReport, ProfileChange
from members.policy import may_edit_profile

APPLICATION_RECEIVED = "members.application_received"
APPLICATION_DECIDED = "members.application_decided"
CHANGE_DECIDED = "members.change_decided"
REPORT_ANSWERED = "members.report_answered"

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


def _last_note(thing: Any) -> str:
    last = audit.last_of(thing)
    return last.note if last else ""


RENDERERS = {
    APPLICATION_RECEIVED: _application_letter,
    APPLICATION_DECIDED: _application_letter,
    CHANGE_DECIDED: _change_letter,
    REPORT_ANSWERED: _report_letter,
}
