from django.contrib import admin
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from core.admin_moves import WorkflowAdmin
from core.foretold import with_followers
from members.choices import (
    ApplicationAction,
    ApplicationStatus,
    BarrierAction,
    BarrierStatus,
    ChangeAction,
    ChangeStatus,
    ErasureAction,
    ErasureStatus,
    ReportAction,
    ReportStatus,
)
from members.models import (
    BarrierReport,
    Erasure,
    MembershipApplication,
    MistakeReport,
    ProfileChange,
)
from members.profiles import comparison
from members.workflow import APPLICATIONS, BARRIERS, ERASURES, MISTAKES, PROFILE_CHANGES

ACTS = {
    "apply": _("The application came in"),
    "propose": _("The change was proposed"),
    "report": _("The report came in"),
    ApplicationAction.APPROVE: _("It was approved"),
    ApplicationAction.REFUSE: _("It was refused"),
    ApplicationAction.WITHDRAW: _("It was withdrawn"),
    ReportAction.SETTLE: _("The mistake was put right"),
    ReportAction.DISMISS: _("The report was dismissed"),
    BarrierAction.ANSWER: _("It was answered"),
    "ask_for_erasure": _("The erasure was asked for"),
    ErasureAction.CONFIRM: _("A second person confirmed it; the account was closed"),
    ErasureAction.CARRY_OUT: _("It was carried out"),
}

TO_THE_APPLICANT = ("envelope", _("The applicant gets a letter with what you write here."))
TO_THE_PROPOSER = ("envelope", _("The representative gets a letter with what you write here."))
TO_THE_REPORTER = ("envelope", _("Who reported it and left an address is told in a letter."))


def waiting_first(status):
    return [Case(When(status=status, then=0), default=1), "created_at", "pk"]


@admin.register(MembershipApplication)
class MembershipApplicationAdmin(WorkflowAdmin):
    workflow = APPLICATIONS
    acts = ACTS
    joined = ["county", "library"]
    ordering = waiting_first(ApplicationStatus.SUBMITTED)
    list_display = ["library_name", "county", "kind", "applicant_name", "created_at", "status"]
    list_filter = ["status", "county"]
    search_fields = ["library_name", "city", "applicant_name", "applicant_email"]
    date_hierarchy = "created_at"

    def foretold(self, move, thing, *, by):
        if move.action == ApplicationAction.APPROVE:
            return [
                ("globe", _("The library is a member from today and stands in the directory.")),
                TO_THE_APPLICANT,
            ]
        return [TO_THE_APPLICANT]


@admin.register(ProfileChange)
class ProfileChangeAdmin(WorkflowAdmin):
    workflow = PROFILE_CHANGES
    acts = ACTS
    joined = ["library__county", "proposed_by"]
    ordering = waiting_first(ChangeStatus.PROPOSED)
    list_display = ["library", "proposed_by", "created_at", "status", "status_since"]
    list_filter = ["status"]
    search_fields = ["library__search_text", "proposed_by__name"]
    date_hierarchy = "created_at"
    fields = ["library", "status", "status_since", "proposed_by", "created_at"]

    def foretold(self, move, thing, *, by):
        if move.action == ChangeAction.APPROVE:
            told = [
                ("globe", _("The new values are on the library's page at once.")),
                TO_THE_PROPOSER,
            ]
            heard = [thing.proposed_by_id]
            return with_followers(told, [thing.library], by=by, besides=heard)
        return [("lock", _("The library's page stays as it is.")), TO_THE_PROPOSER]

    def rows_of(self, thing):
        return comparison(thing)


@admin.register(MistakeReport)
class MistakeReportAdmin(WorkflowAdmin):
    fields = ["status_since", "status", "library", "text", "email", "language", "created_at"]
    workflow = MISTAKES
    acts = ACTS
    joined = ["library"]
    ordering = waiting_first(ReportStatus.OPEN)
    list_display = ["library", "text", "created_at", "status"]
    list_filter = ["status"]
    search_fields = ["library__search_text", "text", "email"]
    date_hierarchy = "created_at"

    def foretold(self, move, thing, *, by):
        return [TO_THE_REPORTER]


@admin.register(BarrierReport)
class BarrierReportAdmin(WorkflowAdmin):
    fields = ["status_since", "status", "page", "text", "email", "language", "created_at"]
    workflow = BARRIERS
    acts = ACTS
    ordering = waiting_first(BarrierStatus.OPEN)
    list_display = ["__str__", "text", "created_at", "answer_by", "status"]
    list_filter = ["status"]
    search_fields = ["page", "text", "email"]
    date_hierarchy = "created_at"

    @admin.display(description=_("to be answered by"))
    def answer_by(self, report):
        return report.due_on

    def foretold(self, move, thing, *, by):
        return [TO_THE_REPORTER]


@admin.register(Erasure)
class ErasureAdmin(WorkflowAdmin):
    workflow = ERASURES
    acts = ACTS
    joined = ["person", "asked_by"]
    ordering = [Case(When(status=ErasureStatus.ASKED, then=0), default=1), "asked_at", "pk"]
    list_display = ["person", "ground", "asked_by", "asked_at", "status"]
    list_filter = ["status", "ground"]
    search_fields = ["person__name", "person__email"]
    date_hierarchy = "asked_at"

    def foretold(self, move, thing, *, by):
        if move.action == ErasureAction.CONFIRM:
            return [
                ("trash", _("The account is closed at once, and cannot be opened again.")),
                ("people", _("Mandates and offices end; name and address are gone for good.")),
                ("book", _("Decisions, minutes and counted votes stay as they are.")),
                ("envelope", _("Nobody gets mail: answer the person before, by letter.")),
            ]
        return [("lock", _("The account stays as it is. Nobody gets mail."))]
