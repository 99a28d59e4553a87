"""Translations of positions, to be looked at: they are written on the page of the position."""

from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.admin_base import ReadOnlyAdmin
from core.translated import Freshness
from positions.models import PositionTranslation


class OlderThanTheOriginal(admin.SimpleListFilter):
    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        return [pair for pair in Freshness.choices if pair[0] != Freshness.MISSING]

    def queryset(self, request, queryset):
        outdated = PositionTranslation.objects.outdated().values("pk")
        match self.value():
            case Freshness.OUTDATED:
                return queryset.filter(pk__in=outdated)
            case Freshness.CURRENT:
                return queryset.exclude(pk__in=outdated)
        return queryset


@admin.register(PositionTranslation)
class PositionTranslationAdmin(ReadOnlyAdmin):
    joined = ["position__section", "version", "saved_by"]
    list_display = ["title", "language", "position", "freshness", "saved_at", "saved_by"]
    list_filter = ["language", OlderThanTheOriginal]
    search_fields = ["title", "position__search_text"]
    fields = ["position", "language", "version", "freshness", "title", "summary", "body"]
    ordering = ["-saved_at", "pk"]

    def get_queryset(self, request):
        now = F("position__current__fingerprint")
        return super().get_queryset(request).annotate(now=now)

    def get_fields(self, request, obj=None):
        return [*super().get_fields(request, obj), "page"]

    @admin.display(description=_("translation"))
    def freshness(self, row):
        same = row.version.fingerprint == row.now
        return (Freshness.CURRENT if same else Freshness.OUTDATED).label

    @admin.display(description=_("where it is written"))
    def page(self, row):
        address = reverse("positions:position", args=[row.position.reference])
        return format_html('<a href="{}">{}</a>', address, row.position)
