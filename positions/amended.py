"""Where an amendment stands in the text of today, and what it makes of it.

An amendment names a version and a paragraph of it; the paragraph is known again by its identity
(`positions.lineage`), however the text has moved since.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Count

from core.richtext import blocks, clean
from positions.choices import AmendmentKind, AmendmentState
from positions.lineage import identity_of, places
from positions.merge import merge
from positions.models import Amendment, Position, Version

BEGINNING = ""
"""What an insertion before the first paragraph comes after."""
COMING = "+"
"""Marks paragraphs that have no identity yet: their version is still to be made."""
SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Place:
    """The paragraph an amendment is about: its number today, what it said, what it says.

    `number` is None, and `now` with it, where the paragraph is gone. An insertion comes after the
    paragraph `number` (0: at the beginning); it says nothing of that one, so it is never gone.
    """

    number: int | None
    old: str = ""
    now: str | None = ""

    @property
    def is_gone(self) -> bool:
        return self.number is None

    @property
    def is_unchanged(self) -> bool:
        return self.now == self.old


def anchor(amendment: Amendment) -> str:
    """The identity of the paragraph it is about, or after which it inserts."""
    if amendment.paragraph == 0:
        return BEGINNING
    return identity_of(amendment.version, amendment.paragraph)


def place_of(
    amendment: Amendment, current: Version, *, at: Mapping[str, int] | None = None
) -> Place:
    """Its place in the current version; `at` are that version's `places`, for whoever asks for
    many amendments."""
    at = places(current) if at is None else at
    if amendment.kind == AmendmentKind.INSERTION:
        return Place(_nearest(amendment, at))
    old = amendment.version.wordings[amendment.paragraph - 1]
    number = at.get(anchor(amendment))
    return Place(number, old, current.wordings[number - 1] if number else None)


def _nearest(amendment: Amendment, at: Mapping[str, int]) -> int:
    """Where an insertion comes; if its paragraph is gone, after the last one before that which
    still stands."""
    before = amendment.version.paragraph_ids[: amendment.paragraph]
    return next((at[identity] for identity in reversed(before) if identity in at), 0)


def contested(amendment: Amendment) -> tuple[Any, ...]:
    """What only one amendment can have: the wording of a paragraph. An insertion takes nothing
    from others."""
    if amendment.kind == AmendmentKind.INSERTION:
        return (COMING, amendment.pk)
    return (anchor(amendment),)


def rivals(amendments: Sequence[Amendment]) -> dict[int, list[Amendment]]:
    """For each amendment's key the others that would reword or delete the same paragraph."""
    same: dict[tuple[Any, ...], list[Amendment]] = defaultdict(list)
    for amendment in amendments:
        same[contested(amendment)].append(amendment)
    return {
        amendment.pk: [other for other in group if other is not amendment]
        for group in same.values()
        for amendment in group
    }


def woven(old: str, now: str, proposed: str) -> str:
    """A proposal for a paragraph that has changed since: both changes, sentence by sentence; where
    both changed the same one, it stands as it is now and then as proposed. A person makes one of
    the two before it is saved; half a sentence of each would look finished and say nothing."""
    texts = (old, now, proposed)
    if not all(text.startswith("<p>") and text.count("<p>") == 1 for text in texts):
        return proposed
    units = merge(*(SENTENCE.split(text[3:-4]) for text in texts))
    kept = [[unit] if isinstance(unit, str) else [unit.theirs, unit.mine] for unit in units]
    return clean(f"<p>{' '.join(filter(None, chain.from_iterable(kept)))}</p>")


def applied(
    current: Version,
    changes: Sequence[tuple[Amendment, str]],
    *,
    earlier: Sequence[Amendment] = (),
) -> tuple[list[str], list[str | None]]:
    """The blocks of the text with the changes made, and the identity of each, None for new ones.

    A change is an amendment with the words that go in, none for a deletion; its paragraph must
    still stand. `earlier` are insertions that were accepted before (`made` in versions of their
    own): what comes at the same place stands in the order of the amendments' numbers, whichever
    was accepted first.
    """
    ids, texts = list(current.paragraph_ids), list(current.wordings)
    came: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for other in earlier:
        came[anchor(other)].append((other.number, _brought_by(other)))
    for amendment, words in changes:
        coming = blocks(clean(words))
        if amendment.kind == AmendmentKind.INSERTION:
            new = [f"{COMING}{amendment.number}.{rank}" for rank in range(len(coming))]
            came[anchor(amendment)].append((amendment.number, new))
            place = _place_among(ids, amendment.version.paragraph_ids, came, new[0])
            ids[place:place], texts[place:place] = new, coming
        else:
            place = ids.index(anchor(amendment))
            texts[place : place + 1] = coming
            ids[place : place + 1] = ids[place : place + 1] if coming else []
    return texts, [None if identity.startswith(COMING) else identity for identity in ids]


def _brought_by(insertion: Amendment) -> list[str]:
    """The identities of the paragraphs that came with it; its version brought no others."""
    number = insertion.made.number
    return [known for known in insertion.made.paragraph_ids if known.startswith(f"{number}.")]


def _place_among(ids, of_version, came, new) -> int:
    """How many paragraphs of today's text stand before the first new one."""
    standing, last = set(ids), BEGINNING
    for identity in _in_order(of_version, came):
        if identity == new:
            break
        if identity in standing:
            last = identity
    return ids.index(last) + 1 if last else 0


def _in_order(ids: Sequence[str], came: Mapping[str, list[tuple[int, list[str]]]]) -> Iterator[str]:
    """A version's paragraphs, gone or not, with all insertions woven in: each comes after its
    paragraph, those at the same place by number."""
    known = set(ids)

    def after(identity: str) -> Iterator[str]:
        for _number, new in sorted(came.get(identity, ())):
            for each in new:
                if each not in known:
                    yield each
                    yield from after(each)

    yield from after(BEGINNING)
    for identity in ids:
        yield identity
        yield from after(identity)


# Read from the database ----------------------------------------------------------------------


def open_amendments(position: Position) -> list[Amendment]:
    """Those not disposed of, by number, each with its version; read once for a position object."""
    if "_open_amendments" not in position.__dict__:
        found = position.amendments.open().select_related("library").order_by("number")
        counted = list(found.annotate(supporters=Count("supports")))
        position.__dict__["_open_amendments"] = with_versions(position, counted)
    return position.__dict__["_open_amendments"]


def with_versions(position: Position, amendments: list[Amendment]) -> list[Amendment]:
    """Each with its position and its version, every version read and taken apart only once."""
    current = position.current
    wanted = {amendment.version_id for amendment in amendments} - {position.current_id}
    versions = position.versions.in_bulk(wanted) if wanted else {}
    if current is not None:
        versions[current.pk] = current
    for amendment in amendments:
        amendment.position = position
        amendment.version = versions[amendment.version_id]
    return amendments


def accepted_insertions(position: Position) -> list[Amendment]:
    """Those that are in the text by now, each in the version it made."""
    states = {AmendmentState.ACCEPTED, AmendmentState.CHANGED}
    found = position.amendments.filter(kind=AmendmentKind.INSERTION, status__in=states)
    rows = found.select_related("version", "made").order_by("number")
    return list(rows.defer("version__body", "made__body"))
