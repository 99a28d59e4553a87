from functools import partial

from django.db.models import Exists, Max, Min, OuterRef, Q, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet

from members.models import Authority
from positions import policy, subjects
from positions.choices import (
    ConsultationKind,
    ConsultationState,
    Kind,
    PointResult,
    State,
    Verdict,
)
from positions.models import BoardDecision, Point, Position
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
        empty_label=_("Every state"),
        error_messages=WRONG_CHOICE,
    )
    year = ChoiceFilter(label=_("Year"), empty_label=_("Every year"), error_messages=WRONG_CHOICE)
    addressee = ChoiceFilter(
        label=_("Addressee"), empty_label=_("Every addressee"), error_messages=WRONG_CHOICE
    )
    topic = ChoiceFilter(
        field_name="topics",
        label=_("Topic"),
        empty_label=_("Every topic"),
        error_messages=WRONG_CHOICE,
    )
    law = ChoiceFilter(
        field_name="laws",
        label=_("Law it speaks of"),
        empty_label=_("Every law"),
        error_messages=WRONG_CHOICE,
    )
    outcome = ChoiceFilter(
        method="ended",
        label=_("Outcome of a point"),
        choices=PointResult,
        empty_label=_("Every outcome"),
        error_messages=WRONG_CHOICE,
    )

    def __init__(self, data, *, queryset, person):
        super().__init__(data, queryset=queryset)
        self.person = person
        met = policy.states_met_by(person)
        self.filters["state"].extra["choices"] = [each for each in State.choices if each[0] in met]
        sections, years = _sections_and_years(queryset)
        self.filters["section"].extra["choices"] = sections
        self.filters["year"].extra["choices"] = [(year, year) for year in years]
        self.filters["addressee"].extra["choices"] = _addressees(queryset)
        for kind in (subjects.TOPIC, subjects.LAW):
            self.filters[kind].extra["choices"] = partial(self._choices_of, kind)

    @cached_property
    def about(self):
        """Read when a form shows it or a choice is checked against it."""
        return subjects.among(self.queryset)

    def _choices_of(self, kind):
        return [(subject.pk, subject.said.words) for subject in self.about if subject.kind == kind]

    def find(self, positions, name, value):
        return positions.matching(value)

    def ended(self, positions, name, value):
        """With a point that ended so, where this person is told (`policy.outcomes_are_told`)."""
        inside = Position.objects.inside_of(self.person).values("pk")
        points = Point.objects.filter(version=OuterRef("current"), outcome__result=value)
        told = Q(evaluated_at__isnull=False) | Q(pk__in=inside)
        return positions.filter(told, Exists(points))

    @property
    def chosen(self) -> dict[str, str]:
        """What the register is narrowed to, as far as it makes sense."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def asked(self) -> dict[str, str]:
        """What was asked for, right or wrong, cut where it is endless."""
        return {name: self.data.get(name, "")[: LONGEST_SEARCH + 1] for name in self.filters}


def _sections_and_years(positions):
    """All sections, and the years from the newest to the oldest there is, in one query that looks
    at the ends of an index only."""
    ends = {
        "newest": Subquery(positions.order_by("-year").values("year")[:1]),
        "oldest": Subquery(positions.order_by("year").values("year")[:1]),
    }
    sections = list(Section.objects.annotate(**ends))
    newest, oldest = (sections[0].newest, sections[0].oldest) if sections else (None, None)
    years = range(newest, oldest - 1, -1) if newest else ()
    return [(section.slug, str(section)) for section in sections], years


def _addressees(positions):
    """Those of any of the positions; each is looked for until the first is found."""
    addressed = positions.order_by().filter(addressee=OuterRef("pk"))
    found = Authority.objects.filter(Exists(addressed))
    pairs = [(authority.pk, str(authority)) for authority in found]
    return sorted(pairs, key=lambda pair: pair[1])


class ConsultationFilter(FilterSet):
    """The filters of what has come in; they offer only what the reader may know of."""

    q = CharFilter(
        method="find", label=_("Words of the title or file number"), max_length=LONGEST_SEARCH
    )
    kind = ChoiceFilter(
        label=pgettext_lazy("of a consultation", "Kind"),
        choices=ConsultationKind,
        empty_label=_("Every kind"),
        error_messages=WRONG_CHOICE,
    )
    state = ChoiceFilter(
        field_name="status",
        label=_("State"),
        choices=ConsultationState,
        empty_label=_("Every state"),
        error_messages=WRONG_CHOICE,
    )
    authority = ChoiceFilter(
        label=pgettext_lazy("of a consultation", "From"),
        empty_label=_("Every authority"),
        error_messages=WRONG_CHOICE,
    )

    def __init__(self, data, *, queryset):
        super().__init__(data, queryset=queryset)
        asking = Authority.objects.filter(pk__in=queryset.order_by().values("authority"))
        choices = sorted(((each.pk, str(each)) for each in asking), key=lambda pair: pair[1])
        self.filters["authority"].extra["choices"] = choices

    def find(self, consultations, name, value):
        return consultations.matching(value)

    @property
    def chosen(self) -> dict[str, str]:
        """What the list is narrowed to, as far as it makes sense."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}


class ResolutionFilter(FilterSet):
    """The filters of the register of resolutions; its years reach from the first to the last."""

    q = CharFilter(
        method="find", label=_("Number or words of the subject"), max_length=LONGEST_SEARCH
    )
    year = ChoiceFilter(label=_("Year"), empty_label=_("Every year"), error_messages=WRONG_CHOICE)
    section = ChoiceFilter(
        field_name="position__section__slug",
        label=_("Section"),
        empty_label=_("Every section"),
        error_messages=WRONG_CHOICE,
    )
    verdict = ChoiceFilter(
        label=_("Decision"),
        choices=Verdict,
        empty_label=_("Every decision"),
        error_messages=WRONG_CHOICE,
    )

    def __init__(self, data, *, queryset):
        super().__init__(data, queryset=queryset)
        sections = [(section.slug, str(section)) for section in Section.objects.all()]
        self.filters["section"].extra["choices"] = sections
        self.filters["year"].extra["choices"] = [(year, year) for year in _years()]

    def find(self, decisions, name, value):
        return decisions.matching(value)

    @property
    def chosen(self) -> dict[str, str]:
        """What the register is narrowed to, as far as it makes sense."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def asked(self) -> dict[str, str]:
        """What was asked for, right or wrong, cut where it is endless."""
        return {name: self.data.get(name, "")[: LONGEST_SEARCH + 1] for name in self.filters}


def _years():
    """From the last one back to the first."""
    ends = BoardDecision.objects.aggregate(first=Min("year"), last=Max("year"))
    return range(ends["last"], ends["first"] - 1, -1) if ends["last"] else []
