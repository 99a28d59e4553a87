"""Bringing two texts together that were both written on the same older one.

A text is a list of units: the blocks of a cleaned rich text, or the lines of the points. The
merge is the three-way merge known from version control, made finer: the older text is aligned
with each of the newer ones as the redline aligns them, which tells of each of its units what
became of it on either side, and what was added between two units. A unit that only one side
touched is as that side left it; one that both left alike is so; one that both made into
something else is a Conflict, and so is one that the one changed and the other removed. What both
added at the same place is kept, theirs first; what both added alike is kept once.

So changes to neighbouring units do not collide, as they would in a merge by stretches of lines.
No unit is lost: every one that somebody wrote is among the merged units or in a Conflict, and one
of the older text is missing only if somebody removed or changed it. A unit that both moved to
different places stands at both. The functions raise nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Generic, TypeVar

from positions.redline import aligned

T = TypeVar("T")


@dataclass(frozen=True)
class Conflict(Generic[T]):
    """What both sides changed; None is what a side removed, or what is empty."""

    base: T | None
    theirs: T | None
    mine: T | None


@dataclass(frozen=True)
class _Side:
    """What one side made of the base: each unit as it is now (None: removed), and what was added
    before each; the last entry is what was added at the end."""

    became: list[str | None]
    added: list[list[str]]


def merge(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> list[str | Conflict[str]]:
    """The units of both texts in order, with a Conflict where a person must decide."""
    if list(base) == list(theirs):
        return list(mine)
    if list(base) == list(mine):
        return list(theirs)
    left, right = _side(base, theirs), _side(base, mine)
    merged: list[str | Conflict[str]] = []
    for place, unit in enumerate(base):
        merged += _added(left.added[place], right.added[place])
        now = merge_one(unit, left.became[place], right.became[place])
        merged += [] if now is None else [now]
    merged += _added(left.added[-1], right.added[-1])
    return _with_what_both_have(merged, theirs, mine)


def merge_one(base: T | None, theirs: T | None, mine: T | None) -> T | Conflict[T] | None:
    """The same for a single thing, as a title."""
    if theirs in (mine, base):
        return mine
    return theirs if mine == base else Conflict(base, theirs, mine)


def _with_what_both_have(
    merged: list[str | Conflict[str]], theirs: Sequence[str], mine: Sequence[str]
) -> list[str | Conflict[str]]:
    """Of units that stood twice each side may have kept another one; such a unit is put back,
    after the one that it follows in `mine`."""
    there = {side for unit in merged for side in _sides(unit)}
    in_both = set(theirs) & set(mine)
    before = None
    for unit in mine:
        if unit in in_both and unit not in there:
            merged.insert(merged.index(before) + 1 if before in merged else 0, unit)
            there.add(unit)
        before = unit
    return merged


def _sides(unit: str | Conflict[str]) -> tuple[str | None, ...]:
    return (unit.theirs, unit.mine) if isinstance(unit, Conflict) else (unit,)


def _side(base: Sequence[str], text: Sequence[str]) -> _Side:
    """Where units went and others came in their place, these are rewritten, not replaced."""
    became: list[str | None] = []
    added: list[list[str]] = [[]]
    for lasting, run in groupby(aligned(list(base), list(text)), key=lambda pair: None not in pair):
        pairs = list(run)
        if not lasting:
            gone = [before for before, _after in pairs if before is not None]
            come = [after for _before, after in pairs if after is not None]
            pairs = list(zip_longest(gone, come))
        for before, after in pairs:
            if before is not None:
                became.append(after)
                added.append([])
            elif after is not None:
                added[-1].append(after)
    return _Side(became, added)


def _added(theirs: list[str], mine: list[str]) -> list[str]:
    left, kept = list(theirs), []
    for unit in mine:
        if unit in left:
            left.remove(unit)
        else:
            kept.append(unit)
    return theirs + kept
