"""What the directory can be narrowed to."""

from collections.abc import Iterable

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.choices import LibraryKind
from members.models import County, Library

LONGEST_SEARCH = 100


class DirectoryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="matching",
        label=_("Name or town"),
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    county = django_filters.ChoiceFilter(
        label=_("County"),
        empty_label=_("All counties"),
        error_messages={"invalid_choice": _("There is no such county: choose one of the list.")},
    )
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a library", "Kind"),
        choices=LibraryKind.choices,
        empty_label=_("All kinds"),
        error_messages={"invalid_choice": _("There is no such kind: choose one of the list.")},
    )

    class Meta:
        model = Library
        fields = ["q", "county", "kind"]

    def __init__(self, *args, counties: Iterable[County], **kwargs):
        super().__init__(*args, **kwargs)
        names = [(county.iso_code, county.name) for county in counties]
        self.filters["county"].extra["choices"] = names

    def matching(self, libraries, name, typed):
        return libraries.matching(typed)

    @property
    def chosen(self) -> dict[str, str]:
        """What the list is narrowed to, as far as it makes sense."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}
