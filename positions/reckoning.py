"""Until when an authority has to answer: periods set by law, counted and told.

The day something is sent on is not counted. A period counts calendar or working days, stands still
in an administrative recess where its profile says so, and ends at 23:59:59 in Budapest; a last day
without work is moved to the next working day where its profile says so. The rules are those of the
profile (`LawProfile.source` names the act); a reckoning is kept as it was made, so that a calendar
corrected later does not change what was told.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from core.calendar import DAY, Calendar
from positions.choices import Unit
from positions.models import LawProfile


@dataclass(frozen=True)
class Reckoning:
    """`days` of the period, `extension` of them added later, `paused` days of recess left out."""

    started_on: date
    days: int
    unit: Unit
    extension: int
    paused: int
    counted_to: date
    due_on: date
    source: str

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.counted_to

    def as_json(self) -> dict[str, Any]:
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        days = {
            name: date.fromisoformat(kept[name]) for name in ("started_on", "counted_to", "due_on")
        }
        return cls(**{**kept, **days, "unit": Unit(kept["unit"])})


def reckon(
    started_on: date, profile: LawProfile, calendar: Calendar, *, extension: int = 0
) -> Reckoning:
    """The day by which something sent on `started_on` is to be answered.

    Raises OverflowError where the period leads beyond the year 9999.
    """
    day, left, paused = started_on, profile.days + extension, 0
    while left:
        day += DAY
        if profile.stops_in_recess and calendar.is_recess(day):
            paused += 1
        elif profile.unit == Unit.CALENDAR or calendar.is_working(day):
            left -= 1
    return Reckoning(
        started_on=started_on,
        days=profile.days,
        unit=Unit(profile.unit),
        extension=extension,
        paused=paused,
        counted_to=day,
        due_on=_end(day, profile, calendar) if profile.ends_on_working_day else day,
        source=profile.source,
    )


def _end(day: date, profile: LawProfile, calendar: Calendar) -> date:
    while not calendar.is_working(day) or (profile.stops_in_recess and calendar.is_recess(day)):
        day += DAY
    return day
