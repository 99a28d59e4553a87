"""What the search knows of the sections and their goals: everything is public."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.localized import LANGUAGES
from core.search.sources import NAMED, Entry, Keys, Source, Words
from sections.models import Goal, Section


def sections(keys: Keys | None) -> Iterator[Entry]:
    found = Section.objects.order_by("pk")
    for section in found if keys is None else found.filter(pk__in=keys):
        yield Entry(
            key=section.pk,
            words=_in_languages(section, "name", _mission),
            address=section.slug,
            reference=section.code,
            section=section.pk,
        )


def goals(keys: Keys | None) -> Iterator[Entry]:
    found = Goal.objects.select_related("section").prefetch_related("points").order_by("pk")
    for goal in found if keys is None else found.filter(pk__in=keys):
        yield Entry(
            key=goal.pk,
            words=_in_languages(goal, "title", _points),
            address=f"{goal.section.slug}#goal-{goal.number}",
            section=goal.section_id,
        )


def _in_languages(thing, field, text_in) -> dict[str, Words]:
    names = {code: getattr(thing, f"{field}_{code}") for code in LANGUAGES}
    return {code: Words(name, text_in(thing, code)) for code, name in names.items() if name}


def _mission(section, code) -> str:
    return getattr(section, f"mission_{code}")


def _points(goal, code) -> str:
    return " · ".join(filter(None, (getattr(point, f"text_{code}") for point in goal.points.all())))


def _address(place: str) -> str:
    slug, sign, part = place.partition("#")
    return reverse("sections:section", args=[slug]) + sign + part


SOURCES = [
    Source(
        kind="section",
        number=2,
        label=_("Section"),
        many=_("Sections"),
        entries=sections,
        address=_address,
        visible=lambda person: Section.objects.all(),
        model=Section,
        group=NAMED,
        is_named=True,
        watches=(Section.history.model,),
    ),
    Source(
        kind="goal",
        number=3,
        label=_("Goal of a section"),
        many=_("Goals of sections"),
        entries=goals,
        address=_address,
        visible=lambda person: Goal.objects.all(),
        model=Goal,
        group=NAMED,
        watches=(Section.history.model,),
    ),
]
