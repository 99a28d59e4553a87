"""What was asked and what became of it, counted over what is public."""

from dataclasses import dataclass

from django.db.models import Count, Q

from core import clock
from positions.choices import MessageKind, PointResult, State
from positions.models import Position


@dataclass(frozen=True)
class Figures:
    """Numbers of positions; `judged` and `accepted` are numbers of points."""

    submitted: int
    answered: int
    overdue: int
    judged: int
    accepted: int

    @property
    def share_accepted(self) -> int | None:
        """In whole percent of the points with an outcome; None before the first one."""
        return round(100 * self.accepted / self.judged) if self.judged else None


def public_figures() -> Figures:
    """In one query. Outcomes count once their evaluation is concluded."""
    answer = Q(submission__messages__kind=MessageKind.ANSWER)
    judged = Q(current__points__outcome__isnull=False) & ~Q(status=State.ANSWERED)
    accepted = judged & Q(current__points__outcome__result=PointResult.ACCEPTED)
    late = Q(status=State.SUBMITTED, submission__due_on__lt=clock.today())
    counted = Position.objects.public().aggregate(
        submitted=Count("pk", distinct=True),
        answered=Count("pk", filter=answer, distinct=True),
        overdue=Count("pk", filter=late, distinct=True),
        judged=Count("current__points", filter=judged, distinct=True),
        accepted=Count("current__points", filter=accepted, distinct=True),
    )
    return Figures(**counted)
