"""What was said before on the same law or topic, and what was answered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from core.aggregates import Gathered
from core.text import fold
from positions import policy
from positions.choices import TONES, State
from positions.citations import citations
from positions.models import Law, Position, Topic


@dataclass(frozen=True)
class Earlier:
    """A position with what it shares, its points, and what became of them once that is told."""

    position: Position
    outcomes_are_told: bool

    @property
    def laws(self) -> list[str]:
        return sorted(self.position.same_laws or ())

    @property
    def topics(self) -> list[str]:
        return sorted(self.position.same_topics or (), key=fold)

    @property
    def points(self) -> Any:
        return self.position.current.points.all()

    @property
    def tone(self) -> str:
        return TONES[State(self.position.status)]


def on_the_same_as(position: Position, person: Any) -> QuerySet[Position]:
    """The others that this person may see, best first."""
    laws, topics = Law.objects.filter(positions=position), Topic.objects.filter(positions=position)
    return _sharing(laws, topics, person).exclude(pk=position.pk)


def on_what_is_named(typed: str, person: Any) -> QuerySet[Position]:
    """Those on a law that is cited or a topic that is named in a line somebody typed."""
    laws = Law.objects.filter(citation__in=citations(typed))
    return _sharing(laws, _topics_named_in(typed), person)


def read(positions: Iterable[Position], person: Any) -> list[Earlier]:
    return [Earlier(position, _told(position, person)) for position in positions]


def _told(position: Position, person: Any) -> bool:
    return policy.outcomes_are_told(position, inside=policy.sees_inside(person, position))


def _sharing(laws: QuerySet[Law], topics: QuerySet[Topic], person: Any) -> QuerySet[Position]:
    """A shared law counts for more than a shared topic; then the newer one comes first."""
    of_laws = Position.laws.through.objects.filter(law__in=laws.order_by().values("pk"))
    of_topics = Position.topics.through.objects.filter(topic__in=topics.order_by().values("pk"))
    shares = Q(pk__in=of_laws.values("position")) | Q(pk__in=of_topics.values("position"))
    found = (
        Position.objects.visible_to(person)
        .filter(shares)
        .annotate(
            same_laws=_of_each(of_laws, Gathered("law__citation")),
            same_topics=_of_each(of_topics, Gathered("topic__name")),
            laws_shared=Coalesce(_of_each(of_laws, Count("law")), 0),
            topics_shared=Coalesce(_of_each(of_topics, Count("topic")), 0),
        )
    )
    listed = found.select_related("section", "addressee", "current")
    ordered = listed.order_by("-laws_shared", "-topics_shared", "-created_at", "-pk")
    return ordered.prefetch_related("current__points")


def _of_each(shared: QuerySet, what: Any) -> Subquery:
    of_one = shared.filter(position=OuterRef("pk")).order_by().values("position")
    return Subquery(of_one.values(found=what))


def _topics_named_in(typed: str) -> QuerySet[Topic]:
    """Topics that stand in the line as whole words, or as one of its parts."""
    words = " ".join(re.findall(r"\w+", fold(typed)))
    within = Topic.objects.annotate(line=Value(f" {words} ", TextField()))
    whole = Concat(Value(" "), "folded", Value(" "), output_field=TextField())
    named = Q(line__contains=whole)
    return within.filter(named | Q(folded__in=[fold(part) for part in re.split("[;,]", typed)]))
