"""What a room declares, so that its things are found: what to index, and who may see it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

DATED, NAMED = 1, 2
"""Among equals things with names of their own come first, then the newest."""
GROUP_AT, DAY_AT, NUMBER_AT = 59, 37, 32
"""Where a document's key holds the group, the day and the number of its source; below, the thing's
own."""
EVERYBODY = "public"
Keys = Iterable[int]


@dataclass(frozen=True)
class Words:
    """What a reader of the language reads of it."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Entry:
    """What is indexed of one thing. `words` by language, "" where nobody said which.

    `scopes` name those who may see it (a coarse sieve, see `Source.visible`); `names` are further
    names and numbers it is called by, in full; `also` are words that count like its title.
    """

    key: int
    words: Mapping[str, Words]
    address: str
    scopes: Iterable[str] = (EVERYBODY,)
    reference: str = ""
    names: Iterable[str] = ()
    also: str = ""
    section: int | None = None
    state: str = ""
    county: str = ""
    year: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Source:
    """One kind of things that can be found.

    `visible(person)` is the room's own queryset: it decides when somebody asks, whatever the index
    still says; None where everybody sees all. It depends on the scopes of the person (see `Search`)
    and on the day, on nothing else. `number` is for ever: it is part of the index's keys.
    """

    kind: str
    number: int
    label: Any
    many: Any
    entries: Callable[[Keys | None], Iterator[Entry]]
    address: Callable[[str], str]
    visible: Callable[[Any], QuerySet] | None = None
    model: type[Model] | None = None
    group: int = DATED
    is_named: bool = False
    states: Any = None
    tones: Mapping[str, str] = field(default_factory=dict)
    follows: Mapping[type[Model], Callable[[Keys], QuerySet]] = field(default_factory=dict)
    watches: tuple[type[Model], ...] = ()


Sources = Mapping[str, Source]


def number_in(key: int) -> int:
    """The number of the source whose document has the key."""
    return key >> NUMBER_AT & 31


def own_in(key: int) -> int:
    """The number of the thing itself whose document has the key."""
    last = key & 2**NUMBER_AT - 1
    return 2**NUMBER_AT - 1 - last if key >> GROUP_AT == NAMED else last


def registry(*sources: Source) -> Sources:
    """By kind; no two share a kind or a number."""
    found = {source.kind: source for source in sources}
    if len(found) != len(sources) or len({s.number for s in sources}) != len(sources):
        raise ValueError("Two sources of the search have the same kind or number.")
    return found
