"""The meetings of the board and what came of them: to be looked at, never changed here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin_base import LookInline, ReadOnlyAdmin
from positions.admin_board import PointReasonInline
from positions.models import (
    AgendaItem,
    Attendance,
    Authentication,
    BoardDecision,
    BoardPaper,
    Meeting,
    ResolutionLink,
)


class AgendaInline(LookInline):
    model = AgendaItem
    joined = ["position__section", "meeting"]
    fields = ["place", "position", "title", "presenter", "is_late"]


class AttendanceInline(LookInline):
    model = Attendance
    joined = ["person", "meeting", "arrived_for__position", "left_after__position"]
    fields = ["person", "presence", "arrived_for", "left_after"]


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    joined = [
        "created_by",
        "presided_by",
        "minute_taker",
        "first_authenticator",
        "second_authenticator",
        "repeats",
    ]
    list_display = ["cited", "starts_at", "place", "status", "status_since"]
    list_filter = ["status", "year"]
    search_fields = ["place", "agenda__title", "agenda__position__search_text"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
    inlines = [AgendaInline, AttendanceInline]

    @admin.display(description=_("number"), ordering="starts_at")
    def cited(self, meeting):
        return meeting.reference


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin):
    joined = ["meeting", "position__section", "note_by"]
    list_display = ["meeting", "place", "position", "title", "presenter", "is_late"]
    list_filter = ["is_late"]
    search_fields = ["title", "position__search_text", "presenter"]
    ordering = ["-meeting__starts_at", "place"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    joined = ["meeting", "person", "arrived_for__position", "left_after__position"]
    list_display = ["meeting", "person", "presence", "arrived_for", "left_after"]
    list_filter = ["presence"]
    search_fields = ["person__name"]
    ordering = ["-meeting__starts_at", "pk"]


@admin.register(Authentication)
class AuthenticationAdmin(ReadOnlyAdmin):
    joined = ["meeting", "person"]
    list_display = ["meeting", "person", "at", "fingerprint"]
    search_fields = ["person__name", "fingerprint"]
    date_hierarchy = "at"
    ordering = ["-at"]


@admin.register(BoardDecision)
class BoardDecisionAdmin(ReadOnlyAdmin):
    joined = ["position__section", "ballot", "version", "item__position", "recorded_by"]
    list_display = ["resolution", "title", "verdict", "decided_on", "recorded_by"]
    list_filter = ["verdict", "year"]
    inlines = [PointReasonInline]
    search_fields = ["search_text", "position__search_text", "reasons"]
    date_hierarchy = "decided_on"

    @admin.display(description=_("resolution"), ordering="decided_on")
    def resolution(self, decision):
        return decision.resolution

    @admin.display(description=_("subject"))
    def title(self, decision):
        return decision.title


@admin.register(ResolutionLink)
class ResolutionLinkAdmin(ReadOnlyAdmin):
    joined = ["source", "target", "recorded_by"]
    list_display = ["source", "kind", "target", "recorded_by", "recorded_at"]
    list_filter = ["kind"]
    search_fields = ["source__search_text", "target__search_text"]
    date_hierarchy = "recorded_at"
    ordering = ["-recorded_at"]


@admin.register(BoardPaper)
class BoardPaperAdmin(ReadOnlyAdmin):
    joined = ["meeting", "decision", "requested_by"]
    list_display = ["requested_at", "meeting", "decision", "kind", "language", "stage", "fault"]
    list_filter = ["stage", "kind"]
    search_fields = ["content", "sha256"]
    date_hierarchy = "requested_at"
    ordering = ["-requested_at"]
    hidden = ["file"]
