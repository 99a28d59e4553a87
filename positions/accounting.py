"""What authorities have done with what was submitted to them, from what is public only."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Count, F, Min

from core import clock
from positions.choices import Ending, MessageKind, PointResult, State
from positions.models import (
    AuthorityFigures,
    Consultation,
    Message,
    Point,
    PointOutcome,
    Position,
)
from positions.models.accountability import EVERY_YEAR

CHUNK = 2000


@dataclass(frozen=True)
class Dealing:
    """One submission, and what has come of it. `points` is how many were asked for."""

    position: int
    status: str
    authority: int
    sent_on: date
    due_on: date | None
    answered_on: date | None
    points: int
    is_silent: bool = False
    outcomes: Counter = field(default_factory=Counter)

    def ending(self, today: date) -> Ending:
        """An interim answer does not stop the clock; the day it is due has its extension in it.
        That none came may be recorded."""
        if self.answered_on and self.due_on is None:
            return Ending.UNBOUND
        if self.answered_on:
            return Ending.IN_TIME if self.answered_on <= self.due_on else Ending.LATE
        if self.is_silent:
            return Ending.OVERDUE
        if self.status == State.SUPERSEDED:
            return Ending.SET_ASIDE
        overdue = self.due_on is not None and self.due_on < today
        return Ending.OVERDUE if overdue else Ending.PENDING

    @property
    def days(self) -> int | None:
        """Calendar days from the sending to the answer."""
        return (self.answered_on - self.sent_on).days if self.answered_on else None


def dealings() -> Iterator[Dealing]:
    """Every public submission, in four queries, the newest numbers last."""
    answers, points, outcomes = _answers(), _points(), _outcomes()
    rows = Position.objects.public().filter(submission__sent_on__isnull=False)
    facts = (
        "submission__addressee",
        "submission__sent_on",
        "submission__due_on",
        "submission__silent_since",
    )
    ordered = rows.order_by("year", "number", "pk").values_list("pk", "status", *facts)
    for pk, status, authority, sent_on, due_on, silent in ordered.iterator(CHUNK):
        yield Dealing(
            pk,
            status,
            authority,
            sent_on,
            due_on,
            answers.get(pk),
            points.get(pk, 0),
            silent is not None,
            outcomes.get(pk, Counter()),
        )


@dataclass(frozen=True)
class Hearing:
    """A public consultation of an authority: whether it was long enough and what was told of it.

    None where nothing can be said: no law sets its length, the day of its summary is ahead.
    """

    authority: int
    begun_on: date
    too_short: bool | None
    unpublished: bool | None


def hearings() -> Iterator[Hearing]:
    """Every public consultation, in one query."""
    today = clock.today()
    for each in Consultation.objects.public().order_by("pk").iterator(CHUNK):
        measured = each.due_on is not None and each.lawful_until is not None
        awaited = each.summary_awaited_on is not None and each.summary_awaited_on < today
        told = each.summary_published_on is not None
        yield Hearing(
            each.authority_id,
            each.begins_on,
            each.is_shorter_than_law if measured else None,
            not told if awaited or told else None,
        )


def count() -> list[AuthorityFigures]:
    """For each authority and year, each authority, each year, and all together; not saved."""
    groups: dict[tuple, tuple[list, list]] = defaultdict(lambda: ([], []))
    for dealing in dealings():
        for key in _keys(dealing.authority, dealing.sent_on):
            groups[key][0].append(dealing)
    for hearing in hearings():
        for key in _keys(hearing.authority, hearing.begun_on):
            groups[key][1].append(hearing)
    return [_figures(*key, *members) for key, members in groups.items()]


def _keys(authority: int, day: date) -> list[tuple[int | None, int]]:
    return [(who, year) for who in (authority, None) for year in (day.year, EVERY_YEAR)]


def _figures(authority, year, members: list[Dealing], heard: list[Hearing]) -> AuthorityFigures:
    today = clock.today()
    endings = Counter(dealing.ending(today) for dealing in members)
    days = [dealing.days for dealing in members if dealing.days is not None]
    results: Counter = Counter()
    for dealing in members:
        results.update(dealing.outcomes)
    return AuthorityFigures(
        authority_id=authority,
        year=year,
        median_days=median(days) if days else None,
        points=sum(dealing.points for dealing in members),
        **{ending.value: endings[ending] for ending in Ending},
        **{result.value: results[result] for result in PointResult},
        consultations=len(heard),
        measured=sum(each.too_short is not None for each in heard),
        too_short=sum(each.too_short is True for each in heard),
        awaited=sum(each.unpublished is not None for each in heard),
        unpublished=sum(each.unpublished is True for each in heard),
    )


def _public(prefix: str) -> dict[str, bool]:
    return {f"{prefix}published_at__isnull": False}


def _answers() -> dict[int, date]:
    """The day of the first answer; interim ones are none."""
    answers = Message.objects.filter(kind=MessageKind.ANSWER, **_public("submission__position__"))
    rows = answers.order_by().values_list("submission__position")
    return dict(rows.annotate(Min("received_on")))


def _points() -> dict[int, int]:
    """How many points the text asks for that was submitted."""
    asked = Point._base_manager.filter(
        version__position__current=F("version"), **_public("version__position__")
    )
    return dict(asked.order_by().values_list("version__position").annotate(Count("pk")))


def _outcomes() -> dict[int, Counter]:
    """What became of the points, once their evaluation is concluded."""
    judged = PointOutcome.objects.filter(
        point__version__position__current=F("point__version"),
        point__version__position__evaluated_at__isnull=False,
        **_public("point__version__position__"),
    )
    found: dict[int, Counter] = defaultdict(Counter)
    rows = judged.order_by().values_list("point__version__position", "result")
    for position, result, number in rows.annotate(Count("pk")):
        found[position][result] = number
    return found
