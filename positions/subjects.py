"""What positions are about: the laws their texts cite, found by themselves, and their topics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.urls import reverse

from core import audit, notices
from core.localized import TRANSLATIONS, Said, reading
from core.richtext import words
from core.text import fold
from members.models import Person
from positions.citations import citations
from positions.models import Law, Position, Topic, Version
from positions.models.subjects import TOPIC_WORDS

MOST_SUGGESTED = 300
MOST_TURNS = 3
TOPIC, LAW = "topic", "law"
UNTRANSLATED = [Value("")] * len(TRANSLATIONS)


@dataclass(frozen=True)
class Subject:
    """A topic or a law, as pages show it; `kind` names the filter of the register."""

    kind: str
    pk: int
    name: str
    translations: tuple[str, ...] = ()

    @property
    def said(self) -> Said:
        """Its name in the reader's language, where it has one."""
        named = dict(zip(TRANSLATIONS, self.translations, strict=False))
        words = named.get(reading(), "")
        return Said(words, reading()) if words else Said(self.name)

    @property
    def url(self) -> str:
        return f"{reverse('positions:register')}?{self.kind}={self.pk}"


def laws_cited(version: Version) -> list[Law]:
    """The laws that the title, the text and the points of the version cite."""
    points = (point.text for point in version.points.all())
    return laws_named(citations(" ".join([version.title, words(version.body), *points])))


def laws_named(named: Iterable[str]) -> list[Law]:
    """The laws of these citations; those nobody has cited before are made.

    In the order of the alphabet, so that two who make the same ones wait for each other in turn.
    """
    named = sorted(named)
    known = set(Law.objects.filter(citation__in=named).values_list("citation", flat=True))
    new = [Law(citation=citation) for citation in named if citation not in known]
    if new:
        Law.objects.bulk_create(new, ignore_conflicts=True)
    return list(Law.objects.filter(citation__in=named))


def topics_named(named: Iterable[str]) -> list[Topic]:
    """The topics of these names, however they are accented; those that are new are made, and so is
    one that goes just now. They stay until the caller's transaction ends."""
    by_key = _by_key(named)
    found = list(_kept_for_now(by_key))
    for _turn in range(MOST_TURNS):
        known = {topic.folded for topic in found}
        new = [Topic(name=name) for key, name in sorted(by_key.items()) if key not in known]
        if not new:
            break
        Topic.objects.bulk_create(new, ignore_conflicts=True)
        found = list(_kept_for_now(by_key))
    return found


def _kept_for_now(by_key: Iterable[str]) -> QuerySet[Topic]:
    found = Topic.objects.filter(folded__in=by_key).order_by("pk")
    return found.select_for_update(no_key=True)


def change_topics(position: Position, *, named: Sequence[str], opened: Sequence[str]) -> bool:
    """The names typed into a form that was `opened` with others: what was added to those is added,
    what was taken from them is taken, whoever changed the rest meanwhile. Whether anything changed.
    """
    typed, before = _by_key(named), _by_key(opened)
    now = {topic.folded: topic for topic in position.topics.all()}
    added = [name for key, name in typed.items() if key not in before and key not in now]
    gone = [topic for key, topic in now.items() if key in before and key not in typed]
    position.topics.remove(*gone)
    position.topics.add(*topics_named(added))
    return bool(added or gone)


@transaction.atomic
def merge_topics(*, gone: Topic, kept: Topic, by: Person) -> Topic:
    """Two that mean the same: the positions of the one get the other, and the one goes."""
    list(_kept_for_now([gone.folded, kept.folded]))  # whoever names them does it before or after
    positions = sorted(gone.positions.values_list("pk", flat=True))
    kept.positions.add(*positions)
    payload = {"gone": gone.name, "positions": positions}
    audit.record(thing=kept, action="merge_topics", by=by, payload=payload)
    notices.move_followers(gone=gone, kept=kept)
    gone.delete()
    return kept


def suggested_to(person: Any) -> QuerySet[Topic]:
    """The topics of positions this person may see; those of others are not let on."""
    visible = Position.objects.visible_to(person).values("pk")
    return Topic.objects.filter(positions__in=visible).distinct()[:MOST_SUGGESTED]


def topics_of(position: Position) -> list[Subject]:
    """The topics of a position that was read for its page."""
    return _in_order(TOPIC, position.topic_rows)


def laws_of(position: Position) -> list[Subject]:
    return _in_order(LAW, position.law_rows)


def among(positions: QuerySet[Position]) -> list[Subject]:
    """The topics and then the laws that occur in the positions, each in its order, in one query
    that looks for each of them until the first position is found."""
    seen = positions.order_by().filter(pk=OuterRef("position"))

    def occurs(through, name):
        return Exists(through.objects.filter(Exists(seen), **{name: OuterRef("pk")}))

    topics = Topic.objects.filter(occurs(Position.topics.through, "topic"))
    laws = Law.objects.filter(occurs(Position.laws.through, "law"))
    rows = topics.order_by().values_list(Value(TOPIC), "pk", *TOPIC_WORDS)
    citation = ("citation", "citation", *UNTRANSLATED)
    rows = rows.union(laws.order_by().values_list(Value(LAW), "pk", *citation))
    ordered = sorted(rows, key=lambda row: (row[0] == LAW, row[3]))
    return [_subject(*row) for row in ordered]


def of_each(positions: QuerySet[Position]) -> dict[int, list[Subject]]:
    """The same for each of the positions, by its key."""
    found: dict[int, list[Subject]] = {}
    for position, subject in _rows(positions):
        found.setdefault(position, []).append(subject)
    return found


def _rows(positions: QuerySet[Position]) -> list[tuple[int, Subject]]:
    """The key of a position and what it is about, each once, in one query."""
    pks = positions.order_by().values("pk")
    topics = Position.topics.through.objects.filter(position__in=pks)
    laws = Position.laws.through.objects.filter(position__in=pks)
    words = [f"topic__{name}" for name in TOPIC_WORDS]
    citation = ("law__citation", "law__citation", *UNTRANSLATED)
    rows = topics.values_list(Value(TOPIC), "topic", *words, "position").union(
        laws.values_list(Value(LAW), "law", *citation, "position")
    )
    ordered = sorted(rows, key=lambda row: (row[0] == LAW, row[3]))
    return [(position, _subject(*row)) for *row, position in ordered]


def _in_order(kind: str, rows: list[list] | None) -> list[Subject]:
    ordered = sorted(rows or (), key=lambda row: row[2])
    return [_subject(kind, *row) for row in ordered]


def _subject(kind: str, pk: int, name: str, _key: str, *translations: str) -> Subject:
    return Subject(kind, pk, name, translations)


def _by_key(names: Iterable[str]) -> dict[str, str]:
    return {key: name for name in names if (key := fold(name))}
