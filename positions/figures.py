"""What was asked and what became of it, as the worker has counted it over what is public."""

from dataclasses import dataclass

from positions.models import AuthorityFigures


@dataclass(frozen=True)
class Figures:
    """Numbers of positions; `judged` and `accepted` are numbers of points."""

    submitted: int = 0
    answered: int = 0
    overdue: int = 0
    judged: int = 0
    accepted: int = 0

    @property
    def share_accepted(self) -> int | None:
        """In whole percent of the points with an outcome; None before the first one."""
        return round(100 * self.accepted / self.judged) if self.judged else None


def public_figures() -> Figures:
    """In one query of one row. Outcomes count once their evaluation is concluded."""
    row = AuthorityFigures.objects.of_everybody().of_all_years().first()
    if row is None:
        return Figures()
    return Figures(row.submitted, row.answered, row.overdue, row.judged, row.accepted)
