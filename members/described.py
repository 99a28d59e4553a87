"""A library as schema.org describes one, and the association: only what their pages show."""

from core.addresses import absolute
from core.localized import localized
from core.structured import Facts, association, known
from members.models import Library

COUNTRY = "HU"


def library_facts(library: Library, *, is_member: bool) -> Facts | None:
    """None for the invented ones; of a former member no contacts, as on its page."""
    if library.is_fictional:
        return None
    facts = {
        "@type": "Library",
        "@id": absolute(library.get_absolute_url()),
        "url": absolute(library.get_absolute_url()),
        "name": library.name,
        "address": _address(library, is_member),
    }
    if is_member:
        facts |= {
            "description": localized(library, "description"),
            "telephone": library.phone,
            "email": library.email,
            "sameAs": library.website,
            "memberOf": association(),
        }
    return known(facts)


def _address(library, is_member):
    return known(
        {
            "@type": "PostalAddress",
            "streetAddress": library.street if is_member else "",
            "postalCode": library.postal_code if is_member else "",
            "addressLocality": library.city,
            "addressRegion": str(library.county),
            "addressCountry": COUNTRY,
        }
    )
