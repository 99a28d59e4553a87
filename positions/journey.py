"""How far each position of a list has come, as a line of stations with their days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import AuditEntry
from positions.choices import MessageKind, State
from positions.models import BoardDecision, Message, Position


class Station(models.IntegerChoices):
    CONSULTED = 0, _("consulted")
    ADOPTED = 1, _("adopted")
    FORWARDED = 2, _("forwarded")
    DECIDED = 3, _("decided")
    SUBMITTED = 4, _("submitted")
    ANSWERED = 5, _("answered")
    EVALUATED = 6, _("evaluated")


REACHED_BY = {
    State.CONSULTATION: Station.CONSULTED,
    State.ADOPTED: Station.ADOPTED,
    State.FORWARDED: Station.FORWARDED,
    State.ACCEPTED: Station.DECIDED,
    State.REJECTED: Station.DECIDED,
    State.SUBMITTED: Station.SUBMITTED,
    State.ANSWERED: Station.ANSWERED,
    State.EVALUATED: Station.EVALUATED,
}
BACK_TO = {State.CONSOLIDATION: Station.CONSULTED, State.RETURNED: Station.CONSULTED}
"""States that take it back: what was reached later is to be reached again."""


@dataclass(frozen=True)
class Stop:
    station: Station
    day: date | None

    @property
    def label(self) -> Any:
        return self.station.label


@dataclass(frozen=True)
class Journey:
    """The stations reached, and how many are still ahead."""

    reached: list[Stop]

    @property
    def ahead(self) -> range:
        return range(len(Station) - 1 - self.reached[-1].station)


def with_days(positions: QuerySet[Position]) -> QuerySet[Position]:
    """With the days that were recorded afterwards: of the decision and of the answer."""
    decisions = BoardDecision.objects.filter(position=OuterRef("pk")).order_by("-decided_on")
    answers = Message.objects.filter(
        submission__position=OuterRef("pk"), kind=MessageKind.ANSWER
    ).order_by("received_on")
    return positions.annotate(
        decided_on=Subquery(decisions.values("decided_on")[:1]),
        answered_on=Subquery(answers.values("received_on")[:1]),
    )


def of_each(positions: Iterable[Position]) -> dict[int, Journey]:
    """The journeys of positions read `with_days`, by key, in one query: their chains of acts. What
    it tells is what everybody reads on a position's page who may see it."""
    by_key = {position.pk: position for position in positions}
    days: dict[int, dict[Station, date]] = {pk: {} for pk in by_key}
    for pk, target, at in _steps(by_key):
        _go(days[pk], target, clock.day_of(at))
    return {pk: _journey(by_key[pk], reached) for pk, reached in days.items() if reached}


def _steps(keys: Iterable[int]):
    kind = ContentType.objects.get_for_model(Position)
    steps = AuditEntry.objects.filter(content_type=kind, object_id__in=list(keys))
    told = steps.filter(target__in=[*REACHED_BY, *BACK_TO]).order_by("seq")
    return told.values_list("object_id", "target", "at")


def _go(reached: dict[Station, date], target: str, day: date) -> None:
    """An act that leaves the state as it is tells the day nothing new."""
    station = REACHED_BY.get(State(target), BACK_TO.get(State(target)))
    for later in [each for each in reached if each > station]:
        del reached[later]
    if State(target) in REACHED_BY:
        reached.setdefault(station, day)


def _journey(position: Any, reached: dict[Station, date]) -> Journey:
    sent = position.sent
    if sent and sent.silent_since:  # that none came was recorded: it was not answered
        reached.pop(Station.ANSWERED, None)
    recorded = {
        Station.DECIDED: position.decided_on,
        Station.SUBMITTED: sent.sent_on if sent else None,
        Station.ANSWERED: position.answered_on,
    }
    return Journey(
        [Stop(station, recorded.get(station) or day) for station, day in sorted(reached.items())]
    )
