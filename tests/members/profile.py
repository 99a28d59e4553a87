"""What the tests of the directory share."""

from datetime import date

from django.urls import reverse

from members.actions import propose_change
from members.choices import LibraryKind
from members.models import County, Library, Membership
from members.profiles import fingerprint, values_of

HOSTILE = '"><svg onload=__xss=1>'
ENDLESS = ("a", "[", "<b>", ">", "@@@@", "é-")


def a_county(code, name, **fields):
    return County.objects.create(
        iso_code=code,
        name_hu=name,
        name_en=name,
        name_sl=name,
        seat=name,
        seat_lat="47",
        seat_lon="19",
        **fields,
    )


def a_county_left_in_2016():
    return a_county("HU-HB", "Hajdú-Bihar", without_member_since=date(2016, 6, 13))


def a_library(county, name, slug, **fields):
    """A member of the association since before the records begin."""
    fields = {"city": "Kitalált", "kind": LibraryKind.CITY, **fields}
    library = Library.objects.create(name=name, slug=slug, county=county, **fields)
    Membership.objects.create(library=library)
    return library


def many_libraries(county, count):
    """Members too, but made with two statements."""
    made = Library.objects.bulk_create(
        Library(
            name=f"Könyvtár {number}",
            slug=f"konyvtar-{number}",
            county=county,
            city="Kitalált",
            kind=LibraryKind.CITY,
        )
        for number in range(count)
    )
    Membership.objects.bulk_create(Membership(library=library) for library in made)
    return made


def profile_form(library, **changed):
    """What the form of a profile sends when only these fields were changed."""
    return {**values_of(library), "seen": fingerprint(library), **changed}


def proposed(library, by, **changed):
    values = {**values_of(library), **changed}
    return propose_change(library=library, by=by, values=values, seen=fingerprint(library))


def edit_url(library):
    return reverse("members:edit", args=[library.slug])
