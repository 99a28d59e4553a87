from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from core.admin_base import LookInline
from core.admin_moves import WorkflowAdmin
from positions.models import Ballot, BoardDecision, Position, Submission, Version
from positions.workflow import WORKFLOW


class VersionInline(LookInline):
    model = Version
    joined = ["author", "position__section"]
    fields = ["number", "title", "author", "created_at", "note"]


class BallotInline(LookInline):
    model = Ballot
    joined = ["version", "position__section"]
    fields = ["kind", "round", "opened_at", "closes_at", "closed_at", "annulled_at", "votes"]

    @admin.display(description=_("votes cast"))
    def votes(self, ballot):
        return f"{ballot.turnout} / {ballot.electorate}"


class DecisionInline(LookInline):
    model = BoardDecision
    joined = ["ballot", "version", "recorded_by", "position__section"]
    fields = ["resolution", "verdict", "decided_on", "reasons"]


class SubmissionInline(LookInline):
    model = Submission
    joined = ["addressee", "prepared_by", "confirmed_by", "position__section"]
    fields = ["addressee", "channel", "prepared_by", "confirmed_by", "sent_on", "due_on"]


@admin.register(Position)
class PositionAdmin(WorkflowAdmin):
    """The whole record. Staff who hold an office have its moves; texts are written elsewhere."""

    workflow = WORKFLOW
    acts = {
        "start": _("Started"),
        "save": _("Text saved"),
        "add_author": _("Author added"),
        "remove_author": _("Author removed"),
        "comment": _("Comment"),
        "vote": _("Vote cast"),
        "outcome": _("Outcome of a point recorded"),
    }
    joined = [
        "section",
        "addressee",
        "submission",
        "created_by",
        "successor__section",
        "current__position__section",
        "proposed__position__section",
        "consulted__position__section",
    ]
    list_display = ["cited", "title", "kind", "status", "status_since", "addressee", "holder"]
    list_display_links = ["cited", "title"]
    list_filter = ["status", "kind", "section", "year"]
    search_fields = ["search_text"]
    date_hierarchy = "created_at"
    ordering = ["-year", "-number", "section"]
    inlines = [VersionInline, BallotInline, DecisionInline, SubmissionInline]

    def get_fields(self, request, obj=None):
        return ["cited", *super().get_fields(request, obj), "drafted_by", "holder"]

    @admin.display(description=_("number"), ordering=["-year", "-number"])
    def cited(self, position):
        return position.reference

    @admin.display(description=_("who holds the ball"))
    def holder(self, position):
        return position.holder.label

    @admin.display(description=_("authors"))
    def drafted_by(self, position):
        return format_html_join(", ", "{}", ((author.name,) for author in position.authors.all()))
