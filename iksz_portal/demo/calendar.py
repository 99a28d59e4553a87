"""Playing several stories at once, in the order in which they would have happened."""

import heapq
from collections.abc import Generator, Mapping
from datetime import date, datetime, time, timedelta

from core import clock

Story = Generator[int | datetime, None, None]
OPENING = time(9, 0)
BETWEEN_ACTS = timedelta(minutes=23)


class NotYet(Exception):
    """A story would reach into the future: it was begun too few days ago."""


def play(stories: Mapping[str, tuple[int, Story]]) -> None:
    """Play each story from its day on, given as days before today.

    A story yields how many days pass before its next act (0: a little later on the same day), or
    the moment that it waits for. Acts are played in the order of time, over all stories: numbers
    of positions and resolutions and the audit chain come out as in real use.
    """
    now, today = clock.now(), clock.today()
    due = [
        (_morning(clock.days_after(today, -begins)), rank, name, story)
        for rank, (name, (begins, story)) in enumerate(stories.items())
    ]
    heapq.heapify(due)
    while due:
        moment, rank, name, story = heapq.heappop(due)
        if moment > now:
            raise NotYet(f"{name} reaches {moment:%Y-%m-%d %H:%M}")
        with clock.at(moment):
            wait = next(story, None)
        if wait is not None:
            heapq.heappush(due, (_after(moment, wait), rank, name, story))


def _after(moment: datetime, wait: int | datetime) -> datetime:
    if isinstance(wait, datetime):
        return wait + timedelta(minutes=1)
    if wait == 0:
        return moment + BETWEEN_ACTS
    return _morning(clock.days_after(clock.day_of(moment), wait))


def _morning(day: date) -> datetime:
    """A working hour of the day, not always the same."""
    opening = datetime.combine(day, OPENING, tzinfo=clock.ZONE)
    return opening + timedelta(minutes=day.toordinal() * 37 % 180)
