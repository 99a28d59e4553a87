"""The open data of who we are: counties, libraries, memberships. Only what the directory shows."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.opentables import CHUNK, Column, DataTable
from members.choices import LibraryKind
from members.models import County, Library, Membership

CONTACTS = ("street", "phone", "email", "website", "opening_hours", "description")
SLUG = Column("library", _("name of the library in addresses"))
FROM = Column("started_on", _("first day; empty: since before the records begin"), "date")
UNTIL = Column("ended_on", _("last day; empty: still in force"), "date")


def told_of_terms() -> list[int]:
    """Of the libraries that have a page, also of those that have left."""
    found = Library.objects.have_been_members().filter(is_fictional=False)
    return list(found.values_list("pk", flat=True))


def _counties() -> Iterator[tuple]:
    for county in County.objects.order_by("pk"):
        yield (
            county.iso_code,
            county.name_hu,
            county.name_en,
            county.name_sl,
            county.seat,
            county.seat_lat,
            county.seat_lon,
            county.without_member_since,
        )


def _libraries() -> Iterator[tuple]:
    for library in Library.objects.listed().order_by("slug").iterator(CHUNK):
        with override(settings.LANGUAGE_CODE):
            url = settings.SITE_URL + reverse("members:library", args=[library.slug])
        yield (
            library.slug,
            library.name,
            library.kind,
            library.county_id,
            library.postal_code,
            library.city,
            *(getattr(library, field) for field in CONTACTS),
            url,
        )


def _memberships() -> Iterator[tuple]:
    terms = Membership.objects.filter(library__in=told_of_terms()).select_related("library")
    for term in terms.order_by("library__slug", "pk").iterator(CHUNK):
        yield term.library.slug, term.started_on, term.ended_on


TABLES = (
    DataTable(
        "counties",
        _("Counties"),
        (
            Column("code", _("ISO 3166-2 code")),
            Column("name_hu", _("its name in Hungarian")),
            Column("name_en", _("its name in English")),
            Column("name_sl", _("its name in Slovenian")),
            Column("seat", _("its seat")),
            Column("latitude", _("latitude of the seat, in degrees"), "number"),
            Column("longitude", _("longitude of the seat, in degrees"), "number"),
            Column(
                "without_member_since",
                _("day since when it has no member library, where a source gives it"),
                "date",
            ),
        ),
        _counties,
    ),
    DataTable(
        "libraries",
        _("Member libraries"),
        (
            SLUG,
            Column("name", _("its name")),
            Column("kind", _("its kind"), codes=tuple(LibraryKind.values)),
            Column("county", _("ISO 3166-2 code of its county")),
            Column("postal_code", _("postal code; empty: unknown")),
            Column("city", _("town")),
            Column("street", _("street and number; empty: unknown")),
            Column("phone", _("telephone; empty: unknown")),
            Column("email", _("e-mail of the institution; empty: unknown")),
            Column("website", _("website; empty: unknown")),
            Column("opening_hours", _("opening hours; empty: unknown")),
            Column("description", _("introduction")),
            Column("url", _("its page on the portal")),
        ),
        _libraries,
    ),
    DataTable(
        "memberships",
        _("Memberships of the association"),
        (SLUG, FROM, UNTIL),
        _memberships,
    ),
)
