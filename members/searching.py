"""What the search knows of the libraries: those the directory lists."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.search.sources import EVERYBODY, NAMED, Entry, Keys, Source, Words
from members.models import Library


def libraries(keys: Keys | None) -> Iterator[Entry]:
    found = Library.objects.select_related("county").order_by("pk")
    for library in found if keys is None else found.filter(pk__in=keys):
        county = library.county
        yield Entry(
            key=library.pk,
            words={"": Words(library.name, library.description)},
            address=library.slug,
            reference=library.city,
            also=f"{county.name_hu} {county.name_en} {county.name_sl}",
            scopes=[] if library.is_fictional else [EVERYBODY],
            county=county.pk,
        )


def listed(person):
    return Library.objects.listed()


SOURCES = [
    Source(
        kind="library",
        number=1,
        label=_("Member library"),
        many=_("Member libraries"),
        entries=libraries,
        address=lambda slug: reverse("members:library", args=[slug]),
        visible=listed,
        model=Library,
        group=NAMED,
        is_named=True,
        watches=(Library.history.model,),
    ),
]
