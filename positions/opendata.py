"""The open data of what we say: the columns of each table and its rows. Only what is public is
read."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core import clock
from core.opentables import CHUNK, Column, DataTable
from members.models import Authority
from positions import accounting
from positions.choices import Ending, Kind, PointResult, State, Verdict
from positions.models import AuthorityFigures, BoardDecision, Point, Position


def _figures() -> Iterator[tuple]:
    names = {each.pk: each for each in Authority.objects.all()}
    counts = [*Ending, *PointResult]
    ordered = AuthorityFigures.objects.order_by("authority_id", "year")
    for row in ordered.iterator(CHUNK):
        who = names.get(row.authority_id)
        yield (
            row.authority_id,
            who and who.name_hu,
            who and who.name_en,
            who and who.name_sl,
            row.year or None,
            row.submitted,
            *(getattr(row, count) for count in counts),
            row.median_days,
            row.points,
            row.consultations,
            row.measured,
            row.too_short,
            row.awaited,
            row.unpublished,
        )


def _positions() -> Iterator[tuple]:
    today, authorities = clock.today(), _names()
    about = _abouts()
    for dealing in accounting.dealings():
        position = about[dealing.position]
        yield (
            position.reference,
            position.title,
            position.kind,
            position.section.code,
            position.section.name_hu,
            position.status,
            dealing.authority,
            authorities[dealing.authority],
            dealing.sent_on,
            dealing.due_on,
            dealing.answered_on,
            dealing.days,
            dealing.ending(today).value,
            dealing.points,
            *(dealing.outcomes[result] for result in PointResult),
            _address(position),
        )


def _points() -> Iterator[tuple]:
    """Of each position submitted; the outcome once its evaluation is concluded."""
    about = _abouts()
    points = Point.objects.filter(version__in=Position.objects.public().values("current"))
    points = points.annotate(position=F("version__position"))
    for point in points.order_by("position", "number").iterator(CHUNK):
        position = about.get(point.position)
        if position is None:
            continue
        outcome = point.settled if position.evaluated_at else None
        yield (
            position.reference,
            point.number,
            point.text,
            outcome and outcome.result,
            _address(position),
        )


def _resolutions() -> Iterator[tuple]:
    about = _abouts()
    decisions = BoardDecision.objects.filter(position__in=Position.objects.public())
    for decision in decisions.order_by("year", "number").iterator(CHUNK):
        position = about.get(decision.position_id)
        if position is None:
            continue
        yield (
            decision.resolution,
            decision.year,
            decision.number,
            decision.decided_on,
            decision.verdict,
            position.reference,
            _address(position),
        )


def _names() -> dict[int, str]:
    return dict(Authority.objects.values_list("pk", "name_hu"))


def _abouts() -> dict[int, Position]:
    """What every table says of a position, without its texts."""
    facts = ("year", "number", "title", "kind", "status", "section__code", "section__name_hu")
    found = Position.objects.public().filter(submission__sent_on__isnull=False)
    return {each.pk: each for each in found.select_related("section").only(*facts).order_by()}


def _address(position: Position) -> str:
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("positions:position", args=[position.reference])


REFERENCE = Column("position", _("number the position is cited by"))
ADDRESS = Column("url", _("address of the position on the portal"))
AUTHORITY = Column("authority_id", _("number of the authority on the portal"), "integer")
ENDINGS = tuple(Column(ending.value, ending.label, "integer") for ending in Ending)
RESULTS = tuple(Column(result.value, result.label, "integer") for result in PointResult)

TABLES = {
    table.name: table
    for table in (
        DataTable(
            "figures",
            _("Figures of each authority and year"),
            (
                Column(
                    "authority_id",
                    _("number of the authority; empty: all of them together"),
                    "integer",
                ),
                Column("authority_hu", _("its name in Hungarian")),
                Column("authority_en", _("its name in English")),
                Column("authority_sl", _("its name in Slovenian")),
                Column("year", _("year of sending; empty: all years together"), "integer"),
                Column("submitted", _("positions submitted: the sum of the next six"), "integer"),
                *ENDINGS,
                *RESULTS,
                Column(
                    "median_days", _("median days from the sending to the first answer"), "number"
                ),
                Column("points", _("points asked for, with those not judged yet"), "integer"),
                Column("consultations", _("public consultations begun"), "integer"),
                Column("measured", _("of these, those for which a law sets a minimum"), "integer"),
                Column("too_short", _("of these, those shorter than the minimum"), "integer"),
                Column(
                    "awaited",
                    _("consultations whose summary should be public by now, or is"),
                    "integer",
                ),
                Column("unpublished", _("of these, those whose summary is not public"), "integer"),
            ),
            _figures,
        ),
        DataTable(
            "positions",
            _("Positions submitted"),
            (
                REFERENCE,
                Column("title", _("its title")),
                Column("kind", _("kind"), codes=tuple(Kind.values)),
                Column("section_code", _("code of the section")),
                Column("section", _("name of the section")),
                Column(
                    "status",
                    _("state"),
                    codes=tuple(sorted({*State.values[12:16], State.SUPERSEDED.value})),
                ),
                AUTHORITY,
                Column("authority", _("its name in Hungarian")),
                Column("sent_on", _("day it was sent"), "date"),
                Column(
                    "due_on", _("last day for the answer, with its extension; empty: none"), "date"
                ),
                Column(
                    "answered_on", _("day of the first answer that is not an interim one"), "date"
                ),
                Column("days", _("calendar days from the one to the other"), "integer"),
                Column("ending", _("how it ended"), codes=tuple(Ending.values)),
                Column("points", _("points asked for"), "integer"),
                *RESULTS,
                ADDRESS,
            ),
            _positions,
        ),
        DataTable(
            "points",
            _("Points and their outcome"),
            (
                REFERENCE,
                Column("number", _("number of the point"), "integer"),
                Column("text", _("what is asked for")),
                Column("result", _("outcome"), codes=tuple(PointResult.values)),
                ADDRESS,
            ),
            _points,
        ),
        DataTable(
            "resolutions",
            _("Resolutions of the board on them"),
            (
                Column("resolution", _("number it is cited by")),
                Column("year", _("its year"), "integer"),
                Column("number", _("its number in the year"), "integer"),
                Column("decided_on", _("day of the decision"), "date"),
                Column("verdict", _("decision"), codes=tuple(Verdict.values)),
                REFERENCE,
                ADDRESS,
            ),
            _resolutions,
        ),
    )
}
