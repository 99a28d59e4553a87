"""Who we are and how we are organised: counties, libraries, sections."""

from typing import Annotated, Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Path, Query

from core.localized import localized
from iksz_portal.api import schemas
from iksz_portal.api.paging import MOST, USUAL, page
from iksz_portal.api.service import reading
from members import models
from members.choices import LibraryKind
from sections.models import Goal, GoalPoint, Section, SectionMembership

Limit = Annotated[int, Query(ge=1, le=MOST, description=_("rows of a page"))]
Cursor = Annotated[
    str | None, Query(max_length=500, description=_("where the page begins, from “next”"))
]
CountyCode = Annotated[
    str | None, Query(pattern=r"^HU-[A-Z]{2}$", description=_("ISO 3166-2 code of a county"))
]
SectionCode = Annotated[
    str | None, Query(pattern=r"^[A-Za-z0-9]{1,6}$", description=_("code of a section"))
]
Slug = Annotated[
    str, Path(pattern=r"^[-a-zA-Z0-9_]{1,120}$", description=_("its name in addresses"))
]


def word(choice: Any) -> dict[str, str]:
    return {"code": choice.value, "label": str(choice.label)}


def on_the_portal(thing: Any) -> str:
    return settings.SITE_URL + thing.get_absolute_url()


# Counties --------------------------------------------------------------------------------------


def _counties() -> Any:
    listed = Q(libraries__in=models.Library.objects.listed())
    return models.County.objects.annotate(members=Count("libraries", filter=listed))


def _county(county: Any) -> dict[str, Any]:
    return {
        "code": county.iso_code,
        "name": county.name,
        "seat": county.seat,
        "latitude": county.seat_lat,
        "longitude": county.seat_lon,
        "libraries": county.members,
        "without_member_since": county.without_member_since,
    }


@reading("/counties", schemas.Page[schemas.County], _("Counties, with or without a member library"))
def counties(request, limit: Limit = USUAL, cursor: Cursor = None):
    return page(request, _counties(), _county, cursor=cursor, limit=limit)


@reading("/counties/{code}", schemas.County, _("One county"))
def county(
    request,
    code: Annotated[str, Path(pattern=r"^HU-[A-Z]{2}$", description=_("ISO 3166-2 code"))],
):
    return _county(get_object_or_404(_counties(), pk=code))


# Libraries -------------------------------------------------------------------------------------


def _libraries() -> Any:
    memberships = SectionMembership.objects.in_force().select_related("section")
    return models.Library.objects.listed().prefetch_related(
        Prefetch("section_memberships", memberships.order_by("section__code"), "of_sections")
    )


def _library(library: Any) -> dict[str, Any]:
    contacts = ("slug", "name", "city", "postal_code", "street", "phone", "email", "website")
    return {
        **{field: getattr(library, field) for field in contacts},
        "kind": word(LibraryKind(library.kind)),
        "county": library.county_id,
        "opening_hours": library.opening_hours,
        "description": library.description,
        "sections": [term.section.code for term in library.of_sections],
        "url": on_the_portal(library),
    }


@reading(
    "/libraries", schemas.Page[schemas.Library], _("Member libraries, as the directory shows them")
)
def libraries(
    request,
    county: CountyCode = None,
    kind: Annotated[LibraryKind | None, Query(description=_("kind of the library"))] = None,
    section: SectionCode = None,
    limit: Limit = USUAL,
    cursor: Cursor = None,
):
    found = _libraries()
    if county:
        found = found.filter(county=county)
    if kind:
        found = found.filter(kind=kind)
    if section:
        members = SectionMembership.objects.in_force().filter(section__code=section)
        found = found.filter(pk__in=members.values("library"))
    return page(request, found, _library, cursor=cursor, limit=limit)


@reading("/libraries/{slug}", schemas.Library, _("One member library"))
def library(request, slug: Slug):
    return _library(get_object_or_404(_libraries(), slug=slug))


# Sections --------------------------------------------------------------------------------------


def _sections() -> Any:
    points = Prefetch("points", GoalPoint.objects.order_by("number"))
    goals = Goal.objects.order_by("number").prefetch_related(points)
    members = SectionMembership.objects.in_force().filter(library__is_fictional=False)
    members = members.select_related("library").order_by("library__sort_key", "pk")
    return Section.objects.prefetch_related(
        Prefetch("goals", goals), Prefetch("memberships", members, "of_libraries")
    )


def _section(section: Any) -> dict[str, Any]:
    return {
        "code": section.code,
        "slug": section.slug,
        "name": localized(section, "name"),
        "mission": section.mission,
        "goals": [_goal(goal) for goal in section.goals.all()],
        "members": [_member(term) for term in section.of_libraries],
        "url": on_the_portal(section),
    }


def _goal(goal: Any) -> dict[str, Any]:
    points = [localized(point, "text") for point in goal.points.all()]
    return {"number": goal.number, "title": localized(goal, "title"), "points": points}


def _member(term: Any) -> dict[str, Any]:
    library = term.library
    return {
        "library": library.slug,
        "name": library.name,
        "county": library.county_id,
        "since": term.started_on,
    }


@reading("/sections", schemas.Page[schemas.Section], _("Sections with their goals and members"))
def sections(request, limit: Limit = USUAL, cursor: Cursor = None):
    return page(request, _sections(), _section, cursor=cursor, limit=limit)


@reading("/sections/{slug}", schemas.Section, _("One section"))
def section(request, slug: Slug):
    return _section(get_object_or_404(_sections(), slug=slug))
