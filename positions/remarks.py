"""The comments on a position as one person may read them: threads, and where each stands today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import F, Q
from django.utils.functional import cached_property

from core.richtext import blocks
from positions import policy
from positions.choices import Audience
from positions.lineage import places, wording
from positions.models import Comment, Position, Version


@dataclass(frozen=True)
class Remark:
    """What somebody wrote: a comment, or a reply to one."""

    pk: int
    library: str
    author: str
    text: str
    written: datetime

    @property
    def by(self) -> str:
        return self.library or self.author


@dataclass(frozen=True)
class Answer:
    """How a thread was resolved."""

    text: str
    author: str
    given: datetime


@dataclass(frozen=True)
class Thread:
    """A comment with its replies and perhaps its answer.

    It was written on `paragraph` of `version`, or on the whole of it; `place` is that paragraph's
    number in the text it is shown beside, None if it is not there; `quoted` are its first words.
    """

    first: Remark
    audience: str
    version: int
    paragraph: int | None
    quoted: str
    place: int | None
    is_older: bool
    is_reworded: bool
    answer: Answer | None
    replies: list[Remark] = field(default_factory=list)

    @property
    def is_for_drafters(self) -> bool:
        return self.audience == Audience.DRAFTERS

    @property
    def readers(self) -> str:
        """Who reads it, where that is not simply the section."""
        return "" if self.audience == Audience.SECTION else Audience(self.audience).label


@dataclass(frozen=True)
class Remarks:
    """The threads a person may read, by where they stand, and what the person may do with them."""

    beside: Mapping[int, list[Thread]] = field(default_factory=dict)
    whole: list[Thread] = field(default_factory=list)
    older: list[Thread] = field(default_factory=list)
    may_reply: bool = False
    may_resolve: bool = False
    reads_versions: bool = False

    @property
    def count(self) -> int:
        return sum(1 for _thread in self._all())

    @property
    def pks(self) -> set[int]:
        """Of everything that can be read here."""
        return {said.pk for thread in self._all() for said in (thread.first, *thread.replies)}

    @property
    def open_beside(self) -> list[tuple[int, int]]:
        """Paragraph and number of its open threads, in the order of the text."""
        counts = {place: _open(threads) for place, threads in sorted(self.beside.items())}
        return [(place, count) for place, count in counts.items() if count]

    def _all(self) -> Iterable[Thread]:
        return chain(*self.beside.values(), self.whole, self.older)


class _Text:
    """The text that threads are shown beside; finds the paragraphs of other versions in it."""

    def __init__(self, shown: Version, versions: Iterable[Any]):
        self.number = shown.number
        self._body = shown.body
        self._places = places(shown)
        self._identities = {version.number: version.paragraph_ids for version in versions}

    def place(self, version: int, paragraph: int | None) -> int | None:
        return self._places.get(self._identities[version][paragraph - 1]) if paragraph else None

    def is_reworded(self, place: int | None, then: str) -> bool:
        if place is None or not then:
            return False
        return wording(self._blocks[place - 1]) != then

    @cached_property
    def _blocks(self) -> list[str]:
        return blocks(self._body)


def read(position: Position, person: Any, *, versions: Iterable[Any]) -> Remarks:
    """Beside the current text; `versions` are all there are, with number and paragraph_ids."""
    found = Comment.objects.visible_to(person, position)
    return _arranged(
        _threads(found, _Text(position.current, versions)),
        may_reply=policy.may_reply(person, position),
        may_resolve=policy.may_resolve(person, position),
        reads_versions=policy.sees_inside(person, position),
    )


def read_on(version: Version, person: Any) -> Remarks:
    """Those written on this very version, beside its paragraphs."""
    found = Comment.objects.visible_to(person, version.position).filter(version=version)
    return _arranged(_threads(found, _Text(version, [version])))


def read_thread(thread: Comment, position: Position) -> Thread:
    """One of which it is known that it may be read, beside the current text."""
    found = Comment.objects.filter(Q(pk=thread.pk) | Q(parent=thread))
    return _threads(found, _Text(position.current, [position.current, thread.version]))[0]


def _threads(found: Any, text: _Text) -> list[Thread]:
    rows = list(
        found.order_by("created_at", "pk").values(
            "pk",
            "parent",
            "audience",
            "paragraph",
            "quoted",
            "wording",
            "text",
            "created_at",
            "answer",
            "resolved_at",
            by=F("author__name"),
            of=F("library__name"),
            on=F("version__number"),
            answered_by=F("resolved_by__name"),
        )
    )
    threads = {row["pk"]: _thread(row, text) for row in rows if row["parent"] is None}
    for row in rows:
        if row["parent"] in threads:
            threads[row["parent"]].replies.append(_remark(row))
    return list(threads.values())


def _thread(row: dict, text: _Text) -> Thread:
    place, is_older = text.place(row["on"], row["paragraph"]), row["on"] != text.number
    return Thread(
        first=_remark(row),
        audience=row["audience"],
        version=row["on"],
        paragraph=row["paragraph"],
        quoted=row["quoted"],
        place=place,
        is_older=is_older,
        is_reworded=is_older and text.is_reworded(place, row["wording"]),
        answer=_answer(row) if row["resolved_at"] else None,
    )


def _remark(row: dict) -> Remark:
    return Remark(row["pk"], row["of"] or "", row["by"], row["text"], row["created_at"])


def _answer(row: dict) -> Answer:
    return Answer(row["answer"], row["answered_by"], row["resolved_at"])


def _arranged(threads: list[Thread], **rights: bool) -> Remarks:
    """Open ones stand before those that are resolved."""
    beside: dict[int, list[Thread]] = {}
    whole: list[Thread] = []
    older: list[Thread] = []
    for thread in sorted(threads, key=lambda thread: thread.answer is not None):
        if thread.place:
            beside.setdefault(thread.place, []).append(thread)
        else:
            (older if thread.paragraph else whole).append(thread)
    return Remarks(beside, whole, older, **rights)


def _open(threads: list[Thread]) -> int:
    return sum(thread.answer is None for thread in threads)
