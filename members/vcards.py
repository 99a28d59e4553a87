"""Libraries as cards for an address book: vCard 4.0 (RFC 6350)."""

from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpResponse
from django.utils.text import capfirst
from icalendar import Component, vText, vUri
from icalendar.prop import vAdr, vOrg

from core.addresses import absolute, tag_of
from core.localized import localized
from core.text import printable
from members.models import Library

COUNTRY = "Magyarország"


class Card(Component):
    name = "VCARD"


def vcards(libraries: Iterable[Library], *, name: str) -> HttpResponse:
    """The cards one after another, as a download called `name`.vcf; what is not known is left out.

    Lines end with CRLF and are folded at 75 octets, texts are escaped.
    """
    return HttpResponse(
        b"".join(card_of(library).to_ical(sorted=False) for library in libraries),
        content_type="text/vcard; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.vcf"'},
    )


def card_of(library: Library) -> Card:
    card = Card()
    card.add("VERSION", "4.0")
    card.add("KIND", "org")
    card.add("UID", vUri(uuid5(NAMESPACE_URL, tag_of("library", library.slug)).urn))
    card.add("FN", _text(library.name))
    card.add("ORG", vOrg((printable(library.name),)))
    card.add("CATEGORIES", _text(capfirst(library.get_kind_display())))
    parts = (library.street, library.city, library.county.name, library.postal_code, COUNTRY)
    card.add("ADR", vAdr(("", "", *map(printable, parts))), {"TYPE": "work"})
    if library.phone:
        card.add("TEL", _text(library.phone), {"TYPE": ["work", "voice"]})
    if library.email:
        card.add("EMAIL", _text(library.email), {"TYPE": "work"})
    if library.website:
        card.add("URL", vUri("".join(library.website.split())), {"TYPE": "work"})
    if hours := localized(library, "opening_hours"):
        card.add("NOTE", _text(hours))
    card.add("SOURCE", vUri(absolute(library.get_absolute_url())))
    return card


def _text(value: str) -> vText:
    return vText(printable(value))
