"""What the board has recorded beside its resolutions: to be looked at, never changed."""

from django.contrib import admin

from core.admin_base import LookInline, ReadOnlyAdmin
from positions.models import Exclusion, PointReason


class PointReasonInline(LookInline):
    model = PointReason
    joined = ["point", "decision"]
    fields = ["point", "text"]
    show_change_link = False


@admin.register(Exclusion)
class ExclusionAdmin(ReadOnlyAdmin):
    joined = ["position__section", "person", "recorded_by"]
    list_display = ["position", "person", "recorded_by", "recorded_at"]
    search_fields = ["position__search_text", "person__name", "reason"]
    date_hierarchy = "recorded_at"
    ordering = ["-recorded_at"]
