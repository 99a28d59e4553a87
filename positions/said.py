"""What libraries have said of a position, read from the database."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject

from core import clock
from members.models import Library
from positions.choices import ENDORSABLE, AmendmentState, Audience, Stand, State
from positions.models import Amendment, Comment, Endorsement, MinorityOpinion, Position
from sections.models import SectionMembership

WAITING_ON_THE_WAY = frozenset({State.NOT_ADOPTED, State.PARKED})


@dataclass(frozen=True)
class Said:
    """A standing endorsement or minority opinion; its text is the reservation or the opinion."""

    pk: int
    text: str
    author: str
    when: datetime
    version: int
    is_present: bool
    goes_public: bool = True


def libraries(position: Position) -> QuerySet[Library]:
    """The section's, and those that have said something, each with what it says."""
    members = SectionMembership.objects.in_force(_day(position)).filter(section=position.section_id)
    libraries = Library.objects.select_related("county").annotate(
        is_member=Exists(members.filter(library=OuterRef("pk"))),
        speaks=Exists(_comments(position)) | Exists(_amendments(position)),
        endorsement=_endorsement(position),
        opinion=_opinion(position),
    )
    says = Q(endorsement__isnull=False) | Q(opinion__isnull=False)
    return libraries.filter(Q(is_member=True) | says).in_order()


def _endorsement(position: Position) -> Subquery:
    """Of each library the one of the present text, else the latest; the rest is history."""
    present = Q(version__fingerprint=position.current.fingerprint)
    given = Endorsement.objects.standing().filter(version__position=position)
    found = given.annotate(present=Case(When(present, then=1), default=0))
    return _first(found.order_by("-present", "-pk"), text="reservation", goes_public=Value(True))


def _opinion(position: Position) -> Subquery:
    """On the version that the section votes on or voted on last."""
    ballot = position.section_ballot
    voted = ballot.version_id if ballot else None
    present = Value(int(voted == position.current_id))
    filed = MinorityOpinion.objects.standing().filter(version=voted).annotate(present=present)
    return _first(filed, text="text", goes_public="goes_public")


def _first(found: QuerySet, **columns: Any) -> Subquery:
    said = JSONObject(
        pk="pk",
        author="author__name",
        when="created_at",
        version="version__number",
        present="present",
        **columns,
    )
    return Subquery(found.filter(library=OuterRef("pk")).values(said=said)[:1])


def _comments(position: Position) -> QuerySet[Comment]:
    """What a library said to the drafting group alone is not told here."""
    comments = Comment.objects.filter(version__position=position, library=OuterRef("pk"))
    return comments.exclude(audience=Audience.DRAFTERS)


def _amendments(position: Position) -> QuerySet[Amendment]:
    proposed = Amendment.objects.filter(position=position, library=OuterRef("pk"))
    return proposed.exclude(status=AmendmentState.WITHDRAWN)


def _day(position: Position) -> date:
    if position.published_at:
        return clock.day_of(position.published_at)
    if position.status in ENDORSABLE | WAITING_ON_THE_WAY:
        return clock.today()
    return clock.day_of(position.status_since)


def said(row: dict[str, Any] | None) -> Said | None:
    """From the database's JSON, where times are text and SQLite's truths are numbers."""
    if row is None:
        return None
    when = datetime.fromisoformat(row["when"])
    return Said(
        pk=row["pk"],
        text=row["text"],
        author=row["author"],
        when=when if when.tzinfo else when.replace(tzinfo=UTC),
        version=row["version"],
        is_present=bool(row["present"]),
        goes_public=bool(row["goes_public"]),
    )


def history(position: Position) -> list[Endorsement | MinorityOpinion]:
    """All that was ever said on the position, withdrawn or not, newest first."""
    said = [
        *Endorsement.objects.filter(version__position=position).for_history(),
        *MinorityOpinion.objects.filter(version__position=position).for_history(),
    ]
    return sorted(said, key=lambda each: each.created_at, reverse=True)


def said_now(positions: Sequence[Position]) -> dict[int, Counter[Stand]]:
    """How many member libraries of today say what of each position's present text, in one query."""
    found: dict[int, Counter[Stand]] = defaultdict(Counter)
    with_words = When(~Q(reservation=""), then=Value(Stand.RESERVES))
    given = _said_now(Endorsement.objects.standing(), positions)
    filed = _said_now(MinorityOpinion.objects.standing(), positions)
    kinds = [
        given.annotate(stand=Case(with_words, default=Value(Stand.ENDORSES))),
        filed.annotate(stand=Value(Stand.DISSENTS)),
    ]
    rows = [said.order_by().values_list("version__position", "stand") for said in kinds]
    for pk, stand in rows[0].union(rows[1], all=True):
        found[pk][Stand(stand)] += 1
    return found


def _said_now(said: QuerySet, positions: Sequence[Position]) -> QuerySet:
    return said.filter(
        version__position__in=positions,
        version__fingerprint=F("version__position__current__fingerprint"),
        library__section_memberships__in=SectionMembership.objects.in_force(),
        library__section_memberships__section=F("version__position__section"),
    )
