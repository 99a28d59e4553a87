"""Amendments and who stands behind them: to be looked at, never changed."""

from django.contrib import admin

from core.admin_base import LookInline, ReadOnlyAdmin
from positions.models import Amendment, Support


class SupportInline(LookInline):
    model = Support
    joined = ["library", "author", "amendment"]
    fields = ["library", "author", "created_at"]


@admin.register(Amendment)
class AmendmentAdmin(ReadOnlyAdmin):
    joined = ["position__section", "version__position__section", "library", "author", "decided_by"]
    list_display = ["position", "number", "kind", "paragraph", "library", "status", "created_at"]
    list_filter = ["status", "kind"]
    search_fields = ["position__search_text", "library__search_text", "author__name", "reason"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]
    inlines = [SupportInline]


@admin.register(Support)
class SupportAdmin(ReadOnlyAdmin):
    joined = ["amendment__position__section", "library", "author"]
    list_display = ["created_at", "position", "amendment", "library", "author"]
    search_fields = ["amendment__position__search_text", "library__search_text", "author__name"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]

    @admin.display(description=Amendment._meta.get_field("position").verbose_name)
    def position(self, support):
        return support.amendment.position
