"""The directory as a file."""

from typing import Any

from django.db.models import Min, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from core.csvfile import csv_file
from core.terms import covers
from core.xlsxfile import xlsx_file
from members.models import Library

COLUMNS = (
    (_("name"), "name"),
    (_("kind"), "kind"),
    (_("county"), "county"),
    (_("ISO 3166-2 code"), "county_id"),
    (_("postal code"), "postal_code"),
    (_("city"), "city"),
    (_("street and number"), "street"),
    (_("telephone"), "phone"),
    (_("e-mail"), "email"),
    (_("website"), "website"),
    (_("opening hours"), "opening_hours"),
    (_("member since"), "member_since"),
)


def directory_csv(libraries: QuerySet[Library]) -> HttpResponse:
    """Current members in the order given; a day as ISO 8601, an empty cell where nothing is known.

    UTF-8 with a byte order mark, because spreadsheets otherwise misread ő and ű.
    """
    return csv_file(name="libraries", **_table(libraries))


def directory_xlsx(libraries: QuerySet[Library]) -> HttpResponse:
    """The same table."""
    return xlsx_file(name="libraries", **_table(libraries))


def _table(libraries: QuerySet[Library]) -> dict[str, Any]:
    since = Min("memberships__started_on", filter=covers(prefix="memberships__"))
    rows = libraries.annotate(member_since=since)
    return {
        "header": [label for label, _field in COLUMNS],
        "rows": ([_value(library, field) for _label, field in COLUMNS] for library in rows),
    }


def _value(library: Library, field: str):
    return library.get_kind_display() if field == "kind" else getattr(library, field)
