"""Lists and pages of what has translations: original and translations side by side."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from core.admin_base import looks_back
from core.localized import TRANSLATIONS, original_name
from core.translated import Freshness, Translated

STATES = (Freshness.MISSING, Freshness.OUTDATED)


def side_by_side(model: type[Translated]) -> list[tuple[str, ...]]:
    """A line of the form for each field: the original, then its translations."""
    return [
        (original_name(model, field), *(f"{field}_{language}" for language in TRANSLATIONS))
        for field in model.TRANSLATED
    ]


def lacks(row: Translated, language: str, state: str) -> bool:
    return any(row.freshness_of(field, language) == state for field in row.TRANSLATED)


class TranslationFilter(admin.SimpleListFilter):
    """The lists are short: their rows are looked at one by one, in one query."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        names = dict(settings.LANGUAGES)
        return [
            (f"{language}-{state}", f"{names[language]}: {state.label}")
            for language in TRANSLATIONS
            for state in STATES
        ]

    def queryset(self, request, queryset):
        language, _dash, state = (self.value() or "").partition("-")
        if language not in TRANSLATIONS or state not in STATES:
            return queryset
        found = [row.pk for row in queryset.model.objects.all() if lacks(row, language, state)]
        return queryset.filter(pk__in=found)


class TranslatedAdmin:
    """Before a PortalModelAdmin: what is missing or outdated stands on the page. Its `list_filter`
    names `TranslationFilter`, its `fields` the lines that `side_by_side` gives."""

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return [*fields, "translations"] if obj and not looks_back(request) else fields

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "translations"]

    @admin.display(description=_("translations"))
    def translations(self, row: Any) -> Any:
        return format_html_join("", "<div>{}: {}</div>", told(row)) or Freshness.CURRENT.label


def told(row: Translated) -> Iterable[tuple[str, str]]:
    """What to look at: the name of a field with its language, and what is wrong with it."""
    for field in row.TRANSLATED:
        for language in TRANSLATIONS:
            state = row.freshness_of(field, language)
            if state in STATES:
                name = row._meta.get_field(f"{field}_{language}").verbose_name
                yield str(name), str(state.label)
