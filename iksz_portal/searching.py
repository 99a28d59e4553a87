"""The search of the whole portal: what each room declares, put together.

A room that comes later adds its `SOURCES` here, and nothing else has to change.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.localized import LANGUAGES
from core.search import keeping
from core.search.finding import Search
from core.search.sources import Entry, Keys, Source, Words, registry
from iksz_portal.activities import published
from members import searching as members
from positions import searching as positions
from sections import searching as sections


def activities(keys: Keys | None) -> Iterator[Entry]:
    for number, activity in enumerate(published(), start=1):
        if keys is None or number in keys:
            words = {code: Words(capfirst(activity[code])) for code in LANGUAGES}
            yield Entry(key=number, words=words, address=str(number))


ACTIVITIES = Source(
    kind="activity",
    number=10,
    label=_("Activity of the association"),
    many=_("Activities of the association"),
    entries=activities,
    address=lambda number: f"{reverse('activities')}#activity-{number}",
)
SEARCH = Search(
    sources=registry(*members.SOURCES, *sections.SOURCES, *positions.SOURCES, ACTIVITIES),
    scopes_of=positions.scopes_of,
)


def follow() -> int:
    """What the worker does every few seconds."""
    return keeping.follow(SEARCH.sources)


def reindex() -> str:
    """All of it, made anew where it is not as it should be; told in a line."""
    changed = sum(number for _source, number in keeping.reindex(SEARCH.sources))
    return f"Search: {changed} brought up to date." if changed else "Search: nothing new."
