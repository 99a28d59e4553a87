"""The open data of how we are organised: sections, their goals and their members."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.localized import LANGUAGES
from core.opentables import CHUNK, Column, DataTable
from members.opendata import FROM, SLUG, UNTIL, told_of_terms
from sections.models import GoalPoint, Section, SectionMembership

CODE = Column("section", _("code of the section"))


def _in_each(thing: object, field: str) -> tuple:
    return tuple(getattr(thing, f"{field}_{language}") for language in LANGUAGES)


def _sections() -> Iterator[tuple]:
    for section in Section.objects.order_by("code"):
        with override(settings.LANGUAGE_CODE):
            url = settings.SITE_URL + section.get_absolute_url()
        yield section.code, *_in_each(section, "name"), *_in_each(section, "mission"), url


def _goals() -> Iterator[tuple]:
    points = GoalPoint.objects.select_related("goal__section")
    for point in points.order_by("goal__section__code", "goal__number", "number"):
        goal = point.goal
        head = (goal.section.code, goal.number, *_in_each(goal, "title"))
        yield (*head, point.number, *_in_each(point, "text"))


def _memberships() -> Iterator[tuple]:
    terms = SectionMembership.objects.filter(library__in=told_of_terms())
    terms = terms.select_related("library", "section")
    for term in terms.order_by("section__code", "library__slug", "pk").iterator(CHUNK):
        yield term.section.code, term.library.slug, term.started_on, term.ended_on


TABLES = (
    DataTable(
        "sections",
        _("Sections"),
        (
            CODE,
            Column("name_hu", _("its name in Hungarian")),
            Column("name_en", _("its name in English")),
            Column("name_sl", _("its name in Slovenian")),
            Column("mission_hu", _("its mission in Hungarian")),
            Column("mission_en", _("its mission in English")),
            Column("mission_sl", _("its mission in Slovenian")),
            Column("url", _("its page on the portal")),
        ),
        _sections,
    ),
    DataTable(
        "goals",
        _("Goals of the sections, point by point"),
        (
            CODE,
            Column("goal", _("number of the goal"), "integer"),
            Column("goal_hu", _("the goal in Hungarian")),
            Column("goal_en", _("the goal in English")),
            Column("goal_sl", _("the goal in Slovenian")),
            Column("number", _("number of the point"), "integer"),
            Column("text_hu", _("the point in Hungarian")),
            Column("text_en", _("the point in English")),
            Column("text_sl", _("the point in Slovenian")),
        ),
        _goals,
    ),
    DataTable(
        "section_memberships",
        _("Memberships of the sections"),
        (CODE, SLUG, FROM, UNTIL),
        _memberships,
    ),
)
