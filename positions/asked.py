"""What the board has asked for: its last resolution, and what it said of single points."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONArray

from core.aggregates import Gathered
from positions.choices import State, Verdict
from positions.models import BoardDecision, Point, PointReason, Position

SENT_BACK = frozenset({Verdict.RETURNED, Verdict.CHANGED})
"""After these the section works on the text again, if it does not agree to the changes."""


def last_asked(position: Position) -> BoardDecision | None:
    """The resolution that the text is being reworked for, with its reasons point by point."""
    if position.forwarded_at is None or position.status != State.CONSOLIDATION:
        return None
    found = position.decisions.prefetch_related("point_reasons__point")
    last = found.order_by("-recorded_at", "-pk").first()
    return last if last and last.verdict in SENT_BACK else None


def point_rows() -> Subquery:
    """For a query of electors: what was said of single points with the resolution of their ballot,
    as number and words of the point and what was said."""
    said = PointReason.objects.filter(decision__ballot=OuterRef("ballot")).order_by()
    row = JSONArray("point__number", "point__text", "text")
    return Subquery(said.values("decision").values(rows=Gathered(row)))


def read(decisions: list[BoardDecision]) -> dict[str, str]:
    """What the board last said of points, by the words of the point: where they are as they were,
    it stands beside them. Sets `on_points` on each resolution from its `point_rows`."""
    for decision in decisions:
        decision.on_points = [
            PointReason(point=Point(number=number, text=words), text=text)
            for number, words, text in sorted(decision.point_rows or [])
        ]
    return {each.point.text: each.text for each in decisions[0].on_points} if decisions else {}
