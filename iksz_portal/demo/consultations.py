"""What the fictional authorities ask: received, short of time, being answered, answered with a
summary, let go."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from core import clock
from core.files import kind_of
from core.workflow import CLOCK
from iksz_portal.demo import ways
from iksz_portal.demo.calendar import Story
from iksz_portal.demo.cast import Cast
from iksz_portal.demo.piece import Piece
from iksz_portal.demo.texts import Text
from positions import attaching
from positions.choices import (
    Confidentiality,
    ConsultationAction,
    ConsultationKind,
    Kind,
    PointResult,
    ProfileKind,
)
from positions.consulting import CONSULTATIONS, record
from positions.models import Consultation, LawProfile

STATISTICS = Text(
    Kind.OPINION,
    "vélemény a kitalált statisztikai rendelettervezetről",
    (
        "A tervezet a mintakönyvtáraktól olyan adatot is kér, amelyet ma senki sem gyűjt.",
        "Kérjük, hogy az adatgyűjtés csak egy év felkészülés után induljon.",
    ),
    ("Legyen egy év felkészülési idő.", "A kérdőív rövidebb legyen."),
    topics=("Statisztika",),
)
DEPOSIT = Text(
    Kind.OPINION,
    "vélemény a kitalált kötelespéldány-tervezetről",
    ("A mintakönyvtárak a tervezet céljával egyetértenek, a határidőit rövidnek tartják.",),
    ("A beszolgáltatás határideje harminc nap legyen.",),
)
DRAFT = """KITALÁLT TERVEZET, a portál kipróbálásához

1. § A mintakönyvtár olvasóterme hetente legalább harminc órát tart nyitva.
2. § A nyitvatartást a mintakönyvtár a bejáratnál és a honlapján közli.
3. § Ez a kitalált rendelet a kihirdetését követő hatvanadik napon lépne hatályba.
"""


def just_received(cast: Cast) -> Story:
    """A draft under the law's eight days, sent along as a file, which nobody has assigned yet."""
    thing = _record(
        cast,
        title="Minta: törvénytervezet az olvasótermekről (kitalált)",
        kind=ConsultationKind.DRAFT_LAW,
        law_profile=_eight_days(),
        text="Kitalált tervezet a portál kipróbálásához: az olvasótermek nyitvatartásáról szólna.",
        link="https://example.org/minta/olvasotermek",
    )
    upload = ContentFile(DRAFT.encode(), name="kitalalt-tervezet.txt")
    attaching.attach_to_consultation(
        consultation=thing,
        by=cast.staff,
        upload=upload,
        kind=kind_of(upload, upload.name),
        title="A kitalált tervezet szövege",
    )
    yield 0


def short_of_time(cast: Cast) -> Story:
    """Less time than the law asks; with the section, which has not decided yet."""
    thing = _record(
        cast,
        title="Minta: rendelettervezet a postaköltségről (kitalált)",
        law_profile=_eight_days(),
        due_on=ways.in_days(5),
        text="Kitalált tervezet, amelyre a kitalált minisztérium csak öt napot adott.",
        link="https://example.org/minta/postakoltseg",
    )
    yield 0
    _assign(thing, cast)
    yield 0


def being_answered(cast: Cast) -> Story:
    """For its section and the board only; a position on it is a draft."""
    thing = _record(
        cast,
        title="Minta: rendelettervezet a kötelespéldányról (kitalált)",
        confidentiality=Confidentiality.SECTIONS,
        due_on=ways.in_days(38),
        text="Kitalált, még nem nyilvános tervezet: csak az érintett tagozat és az elnökség látja.",
    )
    yield 1
    _assign(thing, cast)
    yield 2
    Piece(cast, DEPOSIT, by=cast.coordinator, answers=thing)
    yield 0


def left_alone(cast: Cast) -> Story:
    """The section takes it up once more, and then lets it go for good."""
    thing = _record(
        cast,
        title="Minta: véleménykérés a városi díszkivilágításról (kitalált)",
        kind=ConsultationKind.CALL,
        authority=cast.town,
        confidentiality=Confidentiality.MEMBERS,
        due_on=ways.in_days(15),
        text="Kitalált megkeresés, amely nem könyvtári ügy.",
    )
    yield 1
    _assign(thing, cast)
    yield 2
    _let_go(thing, cast, "Nem könyvtári ügy, a tagozatnak nincs róla mondanivalója.")
    yield 1
    _move(thing, ConsultationAction.TAKE_UP, cast.coordinator, section=cast.section)
    yield 3
    _let_go(thing, cast, "A könyvtár épületét sem érinti, erről érdeklődtünk.")
    yield 0


def answered_in_time(cast: Cast) -> Story:
    """The authority gives more time, the position arrives, the summary is published."""
    thing = _record(
        cast,
        title="Minta: rendelettervezet a könyvtári statisztikáról (kitalált)",
        law_profile=_eight_days(),
        due_on=ways.in_days(45),
        text="Kitalált tervezet a könyvtári adatgyűjtésről.",
        link="https://example.org/minta/statisztika",
    )
    yield 0
    _assign(thing, cast)
    yield 1
    piece = Piece(cast, STATISTICS, by=cast.coordinator, answers=thing)
    yield 0
    note = "A kitalált minisztérium két héttel meghosszabbította a véleményezést."
    _move(thing, ConsultationAction.CHANGE_DUE, cast.staff, note, due_on=ways.in_days(59))
    yield from ways.sent(piece, "MINTA/7/kitalált")
    _move(thing, ConsultationAction.ANSWER, CLOCK)
    yield from ways.answered(piece, "Kitalált válasz: a felkészülési időt elfogadjuk.")
    outcomes = [(PointResult.ACCEPTED, "Egy év lesz."), (PointResult.REJECTED, "Nem rövidül.")]
    yield from ways.evaluated(piece, outcomes)
    _summary(thing, cast, clock.today())
    yield 1
    _move(thing, ConsultationAction.CLOSE, cast.staff)
    yield 0


def _record(cast: Cast, **facts: Any) -> Consultation:
    facts = {
        "kind": ConsultationKind.DRAFT_DECREE,
        "authority": cast.authority,
        "confidentiality": Confidentiality.PUBLIC,
        "received_on": clock.today(),
        **facts,
    }
    return record(consultation=Consultation(**facts), by=cast.staff)


def _move(thing: Consultation, action: ConsultationAction, by: Any, note: str = "", **details: Any):
    CONSULTATIONS.perform(action, thing, by=by, note=note, **details)


def _assign(thing: Consultation, cast: Cast) -> None:
    _move(thing, ConsultationAction.ASSIGN, cast.staff, sections=[cast.section])


def _let_go(thing: Consultation, cast: Cast, note: str) -> None:
    _move(thing, ConsultationAction.PASS, cast.coordinator, note, section=cast.section)


def _summary(thing: Consultation, cast: Cast, day: date) -> None:
    _move(
        thing,
        ConsultationAction.RECORD_SUMMARY,
        cast.staff,
        published_on=day,
        link="https://example.org/minta/osszefoglalo",
        text="Kitalált összefoglaló: hat vélemény érkezett, egy javaslatot fogadtak el.",
    )


def _eight_days() -> LawProfile | None:
    profiles = LawProfile.objects.current().filter(kind=ProfileKind.CONSULTATION)
    return profiles.order_by("days", "pk").first()


STORIES: dict[Callable[[Cast], Story], int] = {
    answered_in_time: 135,
    left_alone: 30,
    being_answered: 12,
    short_of_time: 3,
    just_received: 1,
}
