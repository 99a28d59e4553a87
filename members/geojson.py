"""The directory for maps: GeoJSON (RFC 7946).

What the portal knows is where the seats of the counties lie. A library in such a town stands at
its town, and says so (`precision`); where any other one is, is not known: its geometry is null.
The outlines of the map are a drawing on a sheet, not coordinates: none are made of them.
"""

import json
from collections.abc import Iterable

from django.http import HttpResponse

from core.addresses import absolute, tag_of
from core.localized import localized
from core.structured import Facts
from members.models import Library

TOWN, UNKNOWN = "town", "unknown"


def geojson(libraries: Iterable[Library]) -> HttpResponse:
    """A FeatureCollection in the order given; longitude first, in degrees of WGS 84; null where
    nothing is known."""
    features = [feature_of(library) for library in libraries]
    collection = {"type": "FeatureCollection", "features": features}
    return HttpResponse(
        json.dumps(collection, ensure_ascii=False),
        content_type="application/geo+json",
        headers={"Content-Disposition": 'attachment; filename="libraries.geojson"'},
    )


def feature_of(library: Library) -> Facts:
    county = library.county
    is_at_seat = library.city == county.seat
    point = [float(county.seat_lon), float(county.seat_lat)]
    return {
        "type": "Feature",
        "id": tag_of("library", library.slug),
        "geometry": {"type": "Point", "coordinates": point} if is_at_seat else None,
        "properties": {
            "precision": TOWN if is_at_seat else UNKNOWN,
            "name": library.name,
            "kind": library.kind,
            "county": county.name,
            "iso_3166_2": county.iso_code,
            "postal_code": library.postal_code or None,
            "city": library.city,
            "street": library.street or None,
            "telephone": library.phone or None,
            "email": library.email or None,
            "website": library.website or None,
            "opening_hours": localized(library, "opening_hours") or None,
            "url": absolute(library.get_absolute_url()),
        },
    }
