from django.contrib import admin
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from core.admin_moves import WorkflowAdmin
from members.choices import (
    ApplicationAction,
    ApplicationStatus,
    ChangeAction,
    ChangeStatus,
    ReportAction,
    ReportStatus,
)
from members.models import MembershipApplication, MistakeReport, ProfileChange
from members.profiles import comparison
from members.workflow import APPLICATIONS, MISTAKES, PROFILE_CHANGES

ACTS = {
    "apply": _("The application came in"),
    "propose": _("The change was proposed"),
    "report": _("The report came in"),
    ApplicationAction.APPROVE: _("It was approved"),
    ApplicationAction.REFUSE: _("It was refused"),
    ApplicationAction.WITHDRAW: _("It was withdrawn"),
    ReportAction.SETTLE: _("The mistake was put right"),
    ReportAction.DISMISS: _("The report was dismissed"),
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
            return [
                ("globe", _("The new values are on the library's page at once.")),
                TO_THE_PROPOSER,
            ]
        return [("lock", _("The library's page stays as it is.")), TO_THE_PROPOSER]

    def rows_of(self, thing):
        return comparison(thing)


@admin.register(MistakeReport)
class MistakeReportAdmin(WorkflowAdmin):
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
