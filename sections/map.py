"""The county map of a section: where it has a member library, and where it has none."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.county_map import MapCounty
from members.directory import Tally, on_map
from members.models import County, Library


def on_section_map(counties: Iterable[County], libraries: Iterable[Library]) -> list[MapCounty]:
    """As the directory's map, but only the section's own libraries count."""
    libraries = list(libraries)
    counts = Counter(library.county_id for library in libraries)
    first = {library.county_id: library.name for library in reversed(libraries)}
    tallies = {code: Tally(count, first[code]) for code, count in counts.items()}
    return [
        shown if shown.code in tallies else replace(shown, text=_none_in(county))
        for county, shown in zip(counties, on_map(counties, tallies), strict=True)
    ]


def without_member(counties: Iterable[County], libraries: Iterable[Library]) -> list[str]:
    """The names of the counties without one, with the day since when if a source gives it."""
    held = {library.county_id for library in libraries}
    return [_named(county) for county in counties if county.pk not in held]


def _none_in(county):
    if county.without_member_since is None:
        return _("%(county)s: no member library of this section") % {"county": county.name}
    return _("%(county)s: no member library since %(day)s") % _dated(county)


def _named(county):
    if county.without_member_since is None:
        return county.name
    return _("%(county)s (since %(day)s)") % _dated(county)


def _dated(county):
    return {"county": county.name, "day": date_format(county.without_member_since)}
