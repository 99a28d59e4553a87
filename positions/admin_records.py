"""What has happened to positions: to be looked at, never changed."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import richtext
from core.admin_base import HistoryAdmin, InForce, LookInline, ReadOnlyAdmin
from core.admin_translations import TranslatedAdmin, TranslationFilter, side_by_side
from positions.models import (
    Ballot,
    Comment,
    Elector,
    Endorsement,
    LawProfile,
    MinorityOpinion,
    Point,
    PointOutcome,
    Submission,
    Version,
    Vote,
)


class PointInline(LookInline):
    model = Point
    fields = ["number", "text"]
    show_change_link = False


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    joined = ["position__section", "author"]
    list_display = ["position", "number", "author", "created_at", "note"]
    search_fields = ["position__search_text", "author__name", "note"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    fields = ["position", "number", "title", "text", "author", "created_at", "note", "fingerprint"]
    inlines = [PointInline]

    @admin.display(description=_("text"))
    def text(self, version):
        return richtext.shown(version.body)


class Answered(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("no", _("open")), ("yes", _("answered"))]

    def queryset(self, request, queryset):
        match self.value():
            case "no":
                return queryset.filter(parent=None, resolved_at=None)
            case "yes":
                return queryset.exclude(resolved_at=None)
        return queryset


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    joined = ["version__position__section", "library", "author", "resolved_by", "parent"]
    hidden = ["wording"]
    list_display = [
        "created_at",
        "version",
        "paragraph",
        "library",
        "author",
        "audience",
        "text",
        "answered",
    ]
    list_filter = ["audience", Answered]
    search_fields = [
        "version__position__search_text",
        "library__search_text",
        "author__name",
        "text",
    ]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]

    @admin.display(description=_("answered"), boolean=True)
    def answered(self, comment):
        """A reply has no answer of its own."""
        return None if comment.parent_id else comment.resolved_at is not None


class SaidAdmin(ReadOnlyAdmin):
    """What libraries say of a version, standing or withdrawn."""

    joined = ["version__position__section", "library", "author"]
    list_filter = ["withdrawn_at"]
    search_fields = ["version__position__search_text", "library__search_text", "author__name"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]


@admin.register(Endorsement)
class EndorsementAdmin(SaidAdmin):
    list_display = ["created_at", "version", "library", "reservation", "author", "withdrawn_at"]


@admin.register(MinorityOpinion)
class MinorityOpinionAdmin(SaidAdmin):
    list_display = ["created_at", "version", "library", "goes_public", "author", "withdrawn_at"]


class ShowsTheChoice:
    """How somebody voted is told once the ballot has ended; before, only whether."""

    @admin.display(description=_("vote"))
    def choice(self, elector):
        if not elector.has_voted:
            return _("not cast")
        hidden = elector.took_part or elector.ballot.is_running
        return _("cast") if hidden else elector.vote.get_choice_display()


class ElectorInline(ShowsTheChoice, LookInline):
    model = Elector
    joined = ["ballot", "library", "person", "vote"]
    fields = ["library", "person", "choice", "excluded"]


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    joined = ["position__section", "version__position__section", "amendment"]
    list_display = [
        "position",
        "kind",
        "amendment",
        "round",
        "opened_at",
        "closes_at",
        "closed_at",
        "votes",
    ]
    list_filter = ["kind", "closed_at", "annulled_at"]
    search_fields = ["position__search_text"]
    date_hierarchy = "opened_at"
    ordering = ["-opened_at"]
    inlines = [ElectorInline]

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), "votes", "carried"]

    @admin.display(description=_("votes cast"))
    def votes(self, ballot):
        return f"{ballot.turnout} / {ballot.electorate}"

    @admin.display(description=_("carried"), boolean=True)
    def carried(self, ballot):
        return None if ballot.is_running else ballot.carries


@admin.register(Elector)
class ElectorAdmin(ShowsTheChoice, ReadOnlyAdmin):
    joined = ["ballot__position__section", "library", "person", "vote"]
    list_display = ["position", "ballot", "library", "person", "choice"]
    list_filter = ["ballot__kind"]
    search_fields = ["ballot__position__search_text", "library__search_text", "person__name"]
    ordering = ["-ballot", "pk"]

    @admin.display(description=_("position"))
    def position(self, elector):
        return elector.ballot.position


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin):
    """The votes of ballots that have ended."""

    joined = [
        "elector__ballot__position__section",
        "elector__library",
        "elector__person",
        "cast_by",
    ]
    list_display = ["position", "elector", "choice", "cast_by", "cast_at"]
    list_filter = ["elector__ballot__kind", "choice"]
    search_fields = [
        "elector__ballot__position__search_text",
        "elector__library__search_text",
        "cast_by__name",
    ]
    date_hierarchy = "cast_at"
    ordering = ["-cast_at"]

    def get_queryset(self, request):
        running = Q(elector__ballot__closed_at=None, elector__ballot__annulled_at=None)
        return super().get_queryset(request).exclude(running)

    @admin.display(description=_("position"))
    def position(self, vote):
        return vote.elector.ballot.position


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    joined = ["position__section", "addressee", "law_profile", "prepared_by", "confirmed_by"]
    list_display = ["position", "addressee", "channel", "sent_on", "due_on", "file_number"]
    list_filter = ["channel"]
    search_fields = ["position__search_text", "addressee__name_hu", "file_number"]
    date_hierarchy = "sent_on"
    ordering = ["-prepared_at"]


@admin.register(PointOutcome)
class PointOutcomeAdmin(ReadOnlyAdmin):
    joined = ["point__version__position__section", "recorded_by"]
    list_display = ["position", "point", "result", "recorded_by", "recorded_at"]
    list_filter = ["result"]
    search_fields = ["point__version__position__search_text", "point__text", "reason"]
    date_hierarchy = "recorded_at"
    ordering = ["-recorded_at"]

    @admin.display(description=_("position"))
    def position(self, outcome):
        return outcome.point.version.position


@admin.register(LawProfile)
class LawProfileAdmin(TranslatedAdmin, HistoryAdmin):
    fields = [
        "kind",
        *side_by_side(LawProfile),
        "days",
        "unit",
        "extension_days",
        "ends_on_working_day",
        "stops_in_recess",
        "source",
        "started_on",
        "ended_on",
    ]
    list_display = ["name_hu", "kind", "days", "unit", "source", "started_on", "ended_on"]
    list_filter = [InForce, "kind", TranslationFilter]
    search_fields = ["name_hu", "name_en", "name_sl", "source"]
