"""What goes to and fro with the (fictional) authority: calls, letters, answers, promises."""

from datetime import date

from core import clock
from iksz_portal.demo import texts, ways
from iksz_portal.demo.calendar import Story
from iksz_portal.demo.cast import Cast
from iksz_portal.demo.piece import Piece
from positions import corresponding, lettering, promising
from positions.choices import (
    Action,
    Direction,
    LetterKind,
    Medium,
    PointResult,
    ProfileKind,
    PromiseState,
)
from positions.models import LawProfile, Message, Promise

NAMED = (
    "Ügyintéző: Kitalált Kálmán főosztályvezető, telefon: 00/000-0000.\n\n"
    "A térítés jövőre megkezdődik, a forgalom figyelembevételével."
)
REDACTED = (
    "Ügyintéző: […], telefon: […].\n\nA térítés jövőre megkezdődik, a forgalom figyelembevételével."
)


def log(piece: Piece, direction: Direction, medium: Medium, text: str, **facts) -> Message:
    return corresponding.log_message(
        position=piece.position,
        by=piece.cast.coordinator,
        direction=direction,
        medium=medium,
        received_on=clock.today(),
        text=text,
        **facts,
    )


def write(piece: Piece, kind: LetterKind, *, by_law: bool, due_on: date | None = None) -> Message:
    """As its template begins it; the files are made at once."""
    begun = lettering.begin(piece.position, kind, language="hu")
    profiles = LawProfile.objects.current().filter(kind=ProfileKind.INFORMATION)
    message = corresponding.write_letter(
        position=piece.position,
        by=piece.cast.coordinator,
        kind=kind,
        language=begun.language,
        subject=begun.subject,
        text=begun.body,
        medium=Medium.LETTER,
        received_on=clock.today(),
        law_profile=profiles.first() if by_law else None,
        due_on=due_on,
    )
    piece.made(message.package)
    return message


def reminded(piece: Piece) -> Story:
    """Overdue: a call that settled nothing, a reminder, then a request for information."""
    call = "Telefonon (kitalált) azt mondták, hogy az ügy folyamatban van; határidőt nem ígértek."
    log(piece, Direction.FROM, Medium.PHONE, call)
    yield 1
    day = clock.days_after(clock.today(), 8)
    write(piece, LetterKind.REMINDER, by_law=False, due_on=day)
    yield 9
    write(piece, LetterKind.REQUEST, by_law=True)
    yield 1
    question = "A minisztérium (kitalált) az adatigénylés pontosítását kéri."
    due = clock.days_after(clock.today(), 7)
    log(piece, Direction.FROM, Medium.EMAIL, question, due_on=due, file_number="MINTA/7-1/kitalált")


def unanswered(cast: Cast) -> Story:
    """No answer came in time; one point went into the law all the same."""
    piece = Piece(cast, texts.RETURN_BOXES, by=cast.representatives[6])
    yield 2
    yield from ways.sent(piece, "MINTA/3/kitalált")
    yield 40
    piece.move(Action.RECORD_SILENCE, note="A határidő válasz nélkül telt el.")
    law = {"law_before": texts.BOXES_BEFORE, "law_after": texts.BOXES_AFTER}
    piece.outcome(1, PointResult.ENACTED, "Válasz nélkül került be a mintarendeletbe.", **law)
    piece.outcome(2, PointResult.NO_ANSWER)
    yield 1
    piece.move(Action.EVALUATE)


def published(piece: Piece) -> None:
    """The answer, with the names taken out of it."""
    message = piece.position.submission.messages.answers().latest("pk")
    corresponding.publish_answer(
        message=message, by=piece.cast.coordinator, seen=message.step, text=REDACTED
    )


def promised(piece: Piece, text: str, *, days: int) -> Promise:
    return promising.add_promise(
        position=piece.position,
        by=piece.cast.coordinator,
        text=text,
        due_on=clock.days_after(clock.today(), days),
        message=piece.position.submission.messages.answers().latest("pk"),
    )


def kept(piece: Piece, promise: Promise, note: str) -> None:
    promising.judge_promise(
        promise=promise,
        by=piece.cast.coordinator,
        seen=promise.state,
        state=PromiseState.KEPT,
        note=note,
    )
