"""The directory's counties: how many members each has, and what the map says of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.county_map import MapCounty
from members.models import County, Library

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Tally:
    """The members of a county; `name` is the first one's."""

    members: int
    name: str


def members_by_county() -> dict[str, Tally]:
    """By ISO code, in one query; counties without a member are left out."""
    rows = (
        Library.objects.listed()
        .order_by()
        .values_list("county")
        .annotate(members=Count("pk"), name=Min("name"))
    )
    return {code: Tally(members, name) for code, members, name in rows}


def on_map(
    counties: Iterable[County],
    tallies: Mapping[str, Tally],
    *,
    chosen: str = "",
    kept: Mapping[str, str] = NOTHING,
) -> list[MapCounty]:
    """Each county with a member leads to its libraries, narrowed also by what is `kept`."""
    return [
        MapCounty(
            code=county.iso_code,
            name=county.name,
            tone=_tone(county, tallies, chosen),
            text=said_of(county, tallies.get(county.iso_code)),
            url=address_of(county, kept) if county.iso_code in tallies else "",
        )
        for county in counties
    ]


def alone_on_map(county: County) -> list[MapCounty]:
    """A map that shows where one county lies."""
    return [
        MapCounty(
            code=county.iso_code,
            name=county.name,
            tone="current",
            text=county.name,
            url=address_of(county),
        )
    ]


def legend_of(counties: Iterable[County], tallies: Mapping[str, Tally]) -> list[tuple[str, str]]:
    """Pairs of tone and words; every county without a member is named."""
    if not tallies:
        return [("none", _("No member library"))]
    without = [county for county in counties if county.iso_code not in tallies]
    return [
        ("member", _("Member library")),
        *(("none", said_of(county, None)) for county in without),
    ]


def address_of(county: County, kept: Mapping[str, str] = NOTHING) -> str:
    return f"{reverse('members:directory')}?{urlencode({**kept, 'county': county.iso_code})}"


def said_of(county: County, tally: Tally | None) -> str:
    if tally is None and county.without_member_since:
        return _("%(county)s: no member library since %(day)s") % {
            "county": county.name,
            "day": date_format(county.without_member_since),
        }
    if tally is None:
        return _("%(county)s: no member library") % {"county": county.name}
    if tally.members == 1:
        return _("%(county)s: %(library)s") % {"county": county.name, "library": tally.name}
    return ngettext(
        "%(county)s: %(count)d member library",
        "%(county)s: %(count)d member libraries",
        tally.members,
    ) % {"county": county.name, "count": tally.members}


def _tone(county: County, tallies: Mapping[str, Tally], chosen: str) -> str:
    if county.iso_code not in tallies:
        return "none"
    return "current" if county.iso_code == chosen else "member"
