from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet

from members.models import Authority
from positions.choices import Kind, State
from sections.models import Section

LONGEST_SEARCH = 100
WRONG_CHOICE = {"invalid_choice": _("There is no such choice: take one of the list.")}


class PositionFilter(FilterSet):
    """The register's filters. What they offer comes only from positions the reader may see."""

    q = CharFilter(
        method="find", label=_("Number or words of the title"), max_length=LONGEST_SEARCH
    )
    section = ChoiceFilter(
        field_name="section__slug",
        label=_("Section"),
        empty_label=_("Every section"),
        error_messages=WRONG_CHOICE,
    )
    kind = ChoiceFilter(
        label=pgettext_lazy("of a position", "Kind"),
        choices=Kind,
        empty_label=_("Every kind"),
        error_messages=WRONG_CHOICE,
    )
    state = ChoiceFilter(
        field_name="status",
        label=_("State"),
        choices=State,
        empty_label=_("Every state"),
        error_messages=WRONG_CHOICE,
    )
    year = ChoiceFilter(label=_("Year"), empty_label=_("Every year"), error_messages=WRONG_CHOICE)
    addressee = ChoiceFilter(
        label=_("Addressee"), empty_label=_("Every addressee"), error_messages=WRONG_CHOICE
    )

    def __init__(self, data, *, queryset):
        super().__init__(data, queryset=queryset)
        years, authorities = _years_and_addressees(queryset)
        sections = [(section.slug, str(section)) for section in Section.objects.all()]
        self.filters["section"].extra["choices"] = sections
        self.filters["year"].extra["choices"] = [(year, year) for year in years]
        self.filters["addressee"].extra["choices"] = authorities

    def find(self, positions, name, value):
        return positions.matching(value)

    @property
    def chosen(self) -> dict[str, str]:
        """What the register is narrowed to, as far as it makes sense."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def asked(self) -> dict[str, str]:
        """What was asked for, right or wrong, cut where it is endless."""
        return {name: self.data.get(name, "")[: LONGEST_SEARCH + 1] for name in self.filters}


def _years_and_addressees(positions):
    """The years, newest first, and the addressees that occur, in one query."""
    names = ("addressee__name_hu", "addressee__name_en", "addressee__name_sl")
    rows = positions.order_by().values_list("year", "addressee", *names).distinct()
    years, authorities = set(), {}
    for year, pk, hu, en, sl in rows:
        years.add(year)
        if pk is not None:
            authorities[pk] = str(Authority(name_hu=hu, name_en=en, name_sl=sl))
    return sorted(years, reverse=True), sorted(authorities.items(), key=lambda pair: pair[1])
