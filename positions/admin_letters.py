"""Letters to authorities and what follows: their templates are edited here, the rest is seen."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin_base import HistoryAdmin, ReadOnlyAdmin
from positions.choices import Placeholder
from positions.models import LetterTemplate, Message, Package, Promise, RecordFile


@admin.register(LetterTemplate)
class LetterTemplateAdmin(HistoryAdmin):
    fields = ["kind", "language", "subject", "body", "placeholders"]
    list_display = ["__str__", "kind", "language", "subject"]
    list_filter = ["kind", "language"]
    search_fields = ["subject", "body"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "placeholders"]

    @admin.display(description=_("what may be asked for"))
    def placeholders(self, template):
        return "; ".join(f"{{{{{each}}}}}: {each.label}" for each in Placeholder)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    joined = ["submission__position__section", "submission__addressee", "recorded_by"]
    list_display = ["received_on", "direction", "kind", "submission", "due_on", "settled_on"]
    list_filter = ["direction", "kind"]
    search_fields = ["submission__position__search_text", "file_number", "text"]
    date_hierarchy = "received_on"
    ordering = ["-received_on"]


@admin.register(Package)
class PackageAdmin(ReadOnlyAdmin):
    joined = ["requested_by"]
    list_display = ["name", "stage", "sha256", "requested_by", "requested_at", "fault"]
    list_filter = ["stage"]
    search_fields = ["name", "sha256"]
    date_hierarchy = "requested_at"
    hidden = ["file"]


@admin.register(RecordFile)
class RecordFileAdmin(ReadOnlyAdmin):
    joined = ["submission__position__section", "submission__addressee", "message", "uploaded_by"]
    list_display = ["submission", "message", "name", "size", "uploaded_by", "uploaded_at"]
    list_filter = ["media_type"]
    search_fields = ["submission__position__search_text", "name"]
    date_hierarchy = "uploaded_at"
    ordering = ["-uploaded_at"]
    hidden = ["file"]


@admin.register(Promise)
class PromiseAdmin(ReadOnlyAdmin):
    joined = ["position__section", "message", "recorded_by", "judged_by"]
    list_display = ["position", "text", "due_on", "state", "recorded_by"]
    list_filter = ["state"]
    search_fields = ["position__search_text", "text", "note"]
    date_hierarchy = "due_on"
