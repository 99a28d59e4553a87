"""The kept figures as pages tell them: shares with what they are shares of, tables, charts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.charts import Bar
from positions.choices import Ending, PointResult
from positions.models import AuthorityFigures

LEAST_FOR_PER_CENT = 5
NOTHING = "–"
ENDING_TONES = {
    Ending.IN_TIME: "good",
    Ending.LATE: "fair",
    Ending.UNBOUND: "info",
    Ending.OVERDUE: "bad",
    Ending.PENDING: "open",
    Ending.SET_ASIDE: "aside",
}
RESULT_TONES = {
    PointResult.ACCEPTED: "good",
    PointResult.PARTLY: "fair",
    PointResult.REJECTED: "bad",
    PointResult.NO_ANSWER: "open",
    PointResult.ENACTED: "info",
}
STATUS_TONES = {
    Ending.IN_TIME: "done",
    Ending.LATE: "waiting",
    Ending.UNBOUND: "info",
    Ending.OVERDUE: "refused",
    Ending.PENDING: "waiting",
    Ending.SET_ASIDE: "neutral",
}
Named = Callable[[AuthorityFigures], tuple[str, str]]
"""The name of a row and where it leads."""


@dataclass(frozen=True)
class Row:
    label: str
    url: str
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A table of figures, and the chart that draws its numbers."""

    id: str
    title: str
    chart_title: str
    first: str
    columns: Sequence[str | Promise]
    rows: list[Row]
    legend: list[tuple[str, str | Promise]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


def share(part: int, whole: int) -> str:
    """In per cent with what it is of; of fewer than five only the numbers: one more or less would
    change it by a fifth."""
    if not whole:
        return NOTHING
    numbers = {"part": part, "whole": whole}
    if whole < LEAST_FOR_PER_CENT:
        return _("%(part)d of %(whole)d") % numbers
    percent = round(100 * part / whole)
    return _("%(percent)d%% (%(part)d of %(whole)d)") % {"percent": percent, **numbers}


def tables(rows: Iterable[AuthorityFigures], *, name: str, first: str, named: Named) -> list[Table]:
    """Answers, points and consultations of the same authorities or years."""
    rows = list(rows)
    answered = [row for row in rows if row.submitted]
    heard = [row for row in rows if row.consultations]
    made = []
    if answered:
        made += [_answers(answered, name, first, named), _points(answered, name, first, named)]
    if heard:
        made.append(_consultations(heard, name, first, named))
    return made


def _answers(rows, name, first, named) -> Table:
    return Table(
        id=f"answers-{name}",
        title=_("Answers"),
        chart_title=_("Positions submitted, by what came of them"),
        first=first,
        columns=[
            _("submitted"),
            *(ending.label for ending in Ending),
            _("share answered in time"),
            _("median days to the answer"),
        ],
        rows=[
            _row(
                row,
                named,
                row.submitted,
                *(getattr(row, ending) for ending in Ending),
                share(row.in_time, row.bound),
                _median(row),
            )
            for row in rows
        ],
        legend=[(tone, ending.label) for ending, tone in ENDING_TONES.items()],
        bars=[_bar(row, named, [getattr(row, each) for each in ENDING_TONES]) for row in rows],
    )


def _points(rows, name, first, named) -> Table:
    open_label = pgettext("of points", "not judged yet")
    return Table(
        id=f"points-{name}",
        title=_("Points asked for"),
        chart_title=_("Points asked for, by their outcome"),
        first=first,
        columns=[
            _("points"),
            *(result.label for result in PointResult),
            open_label,
            _("share accepted"),
        ],
        rows=[
            _row(
                row,
                named,
                row.points,
                *(getattr(row, result) for result in PointResult),
                _unjudged(row),
                share(row.accepted, row.judged),
            )
            for row in rows
        ],
        legend=[
            *((tone, each.label) for each, tone in RESULT_TONES.items()),
            ("aside", open_label),
        ],
        bars=[
            _bar(row, named, [*(getattr(row, each) for each in RESULT_TONES), _unjudged(row)])
            for row in rows
        ],
    )


def _consultations(rows, name, first, named) -> Table:
    return Table(
        id=f"consultations-{name}",
        title=_("Consultations of the authorities"),
        chart_title="",
        first=first,
        columns=[
            _("consultations"),
            _("shorter than the law's minimum"),
            _("summaries not published"),
        ],
        rows=[
            _row(
                row,
                named,
                row.consultations,
                share(row.too_short, row.measured),
                share(row.unpublished, row.awaited),
            )
            for row in rows
        ],
    )


def _row(row, named, *cells) -> Row:
    label, url = named(row)
    return Row(label, url, [str(cell) for cell in cells])


def _bar(row, named, numbers) -> Bar:
    label, _url = named(row)
    return Bar(label, numbers)


def _unjudged(row) -> int:
    return row.points - row.judged


def _median(row) -> str:
    if row.median_days is None:
        return NOTHING
    days = row.median_days
    shown = int(days) if days == int(days) else days
    return _("%(days)s (n = %(answered)d)") % {"days": shown, "answered": row.answered}


def strip(row: AuthorityFigures) -> list[tuple[Any, Any, str]]:
    """The few figures that a page opens with."""
    return [
        (row.submitted, _("positions submitted"), "plain"),
        (_short(row.in_time, row.bound), _of(_("answered in time"), row.bound), "done"),
        (row.overdue, _("not answered, overdue"), "waiting" if row.overdue else "plain"),
        (_short(row.accepted, row.judged), _of(_("of the points accepted"), row.judged), "done"),
    ]


def _short(part, whole) -> str:
    if whole < LEAST_FOR_PER_CENT:
        return share(part, whole)
    return _("%(share)s%%") % {"share": round(100 * part / whole)}


def _of(label, whole) -> str:
    """The number in one piece, wherever the line breaks."""
    return f"{label} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{whole})"
