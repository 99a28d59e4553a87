"""Stretches of the way that several stories share, each from state to state."""

from collections.abc import Sequence
from dataclasses import asdict

from core import clock
from iksz_portal.demo import amendments
from iksz_portal.demo.calendar import Story
from iksz_portal.demo.piece import Piece
from positions import lettering
from positions.choices import Action, AnswerClass, Channel, LetterKind, PointResult, ProfileKind
from positions.models import LawProfile

ALL_YES = "yyyyyyyyy"
SIGNATORY = "Elnöki Etelka elnök"
COVER_NOTE = "A tagozat a szöveget határozatképes szavazáson fogadta el; kérjük a benyújtását."


def in_days(days: int):
    return clock.days_after(clock.today(), days)


def consulted(piece: Piece, *, days: int = 10) -> Story:
    """draft → consultation → consolidation, closed by the clock."""
    piece.move(Action.OPEN_CONSULTATION, closes_on=in_days(days))
    yield 3
    piece.comment(1, "Egyetértünk; a második mondatot rövidebben írnánk.", paragraph=1)
    yield 2
    piece.comment(4, "Kérjük, szerepeljen a forrás éve is.")
    yield piece.position.comments_close_at
    piece.by_the_clock(Action.CLOSE_CONSULTATION)
    yield 1


def voted(
    piece: Piece,
    pattern: str = ALL_YES,
    *,
    reason: str = "",
    on_amendments: Sequence[str] = (),
) -> Story:
    """consolidation → section vote → adopted or not: at once if all have voted, else in time."""
    piece.move(Action.OPEN_VOTE, closes_on=in_days(7))
    for number, votes in enumerate(on_amendments, start=1):
        amendments.votes(piece, number, votes)
    yield from _cast(piece, pattern, reason)


def voted_again(piece: Piece, pattern: str) -> Story:
    piece.move(Action.REPEAT_VOTE, closes_on=in_days(5))
    yield from _cast(piece, pattern, "")


def _cast(piece: Piece, pattern: str, reason: str) -> Story:
    yield 1
    piece.votes(f"{pattern[:5]}....", reason=reason)
    yield 2
    piece.votes(f".....{pattern[5:]}", reason=reason)
    if "." in pattern:
        yield piece.position.section_ballot.closes_at
        piece.by_the_clock(Action.CLOSE_VOTE)
    else:
        yield 0
        piece.move(Action.CLOSE_VOTE)
    yield 1


def adopted(piece: Piece, pattern: str = ALL_YES, *, reason: str = "") -> Story:
    """draft → … → adopted."""
    yield from consulted(piece)
    yield from voted(piece, pattern, reason=reason)


def before_the_board(piece: Piece, *, authority_days: int | None = None, days: int = 8) -> Story:
    """adopted → forwarded → board review."""
    forward(piece, authority_days=authority_days)
    yield 1
    piece.move(Action.TAKE_UP, piece.cast.secretary, decide_on=in_days(days))
    yield 2


def forward(piece: Piece, *, authority_days: int | None = None, burden: str = "") -> None:
    piece.move(
        Action.FORWARD,
        cover_note=COVER_NOTE,
        burden=burden,
        signatory=SIGNATORY,
        addressee=piece.cast.authority,
        authority_deadline=in_days(authority_days) if authority_days else None,
    )


def accepted(piece: Piece, pattern: str = "yyoya.") -> Story:
    """board review → accepted."""
    piece.board_votes(pattern)
    yield 1
    piece.decide(Action.ACCEPT, "Az elnökség a szöveggel egyetért.")
    yield 1


def prepare(piece: Piece, *, bound: bool = True) -> None:
    profile = _answer_profile() if bound else None
    piece.move(
        Action.PREPARE_SUBMISSION,
        addressee=piece.cast.authority,
        signatory=SIGNATORY,
        channel=Channel.OFFICE_GATE,
        law_profile=profile,
        **cover_letter(piece, language="hu"),
    )
    piece.packed()


def cover_letter(piece: Piece, *, language: str) -> dict[str, str]:
    """As its template begins it; the coordinator leaves it so."""
    kind = LetterKind.COVER
    letter = lettering.begin(piece.position, kind, language=language, signatory=SIGNATORY)
    return {f"letter_{name}": word for name, word in asdict(letter).items()}


def submitted(piece: Piece, file_number: str, *, bound: bool = True) -> Story:
    """accepted → submitted, confirmed by the chair of the section."""
    prepare(piece, bound=bound)
    yield 0
    piece.move(Action.CONFIRM_SUBMISSION, piece.cast.chair)
    yield 1
    piece.move(Action.SUBMIT, sent_on=clock.today(), file_number=file_number)
    yield 1


def sent(piece: Piece, file_number: str, *, bound: bool = True) -> Story:
    """draft → … → submitted, without incident."""
    yield from adopted(piece)
    yield from before_the_board(piece)
    yield from accepted(piece)
    yield from submitted(piece, file_number, bound=bound)


def answered(
    piece: Piece, text: str, *, after: int = 20, classified: AnswerClass = AnswerClass.PARTLY
) -> Story:
    """submitted → answered."""
    yield after
    piece.move(
        Action.RECORD_ANSWER,
        received_on=clock.today(),
        text=text,
        classified=classified,
        file_number="MINTA/1-2/kitalált",
    )
    yield 1


def evaluated(piece: Piece, outcomes: list[tuple[PointResult, str]]) -> Story:
    """answered → evaluated."""
    for number, (result, reason) in enumerate(outcomes, start=1):
        piece.outcome(number, result, reason)
    yield 1
    piece.move(Action.EVALUATE)
    yield 1


def _answer_profile() -> LawProfile | None:
    profiles = LawProfile.objects.current().filter(kind=ProfileKind.ANSWER)
    return profiles.order_by("-days", "pk").first()
