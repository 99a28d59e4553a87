"""The files of positions: that they are there, never what is in them."""

from django.contrib import admin

from core.admin_base import ReadOnlyAdmin
from positions.models import Attachment, ConsultationFile, Document, TextImport


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    joined = ["position__section", "uploaded_by"]
    list_display = ["position", "title", "name", "size", "uploaded_by", "uploaded_at", "removed_at"]
    list_filter = ["media_type"]
    search_fields = ["position__search_text", "title", "name", "uploaded_by__name"]
    date_hierarchy = "uploaded_at"
    ordering = ["-uploaded_at"]
    hidden = ["file"]


@admin.register(ConsultationFile)
class ConsultationFileAdmin(ReadOnlyAdmin):
    joined = ["consultation", "uploaded_by"]
    list_display = [
        "consultation",
        "title",
        "name",
        "size",
        "uploaded_by",
        "uploaded_at",
        "removed_at",
    ]
    list_filter = ["media_type"]
    search_fields = ["consultation__search_text", "title", "name", "uploaded_by__name"]
    date_hierarchy = "uploaded_at"
    ordering = ["-uploaded_at"]
    hidden = ["file"]


@admin.register(TextImport)
class TextImportAdmin(ReadOnlyAdmin):
    """That it was brought and what became of it; the text is its bringer's alone."""

    joined = ["requested_by", "position__section", "base__position__section"]
    list_display = ["name", "requested_by", "requested_at", "stage", "position", "fault"]
    list_filter = ["stage"]
    search_fields = ["name", "requested_by__name", "position__search_text"]
    date_hierarchy = "requested_at"
    ordering = ["-requested_at"]
    hidden = ["upload", "title", "body", "points"]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    joined = ["position__section", "version", "older", "requested_by"]
    list_display = [
        "position",
        "kind",
        "version",
        "language",
        "inside",
        "stage",
        "progress",
        "requested_by",
        "requested_at",
        "fault",
    ]
    list_filter = ["stage", "kind", "language", "inside"]
    search_fields = ["position__search_text", "requested_by__name", "fault"]
    date_hierarchy = "requested_at"
    ordering = ["-requested_at"]
    hidden = ["file"]
