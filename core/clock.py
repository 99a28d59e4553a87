"""The one place where the portal asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Europe/Budapest")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _pretended.get() or timezone.now()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` inside the block and in this thread only.

    For the fictional history of the demo and for tests; nothing that serves a request uses it.
    """
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """The current calendar day in Budapest, whatever zone the server lives in."""
    return now().astimezone(ZONE).date()


def day_of(moment: datetime) -> date:
    """The Budapest calendar day a moment falls on."""
    return moment.astimezone(ZONE).date()


def end_of_day(day: date) -> datetime:
    """The last second of a Budapest day, 23:59:59: the moment a deadline of that day runs out."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ZONE)


def days_after(day: date, days: int) -> date:
    """The calendar day `days` days after `day`; the day itself is not counted."""
    return day + timedelta(days=days)


class NoSuchTime(ValueError):
    """On that day the clocks are put forward over this time."""


class TwiceThatTime(ValueError):
    """On that day the clocks are put back, and show this time twice."""


def at_clock(day: date, hour: time) -> datetime:
    """The moment at which clocks in Budapest show that time; refused where they never do, or do so
    twice."""
    moment = datetime.combine(day, hour, tzinfo=ZONE)
    if moment.astimezone(UTC).astimezone(ZONE).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NoSuchTime
    if moment.utcoffset() != moment.replace(fold=1).utcoffset():
        raise TwiceThatTime
    return moment
