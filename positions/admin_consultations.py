"""Consultations that have come in: recorded, triaged and followed by staff."""

from django.contrib import admin
from django.db.models import Case, When
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.admin_base import LookInline, ReadOnlyAdmin
from core.admin_moves import WorkflowAdmin
from core.once import once_only
from positions import consultation_timeline, foretold_consultations, windows
from positions.choices import ConsultationState
from positions.consulting import CONSULTATIONS, FACTS, record
from positions.forms.consultations import CONSULTATION_FORMS, RecordForm
from positions.models import Assignment, Consultation, ConsultationFile, Position


class AssignmentInline(LookInline):
    model = Assignment
    joined = ["section", "assigned_by", "let_go_by", "consultation"]
    fields = [
        "section",
        "assigned_at",
        "assigned_by",
        "let_go_at",
        "let_go_reason",
        "taken_back_at",
    ]


class FileInline(LookInline):
    model = ConsultationFile
    joined = ["consultation", "uploaded_by"]
    fields = ["title", "name", "uploaded_by", "uploaded_at", "removed_at"]


class AnswerInline(LookInline):
    model = Position
    fk_name = "answers"
    verbose_name_plural = gettext_lazy("positions started from it")
    joined = ["section", "answers"]
    fields = ["title", "status", "authority_deadline"]


@admin.register(Consultation)
class ConsultationAdmin(WorkflowAdmin):
    workflow = CONSULTATIONS
    acts = consultation_timeline.ACTS
    add_form_template = "admin/change_form.html"
    joined = ["authority", "law_profile", "recorded_by"]
    list_display = ["title", "kind", "authority", "received_on", "due_on", "status", "enough_time"]
    list_filter = ["status", "kind", "confidentiality"]
    search_fields = ["search_text", "authority__name_hu"]
    date_hierarchy = "received_on"
    ordering = [
        Case(When(status=ConsultationState.RECEIVED, then=0), default=1),
        "-received_on",
        "-pk",
    ]
    hidden = ["reckoning", "lawful_until", "given_days", "minimum_days"]
    inlines = [FileInline, AssignmentInline, AnswerInline]

    def add_links_of(self, thing):
        """Files come in by the page that judges what they are."""
        url = reverse("positions:consultation_attachments", args=[thing.pk])
        return [{"label": ConsultationFile._meta.verbose_name, "url": url}]

    def has_add_permission(self, request):
        return self.admin_site.has_permission(request)

    def get_fieldsets(self, request, obj=None):
        if obj:
            return super().get_fieldsets(request, obj)
        fields = [*FACTS[:7], "due_on", *FACTS[7:]]  # `once` is in the template, without a label
        told = _(
            "Nobody gets mail now: its sections do when you assign it. Whoever may know of it can "
            "read it at once. An empty due date is reckoned from the law. Once it is recorded, you "
            "can attach the files that came with it."
        )
        return [(None, {"fields": fields, "description": told})]

    def get_fields(self, request, obj=None):
        return (
            [*super().get_fields(request, obj), "by_law", "given"]
            if obj
            else RecordForm.Meta.fields
        )

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(
            request, obj, change, **(kwargs if obj else {**kwargs, "form": RecordForm})
        )

    @method_decorator(once_only)
    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        record(consultation=obj, by=request.user)

    def context_of(self, request, thing):
        return super().context_of(request, thing) if thing else {}

    def has_details(self, move):
        return True

    def form_of(self, move, thing, *, by, data=None):
        return CONSULTATION_FORMS[move.action](data, consultation=thing, move=move, by=by)

    def foretold(self, move, thing, *, by):
        return foretold_consultations.consequences(thing, move)

    def timeline_of(self, thing):
        return consultation_timeline.entries(thing, list(audit.of(thing)), inside=True)

    @admin.display(description=gettext_lazy("time the law asks for"))
    def by_law(self, consultation):
        return windows.law_in_words(consultation)

    @admin.display(description=gettext_lazy("time given"))
    def given(self, consultation):
        return windows.given_in_words(consultation) if consultation.due_on else ""

    @admin.display(description=gettext_lazy("as long as the law asks"), boolean=True)
    def enough_time(self, consultation):
        return not consultation.is_shorter_than_law if consultation.lawful_until else None


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    joined = ["consultation", "section", "assigned_by", "let_go_by"]
    list_display = ["assigned_at", "section", "consultation", "let_go_at", "taken_back_at"]
    list_filter = ["section"]
    search_fields = ["consultation__search_text", "let_go_reason"]
    date_hierarchy = "assigned_at"
    ordering = ["-assigned_at"]
