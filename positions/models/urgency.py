"""What presses on a position before the board: the day of its decision or the authority's last day,
whichever is nearer. Once it has left the board's review, the day set there says nothing."""

from datetime import date
from typing import Any

from django.db.models import Case, F, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Least

from positions.choices import State


def nearest_first() -> OrderBy:
    """Those without a day last."""
    decided = Case(When(status=State.BOARD_REVIEW, then="decide_on"))
    limit = F("authority_deadline")
    return Least(Coalesce(decided, limit), Coalesce(limit, decided)).asc(nulls_last=True)


def day_of_decision(position: Any) -> date | None:
    return position.decide_on if position.status == State.BOARD_REVIEW else None


def nearest_day(position: Any) -> date | None:
    days = (day_of_decision(position), position.authority_deadline)
    return min((day for day in days if day), default=None)
