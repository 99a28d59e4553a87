"""Positions and resolutions as harvesters get them, in the fifteen elements of Dublin Core.

A position is never taken back once it is public: one that was superseded stays, and says by what.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import clock
from core.localized import LANGUAGES
from core.shelves import Element, Shelf
from positions.choices import Kind
from positions.models import BoardDecision, Point, Position, PositionTranslation
from sections.models import Section

POSITION, RESOLUTION = "position", "resolution"


def public_resolutions() -> QuerySet[BoardDecision]:
    return BoardDecision.objects.visible_to(AnonymousUser())


def address_of(thing: Position | BoardDecision) -> str:
    """The permanent one, in the portal's first language."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + thing.get_absolute_url()


def _positions_told(positions: QuerySet[Position]) -> QuerySet[Position]:
    joined = positions.select_related(
        "section", "addressee", "submission", "successor__section", "current"
    )
    return joined.defer("current__body").prefetch_related(
        Prefetch("current__points", Point.objects.order_by("number")),
        "topics",
        "laws",
        "decisions",
        Prefetch("translations", PositionTranslation.objects.defer("body").order_by("language")),
    )


def _resolutions_told(decisions: QuerySet[BoardDecision]) -> QuerySet[BoardDecision]:
    return decisions.with_later_ones()


def _describe_position(position: Position) -> list[Element]:
    sent, successor = position.sent, position.successor
    public = successor if successor and successor.is_public else None
    points = [f"{point.number}. {point.text}" for point in position.current.points.all()]
    relations = [address_of(public)] if public else []
    relations += [_address_of_resolution(decision) for decision in position.decisions.all()]
    return [
        Element("title", position.title, settings.LANGUAGE_CODE),
        *(Element("title", each.title, each.language) for each in position.translations.all()),
        Element("creator", position.section.name_hu, settings.LANGUAGE_CODE),
        *(Element("subject", topic.name) for topic in position.topics.all()),
        *(Element("subject", law.citation) for law in position.laws.all()),
        *(Element("description", point, settings.LANGUAGE_CODE) for point in points),
        *_in_each_language("description", lambda: _state_in_words(position)),
        *_publisher(),
        Element("date", _day(sent.sent_on if sent and sent.sent_on else None, position)),
        Element("type", "Text"),
        *_in_each_language("type", position.get_kind_display),
        Element("format", "text/html"),
        Element("identifier", address_of(position)),
        Element("identifier", position.reference),
        Element("language", settings.LANGUAGE_CODE),
        *(Element("relation", relation) for relation in relations),
        Element("rights", settings.OPEN_DATA_LICENCE["path"]),
    ]


def _describe_resolution(decision: BoardDecision) -> list[Element]:
    position = decision.position
    public = position if position and position.is_public else None
    later = [each.source for each in decision.linked_by.all()]
    return [
        Element("title", decision.title, settings.LANGUAGE_CODE),
        *_in_each_language("creator", lambda: _("Board")),
        *([Element("description", decision.words, "hu")] if decision.words else []),
        *_in_each_language("description", decision.get_verdict_display),
        *_publisher(),
        Element("date", decision.decided_on.isoformat()),
        Element("type", "Text"),
        *_in_each_language("type", lambda: _("resolution of the board")),
        Element("format", "text/html"),
        Element("identifier", address_of(decision)),
        Element("identifier", decision.resolution),
        Element("language", settings.LANGUAGE_CODE),
        *([Element("relation", address_of(public))] if public else []),
        *(Element("relation", each.resolution) for each in later),
        Element("rights", settings.OPEN_DATA_LICENCE["path"]),
    ]


def _in_each_language(name: str, say) -> list[Element]:
    found = []
    for code in LANGUAGES:
        with override(code):
            found.append(Element(name, str(say()), code))
    return found


def _publisher() -> list[Element]:
    return _in_each_language("publisher", lambda: settings.SITE_NAME)


def _state_in_words(position: Position) -> str:
    words = {"state": position.get_status_display(), "addressee": position.addressee or "–"}
    return _("Addressee: %(addressee)s. State: %(state)s.") % words


def _day(sent_on, position: Position) -> str:
    return (sent_on or clock.day_of(position.published_at)).isoformat()


def _address_of_resolution(decision: BoardDecision) -> str:
    with override(settings.LANGUAGE_CODE):
        place = [decision.year, decision.number]
        return settings.SITE_URL + reverse("positions:resolution", args=place)


def _sets_of_position(position: Position) -> list[str]:
    section = f"section:{position.section.slug}"
    return [POSITION, f"{POSITION}:{position.kind}", "section", section]


def _sets_of_resolution(decision: BoardDecision) -> list[str]:
    if decision.position is None:
        return [RESOLUTION]
    return [RESOLUTION, "section", f"section:{decision.position.section.slug}"]


def _position_sets() -> list[tuple[str, str]]:
    kinds = [(f"{POSITION}:{kind.value}", str(kind.label)) for kind in Kind]
    sections = [(f"section:{each.slug}", each.name_hu) for each in Section.objects.all()]
    return [
        (POSITION, _("Positions submitted")),
        *kinds,
        ("section", _("By section")),
        *sections,
    ]


def _resolution_sets() -> list[tuple[str, str]]:
    return [(RESOLUTION, _("Resolutions of the board"))]


SHELVES = (
    Shelf(
        kind=POSITION,
        public=Position.objects.public,
        told=_positions_told,
        number=lambda position: position.reference,
        sets=_sets_of_position,
        describe=_describe_position,
        all_sets=_position_sets,
    ),
    Shelf(
        kind=RESOLUTION,
        public=public_resolutions,
        told=_resolutions_told,
        number=lambda decision: f"{RESOLUTION}-{decision.year}/{decision.number}",
        sets=_sets_of_resolution,
        describe=_describe_resolution,
        all_sets=_resolution_sets,
    ),
)
