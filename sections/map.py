"""The county map of a section: where it has a member library, and where it has none."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.county_map import MapCounty
from members.models import County, Library


def section_map(*, counties: Iterable[County], libraries: Iterable[Library]) -> list[MapCounty]:
    """Each county leads to the page of its member library, to the first if it has several."""
    members = defaultdict(list)
    for library in libraries:
        members[library.county_id].append(library)
    return [_on_the_map(county, members[county.pk]) for county in counties]


def _on_the_map(county: County, libraries: list[Library]) -> MapCounty:
    if not libraries:
        text = without_member(county)
        return MapCounty(code=county.pk, name=county.name, tone="none", text=text)
    names = ", ".join(library.name for library in libraries)
    return MapCounty(
        code=county.pk,
        name=county.name,
        tone="member",
        text=_("%(county)s: %(libraries)s") % {"county": county.name, "libraries": names},
        url=libraries[0].get_absolute_url(),
    )


def without_member(county: County) -> str:
    """That a county has no member library, and since when if a source gives the day."""
    if county.without_member_since is None:
        return _("%(county)s: no member library") % {"county": county.name}
    return _("%(county)s: no member library since %(day)s") % {
        "county": county.name,
        "day": date_format(county.without_member_since),
    }
