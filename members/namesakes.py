"""Whether a name is taken in a county, whatever its case, accents and hyphens."""

from core import clock
from core.text import fold
from members.models import County, Library, Membership


def namesake(*, name: str, county: County) -> Library | None:
    """The library of this name in the county, a member or not."""
    folded = fold(name)
    likely = Library.objects.filter(county=county, search_text__contains=folded)
    return next((library for library in likely if fold(library.name) == folded), None)


def is_or_will_be_member(library: Library) -> bool:
    return Membership.objects.filter(library=library).overlapping(clock.today(), None).exists()


def has_member_of(*, name: str, county: County) -> bool:
    library = namesake(name=name, county=county)
    return library is not None and is_or_will_be_member(library)
