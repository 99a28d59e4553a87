"""A text being saved, joined with what others saved since it was opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.richtext import blocks
from members.models import Authority
from positions.choices import SINGLE_PARTS, Keep, Part
from positions.drafting import cleaned
from positions.merge import Conflict, merge, merge_one
from positions.models import Position, Version


@dataclass(frozen=True)
class Text:
    """What a version says, and to whom."""

    title: str
    blocks: list[str]
    points: list[str]
    addressee: Authority | None

    @classmethod
    def typed(
        cls, *, title: str, body: str, points: Sequence[str], addressee: Authority | None
    ) -> "Text":
        title, body, points = cleaned(title, body, points)
        return cls(title, blocks(body), list(points), addressee)

    @classmethod
    def of(cls, version: Version, addressee: Authority | None) -> "Text":
        points = [point.text for point in version.points.all()]
        return cls(version.title, blocks(version.body), points, addressee)

    @property
    def body(self) -> str:
        return "".join(self.blocks)


@dataclass(frozen=True)
class Joined:
    """The parts of both texts, with a Conflict where a person must decide; `others` are the
    versions saved meanwhile, `against` names the state of the position that was looked at."""

    parts: list[tuple[Part, Any]]
    others: list[Version]
    against: str

    @property
    def conflicts(self) -> list[tuple[Part, Conflict]]:
        return [(part, found) for part, found in self.parts if isinstance(found, Conflict)]

    def settled(self, keeps: Mapping[int, Keep]) -> Text | None:
        """The text with each conflict decided, or None if a decision is missing."""
        chosen: dict[Part, list[Any]] = {part: [] for part in Part}
        number = 0
        for part, found in self.parts:
            if not isinstance(found, Conflict):
                chosen[part].append(found)
                continue
            keep = keeps.get(number)
            if keep is None or (keep == Keep.BOTH and part in SINGLE_PARTS):
                return None
            chosen[part] += _kept(part, found, keep)
            number += 1
        return Text(
            chosen[Part.TITLE][0],
            chosen[Part.PARAGRAPH],
            chosen[Part.POINT],
            chosen[Part.ADDRESSEE][0],
        )

    def with_mine(self) -> Text | None:
        """What I wrote wherever both wrote, and all else that the others saved."""
        return self.settled(dict.fromkeys(range(len(self.conflicts)), Keep.MINE))


def join(position: Position, mine: Text, *, base: int, addressed: Authority | None) -> Joined:
    """The text `mine`, written on version number `base`, together with the current one.

    A number that no version carries is taken for the first: the older the base, the more is asked.
    """
    theirs = Text.of(position.current, position.addressee)
    before = position.versions.filter(number=base).first() or position.versions.get(number=1)
    old = Text.of(before, addressed)
    addressee = merge_one(addressed, position.addressee, mine.addressee)
    parts = [
        (Part.TITLE, merge_one(old.title, theirs.title, mine.title)),
        (Part.ADDRESSEE, addressee),
        *((Part.PARAGRAPH, unit) for unit in merge(old.blocks, theirs.blocks, mine.blocks)),
        *((Part.POINT, unit) for unit in merge(old.points, theirs.points, mine.points)),
    ]
    against = f"{position.current.number}.{position.addressee_id or ''}"
    return Joined(parts, _others(position, before), against)


def _others(position: Position, before: Version) -> list[Version]:
    """The versions that came between: those the text was written without."""
    after = position.versions.filter(number__gt=before.number, number__lte=position.current.number)
    return list(after.select_related("author").order_by("number"))


def _kept(part: Part, found: Conflict, keep: Keep) -> list[Any]:
    sides = {
        Keep.THEIRS: [found.theirs],
        Keep.MINE: [found.mine],
        Keep.BOTH: [found.theirs, found.mine],
    }
    return [side for side in sides[keep] if side is not None or part in SINGLE_PARTS]
