"""What we say and what became of it: positions, resolutions, topics, authorities' figures."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Path, Query
from pydantic import WithJsonSchema

from core import richtext
from core.models import PublicRecord
from core.problems import Refused
from iksz_portal.api import schemas
from iksz_portal.api.directory import Cursor, Limit, SectionCode, on_the_portal, word
from iksz_portal.api.paging import USUAL, page
from iksz_portal.api.service import reading
from members.choices import AuthorityKind
from members.models import Authority
from positions import harvested, policy
from positions.choices import Ending, Kind, MessageKind, PointResult, State, Verdict
from positions.models import (
    AuthorityFigures,
    BoardDecision,
    Message,
    Point,
    Position,
    Topic,
)
from positions.translated import title_of

LARGEST = 2**31 - 1
MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})([Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2}))", re.ASCII
)
TopicKey = Annotated[int | None, Query(ge=1, le=LARGEST, description=_("number of a topic"))]
AuthorityKey = Annotated[
    int | None, Query(ge=1, le=LARGEST, description=_("number of an authority"))
]
Year = Annotated[int | None, Query(ge=1900, le=9999, description=_("a year"))]
Since = Annotated[
    Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})] | None,
    Query(description=_("only what has changed since this moment")),
]
Key = Annotated[int, Path(ge=1, le=LARGEST, description=_("its number on the portal"))]


def _moment(text: str) -> datetime:
    told = gettext("This is no moment such as 2026-11-22T12:00:00Z.")
    refused = Refused(told, errors=[{"parameter": "changed_since", "message": told}])
    if not MOMENT.fullmatch(text):
        raise refused
    try:
        return datetime.fromisoformat(text.upper().replace(" ", "T")).astimezone(UTC)
    except (ValueError, OverflowError):
        raise refused from None


def _records(kind: str) -> QuerySet[PublicRecord]:
    return PublicRecord.objects.filter(kind=kind, of=OuterRef("pk"))


def _changed_since(found: Any, kind: str, since: str | None) -> Any:
    if since is None:
        return found
    return found.filter(Exists(_records(kind).since(_moment(since))))


# Positions -------------------------------------------------------------------------------------


def _positions() -> QuerySet[Position]:
    answers = Message.objects.filter(
        kind=MessageKind.ANSWER, submission__position=OuterRef("pk")
    ).order_by()
    first = answers.values("submission").annotate(day=Min("received_on")).values("day")
    return (
        Position.objects.public()
        .with_titles()
        .select_related("section", "addressee", "submission", "successor__section", "current")
        .prefetch_related(
            Prefetch("current__points", Point.objects.order_by("number")),
            "topics",
            "laws",
            "decisions",
        )
        .annotate(
            answered_on=Subquery(first),
            changed_at=Subquery(_records(harvested.POSITION).values("changed_at")),
        )
    )


def _position(position: Any) -> dict[str, Any]:
    sent, authority, title = position.sent, position.addressee, title_of(position)
    sent = sent if sent and sent.sent_on else None
    after = position.successor
    return {
        "reference": position.reference,
        "title": title.words,
        "title_language": title.language,
        "kind": word(Kind(position.kind)),
        "section": position.section.code,
        "state": word(State(position.status)),
        "state_since": position.status_since,
        "public_since": position.published_at,
        "changed_at": position.changed_at,
        "authority": authority and {"id": authority.pk, "name": str(authority)},
        "sent_on": sent and sent.sent_on,
        "due_on": sent and sent.due_on,
        "answered_on": position.answered_on,
        "points": _points(position),
        "topics": [{"id": each.pk, "name": each.name} for each in position.topics.all()],
        "laws": [law.citation for law in position.laws.all()],
        "resolutions": [each.resolution for each in position.decisions.all()],
        "result": position.result,
        "superseded_by": after.reference if after and after.is_public else None,
        "url": on_the_portal(position),
    }


def _points(position: Position) -> list[dict[str, Any]]:
    told = policy.outcomes_are_told(position, inside=False)
    return [
        {
            "number": point.number,
            "text": point.text,
            "outcome": word(PointResult(point.settled.result)) if told and point.settled else None,
        }
        for point in position.current.points.all()
    ]


@reading(
    "/positions",
    schemas.Page[schemas.PositionInList],
    _("Positions submitted, with their points and outcomes"),
)
def positions(
    request,
    section: SectionCode = None,
    kind: Annotated[Kind | None, Query(description=_("kind of the position"))] = None,
    state: Annotated[State | None, Query(description=_("state of the position"))] = None,
    year: Year = None,
    topic: TopicKey = None,
    authority: AuthorityKey = None,
    changed_since: Since = None,
    limit: Limit = USUAL,
    cursor: Cursor = None,
):
    narrowed = {
        "section__code": section,
        "kind": kind,
        "status": state,
        "year": year,
        "topics": topic,
        "addressee": authority,
    }
    found = _positions().defer("current__body")
    found = found.filter(**{field: value for field, value in narrowed.items() if value})
    found = _changed_since(found, harvested.POSITION, changed_since)
    return page(request, found, _position, cursor=cursor, limit=limit)


@reading("/positions/{series}/{number}", schemas.Position, _("One position with its text"))
def position(
    request,
    series: Annotated[
        str,
        Path(pattern=r"^[A-Za-z0-9]{1,6}-[0-9]{4}$", description=_("section and year: MT-2026")),
    ],
    number: Annotated[str, Path(pattern=r"^[0-9]{3,9}$", description=_("number in the year: 014"))],
):
    code, _dash, year = series.partition("-")
    found = _positions().cited_as(code, int(year), int(number))
    position = get_object_or_404(found)
    text = position.current
    return _position(position) | {
        "version": text.number,
        "text": richtext.clean(text.body),
        "fingerprint": text.fingerprint,
    }


# Resolutions -----------------------------------------------------------------------------------


def _resolutions() -> QuerySet[BoardDecision]:
    noted = _records(harvested.RESOLUTION).values("changed_at")
    found = harvested.public_resolutions().with_later_ones()
    return found.annotate(changed_at=Subquery(noted))


def _resolution(decision: Any) -> dict[str, Any]:
    revoked = decision.revoked_by
    return {
        "reference": decision.resolution,
        "year": decision.year,
        "number": decision.number,
        "title": decision.title,
        "verdict": word(Verdict(decision.verdict)),
        "decided_on": decision.decided_on,
        "position": decision.about or None,
        "words": decision.words,
        "revoked_by": revoked.resolution if revoked else None,
        "amended_by": [each.resolution for each in decision.amended_by],
        "changed_at": decision.changed_at,
        "url": on_the_portal(decision),
    }


@reading(
    "/resolutions", schemas.Page[schemas.Resolution], _("Resolutions of the board that are public")
)
def resolutions(
    request,
    year: Year = None,
    verdict: Annotated[Verdict | None, Query(description=_("the decision"))] = None,
    section: SectionCode = None,
    changed_since: Since = None,
    limit: Limit = USUAL,
    cursor: Cursor = None,
):
    narrowed = {"year": year, "verdict": verdict, "position__section__code": section}
    found = _resolutions().filter(**{field: each for field, each in narrowed.items() if each})
    found = _changed_since(found, harvested.RESOLUTION, changed_since)
    return page(request, found, _resolution, cursor=cursor, limit=limit)


@reading("/resolutions/{year}/{number}", schemas.Resolution, _("One resolution"))
def resolution(
    request,
    year: Annotated[int, Path(ge=1900, le=9999, description=_("its year"))],
    number: Annotated[int, Path(ge=1, le=LARGEST, description=_("its number in the year"))],
):
    return _resolution(get_object_or_404(_resolutions().cited_as(year, number)))


# Topics ----------------------------------------------------------------------------------------


def _topics() -> QuerySet[Topic]:
    """Those of a public position: a draft's would tell what is being written."""
    public = Q(positions__published_at__isnull=False)
    counted = Topic.objects.annotate(public=Count("positions", filter=public))
    return counted.filter(public__gt=0)


def _topic(topic: Any) -> dict[str, Any]:
    return {"id": topic.pk, "name": topic.name, "positions": topic.public}


@reading("/topics", schemas.Page[schemas.Topic], _("Topics of public positions"))
def topics(request, limit: Limit = USUAL, cursor: Cursor = None):
    return page(request, _topics(), _topic, cursor=cursor, limit=limit)


@reading("/topics/{key}", schemas.Topic, _("One topic"))
def topic(request, key: Key):
    return _topic(get_object_or_404(_topics(), pk=key))


# Authorities -----------------------------------------------------------------------------------


def _authorities() -> QuerySet[Authority]:
    """Those something public was submitted to; the figures are counted over what is public."""
    figures = AuthorityFigures.objects.order_by("year")
    counted = Authority.objects.filter(Exists(figures.filter(authority=OuterRef("pk")).order_by()))
    return counted.prefetch_related(Prefetch("figures", figures))


def _authority(authority: Any) -> dict[str, Any]:
    return {
        "id": authority.pk,
        "name": str(authority),
        "kind": word(AuthorityKind(authority.kind)),
        "figures": [_figures(row) for row in authority.figures.all()],
        "url": settings.SITE_URL + reverse("positions:authority", args=[authority.pk]),
    }


def _figures(row: AuthorityFigures) -> dict[str, Any]:
    return {
        "year": row.year or None,
        "submitted": row.submitted,
        "endings": {ending.value: getattr(row, ending) for ending in Ending},
        "points": row.points,
        "outcomes": {result.value: getattr(row, result) for result in PointResult},
        "median_days": row.median_days,
    }


@reading("/authorities", schemas.Page[schemas.Authority], _("Authorities, and how they answered"))
def authorities(request, limit: Limit = USUAL, cursor: Cursor = None):
    return page(request, _authorities(), _authority, cursor=cursor, limit=limit)


@reading("/authorities/{key}", schemas.Authority, _("One authority"))
def authority(request, key: Key):
    return _authority(get_object_or_404(_authorities(), pk=key))
