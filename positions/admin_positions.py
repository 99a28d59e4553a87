from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from core import audit
from core.admin_base import LookInline
from core.admin_moves import WorkflowAdmin
from positions import foretold, timeline
from positions.forms.moves import MOVE_FORMS
from positions.models import Ballot, BoardDecision, Position, Submission, Version
from positions.workflow import WORKFLOW


class VersionInline(LookInline):
    model = Version
    joined = ["author", "position__section"]
    fields = ["number", "title", "author", "created_at", "note"]


class BallotInline(LookInline):
    model = Ballot
    joined = ["version", "position__section"]
    fields = ["kind", "round", "opened_at", "closes_at", "closed_at", "votes"]

    @admin.display(description=_("votes cast"))
    def votes(self, ballot):
        return f"{ballot.turnout} / {ballot.electorate}"


class DecisionInline(LookInline):
    model = BoardDecision
    joined = ["ballot", "version", "recorded_by", "position__section"]
    fields = ["resolution", "verdict", "decided_on", "reasons"]

    @admin.display(description=_("resolution"))
    def resolution(self, decision):
        return decision.resolution


class SubmissionInline(LookInline):
    model = Submission
    joined = ["addressee", "prepared_by", "confirmed_by", "position__section"]
    fields = ["addressee", "channel", "prepared_by", "confirmed_by", "sent_on", "due_on"]


class Waiting(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [("board", _("for the board")), ("late", _("past its deadline"))]

    def queryset(self, request, queryset):
        match self.value():
            case "board":
                return queryset.awaiting_board()
            case "late":
                return queryset.overdue()
        return queryset


@admin.register(Position)
class PositionAdmin(WorkflowAdmin):
    """The whole record. Staff who hold an office have its moves; texts are written elsewhere."""

    workflow = WORKFLOW
    acts = timeline.ACTS
    joined = [
        "section",
        "addressee",
        "answers",
        "submission",
        "created_by",
        "successor__section",
        "current__position__section",
        "proposed__position__section",
        "consulted__position__section",
    ]
    list_display = ["cited", "title", "kind", "status", "status_since", "addressee", "holder"]
    list_display_links = ["cited", "title"]
    list_filter = [Waiting, "status", "kind", "section", "year"]
    search_fields = ["search_text"]
    date_hierarchy = "created_at"
    ordering = ["-year", "-number", "section"]
    hidden = ["year", "number", "parked_from", "consulted"]
    inlines = [VersionInline, BallotInline, DecisionInline, SubmissionInline]

    def foretold(self, move, thing, *, by):
        return foretold.consequences(thing, move, by=by)

    def get_fields(self, request, obj=None):
        """Only what is known by now: most of a position's facts come late on its way."""
        known = [name for name in super().get_fields(request, obj) if getattr(obj, name, None)]
        return [
            "cited",
            "status",
            "holder",
            "drafted_by",
            *[name for name in known if name != "status"],
        ]

    def has_details(self, move):
        return True

    def form_of(self, move, thing, *, by, data=None):
        return MOVE_FORMS[move.action](data, position=thing, move=move, by=by)

    def timeline_of(self, thing):
        return timeline.entries(list(audit.of(thing)), inside=True)

    @admin.display(description=_("number"), ordering="search_text")
    def cited(self, position):
        return position.reference

    @admin.display(description=_("who holds the ball"))
    def holder(self, position):
        return position.holder.label

    @admin.display(description=_("authors"))
    def drafted_by(self, position):
        return format_html_join(", ", "{}", ((author.name,) for author in position.authors.all()))
