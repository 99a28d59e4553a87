"""What became of the points, recorded as a whole: nobody saves over what they have not seen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from core.workflow import lock
from positions import actions
from positions.models import Point, PointOutcome, Position

FACTS = ("result", "reason", "source", "law_before", "law_after")


class OutcomesMoved(Exception):
    """Somebody else recorded outcomes meanwhile (409, both are shown)."""


def told_of(point: Point) -> dict[str, str]:
    return {name: getattr(point.settled, name, "") for name in FACTS}


def fingerprint(points: Iterable[Point]) -> str:
    """Of all that is recorded on them now, for the form to say what it was begun on."""
    facts = [[point.number, told_of(point)] for point in points]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


@transaction.atomic
def record_matrix(
    *, position: Position, by: Any, seen: str, told: Mapping[int, Mapping[str, Any]]
) -> list[PointOutcome]:
    """What is told of the points, by their numbers: all of it or nothing."""
    position = lock(position)
    points = list(Point.objects.filter(version=position.current_id).order_by("number"))
    if fingerprint(points) != seen:
        raise OutcomesMoved
    return [
        actions.record_outcome(point=point, by=by, **told[point.number])
        for point in points
        if point.number in told
    ]
