"""Finds what a question means, within somebody's rights; what it costs does not grow with the
index.

Of each match only the best hundred are read, in the order in which the index gives them:
named things, then the newest. So no common word costs more, and nothing is left out by chance:
what is shown are the best by one formula, the match and then the order.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core import clock
from core.search import asking, suggesting
from core.search.asking import FACETS, Question
from core.search.index import FTS, TABLE
from core.search.models import SearchDocument
from core.search.sources import GROUP_AT, NAMED, Source, Sources, number_in, own_in

MOST = 100
"""So many hits are read and paged through; a thousand cost twenty bare views by themselves."""
BEGINNING = 3
SOME = BEGINNING + 2
"""The tiers of what only begins so, and of what has some of the words."""
_FIRST = {
    "sqlite": f"SELECT rowid AS id FROM {FTS} WHERE {FTS} MATCH %s{{}} ORDER BY rowid DESC LIMIT %s",  # noqa: E501, S608 -- our own names
    "postgresql": f"SELECT id FROM {TABLE} WHERE lexemes @@ %s::tsquery{{}} ORDER BY id DESC LIMIT %s",  # noqa: E501, S608
}
_IN_YEAR = {"sqlite": "", "postgresql": " AND year = {:d}"}
"""Said to PostgreSQL beside the token: keys go by day, so that a walk down to a long gone year
would pass everything since. SQLite begins from the token."""


class Row(NamedTuple):
    id: int
    kind: str
    object_id: int
    section: int | None
    year: int | None
    state: str
    county: str


_SEEN = (
    "WITH visible (kind, object_id) AS ({visible}) "  # noqa: S608 -- our own names and numbers
    f"SELECT {{read}} FROM {TABLE} AS d "
    "JOIN visible AS v ON v.kind = d.kind AND v.object_id = d.object_id WHERE {which}"
)
_OF_KIND = "SELECT '{kind}', n FROM ({seen}) AS of_{kind}{only}"
_KNOWN = ", ".join(f.column for f in SearchDocument._meta.concrete_fields if f.name != "tokens")
_DOCUMENTS = f"SELECT {_KNOWN} FROM {TABLE} WHERE id {{}}"  # noqa: S608 -- our own names
MOST_KEPT = 2000
_KEPT: dict[Hashable, tuple[str, tuple] | None] = {}


@dataclass(frozen=True)
class Found:
    """The hits in their order; `has_more` when there were more than are read."""

    question: Question
    rows: list[Row] = field(default_factory=list)
    has_more: bool = False
    some_only: bool = False
    suggestion: str = ""

    @property
    def count(self) -> int:
        return len(self.rows)

    def facets(self) -> dict[str, list[tuple[Any, int]]]:
        """For each facet its values with how often they are among the hits, the most first."""
        return {name: self._counted(name) for name in FACETS}

    def _counted(self, name: str) -> list[tuple[Any, int]]:
        counted = Counter(getattr(row, name) for row in self.rows)
        pairs = [(value, number) for value, number in counted.items() if value]
        newest_first = sorted(pairs, key=lambda pair: str(pair[0]), reverse=name == "year")
        return newest_first if name == "year" else sorted(newest_first, key=lambda pair: -pair[1])


@dataclass(frozen=True)
class Search:
    """Who looks, in what: `scopes_of` tells the scopes of a person, None for one who sees all."""

    sources: Sources
    scopes_of: Callable[[Any], Iterable[str] | None]

    def find(self, question: Question, person: Any, *, most: int = MOST) -> Found:
        if not question.words:
            return Found(question)
        sieve = asking.sieve(question, self.scopes_of(person))
        year = int(question.year) if question.year.isdecimal() else None
        exact, cut = _candidates(asking.exactly(question), sieve, most, year=year)
        tiers = exact
        if len(exact) < most:
            rough, cut_too = _roughly(question, sieve, most, year, or_some=not exact)
            tiers, cut = {**rough, **exact}, cut or cut_too
        rows = self._seen(tiers, person)
        if exact and not any(row.id in exact for row in rows):
            # Of what is there but not for this person nothing is let on: as if it were not there.
            exact = {}
            tiers, cut = _roughly(question, sieve, most, year, or_some=True)
            rows = self._seen(tiers, person)
        some_only, suggestion = not exact and all(tiers[row.id] >= SOME for row in rows), ""
        if some_only:
            near, suggestion = suggesting.near(question, self._names(question, person))
            known = {row.id for row in rows}
            rows += self._seen(near.keys() - known, person)
            tiers, some_only = {**tiers, **near}, bool(rows) and not near
        rows.sort(key=lambda row: (tiers[row.id], -row.id))
        has_more = bool(rows) and (cut or len(rows) > most)
        return Found(question, rows[:most], has_more, some_only, suggestion)

    def _seen(self, keys: Collection[int], person: Any) -> list[Row]:
        """Those of the documents that this person may see now, whatever the index still says."""
        if not keys:
            return []
        own = defaultdict(list)
        for key in keys:
            own[number_in(key)].append(own_in(key))
        sources = [source for source in self.sources.values() if source.number in own]
        which = f"d.id {_among(keys)}"
        return [Row(*row) for row in self._read(Row._fields, sources, person, which, own)]

    def _names(self, question: Question, person: Any) -> dict[int, str]:
        """What is called by a name that may be misspelt, as far as this person may see it."""
        sources = [source for source in self.sources.values() if source.is_named]
        which = f"d.id >= {NAMED << GROUP_AT} ORDER BY d.id DESC LIMIT {suggesting.MOST_NAMES}"
        columns = ("id", "names", *question.narrowed)
        asked = tuple(map(str, question.narrowed.values()))
        rows = self._read(columns, sources, person, which)
        return {key: names for key, names, *of in rows if tuple(map(str, of)) == asked}

    def _read(
        self,
        columns: Iterable[str],
        sources: Iterable[Source],
        person: Any,
        which: str,
        own: Mapping[int, Iterable[int]] | None = None,
    ) -> list[tuple]:
        """Of the documents of these sources what the person may see: of each only its `own`."""
        who, parts, values = self._who(person), [], []
        for source in sources:
            if seen := _visible(source, person, who):
                only = f" WHERE n {_among(own[source.number])}" if own else ""
                parts.append(_OF_KIND.format(kind=source.kind, seen=seen[0], only=only))
                values += seen[1]
        if not parts:
            return []
        read = ", ".join(f"d.{name}" for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                _SEEN.format(visible=" UNION ALL ".join(parts), read=read, which=which), values
            )
            return cursor.fetchall()

    def _who(self, person: Any) -> Hashable:
        """What all have in common who see the same."""
        scopes = self.scopes_of(person)
        return (None if scopes is None else tuple(sorted(scopes)), clock.today())

    def seen_by(self, person: Any) -> QuerySet[SearchDocument]:
        """What somebody may see, by the rooms' own querysets, asked for each document."""
        sources = self.sources.values()
        seen = Q(kind__in=[each.kind for each in sources if each.visible is None])
        for source in sources:
            if source.visible is not None:
                things = source.visible(person).order_by().filter(pk=OuterRef("object_id"))
                seen |= Q(Exists(things), kind=source.kind)
        return SearchDocument.objects.filter(seen)


def _among(numbers: Iterable[int]) -> str:
    """That a number is one of these: without the cost of parameters, and of planning for each."""
    listed = ",".join(map(str, numbers))
    return (
        f"IN ({listed})" if connection.vendor == "sqlite" else f"= ANY ('{{{listed}}}'::bigint[])"
    )


def _visible(source: Source, person: Any, who: Hashable) -> tuple[str, tuple] | None:
    """How the database is asked for the numbers of all that the person may see of the source; None
    where that is nothing. Kept for those who see the same: Django takes several times longer to
    make it than the database to answer."""
    key = (source.kind, source.visible, who, connection.vendor)
    if key not in _KEPT:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        seen = source.visible(person) if source.visible else _of_kind(source)
        number = "pk" if source.visible else "object_id"
        try:
            _KEPT[key] = seen.order_by().values(n=F(number)).query.sql_with_params()
        except EmptyResultSet:
            _KEPT[key] = None
    return _KEPT[key]


def _of_kind(source: Source) -> QuerySet[SearchDocument]:
    return SearchDocument.objects.filter(kind=source.kind)


def documents(rows: Iterable[Row]) -> list[SearchDocument]:
    """What the index keeps of these hits, in their order."""
    keys = [row.id for row in rows]
    if not keys:
        return []
    found = {each.pk: each for each in SearchDocument.objects.raw(_DOCUMENTS.format(_among(keys)))}
    return [found[key] for key in keys if key in found]


def _roughly(question, sieve, most: int, year: int | None, *, or_some: bool):
    matches = asking.roughly(question, or_some=or_some)
    return _candidates(matches, sieve, most, after=BEGINNING, year=year)


def _candidates(
    matches, sieve, most: int, *, after: int = 0, year: int | None = None
) -> tuple[dict[int, int], bool]:
    """The key of each document with the number of the first match it fits, and whether any match
    had more than are read."""
    vendor, parts, values = connection.vendor, [], []
    first = _FIRST[vendor].format(_IN_YEAR[vendor].format(year) if year else "")
    for tier, match in enumerate(matches, start=after):
        parts.append(f"SELECT id, {tier} AS tier FROM ({first}) AS m{tier}")  # noqa: S608 -- numbers
        values += [asking.in_words_of(vendor, [*match, *sieve]), most + 1]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = cursor.fetchall()
    fits = Counter(tier for _key, tier in found)
    tiers: dict[int, int] = {}
    for key, tier in found:
        tiers[key] = min(tier, tiers.get(key, tier))
    best = sorted(tiers, key=lambda key: (tiers[key], -key))[:most]
    return {key: tiers[key] for key in best}, max(fits.values(), default=0) > most or len(
        tiers
    ) > most
