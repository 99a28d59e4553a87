"""Working days: which they are, and how they are counted.

The calendar is data (`SpecialDay`, `Recess`), edited by staff: public holidays, days moved by
decree, recesses. A day that is not in it is a working day from Monday to Friday. Days are calendar
days of Budapest; nothing here knows of hours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.models import Recess, SpecialDay

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """What is known of the days. Counting raises OverflowError beyond the year 9999."""

    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    recesses: Iterable[Recess] = ()

    def is_working(self, day: date) -> bool:
        if day in self.special:
            return self.special[day].is_worked
        return day.weekday() < SATURDAY

    def is_recess(self, day: date) -> bool:
        return any(recess.first_day <= day <= recess.last_day for recess in self.recesses)

    def last_working(self, day: date) -> date:
        """The day itself, or the last one before it on which there is work."""
        while not self.is_working(day):
            day -= DAY
        return day

    def working_days_before(self, day: date, count: int) -> date:
        """The working day `count` (at least 1) working days before `day`, which is not counted."""
        for _each in range(count):
            day = self.last_working(day - DAY)
        return day

    def knows(self, year: int) -> bool:
        """Whether anybody has recorded the special days of that year."""
        return any(day.year == year for day in self.special)


def read() -> Calendar:
    """The calendar as it is recorded now, in two queries."""
    days = {each.day: each for each in SpecialDay.objects.all()}
    return Calendar(days, list(Recess.objects.all()))
