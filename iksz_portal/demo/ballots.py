"""Votes of other kinds: one that was secret and one that still is, one in which a library had a
conflict of interest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from iksz_portal.demo import ways
from iksz_portal.demo.calendar import Story
from iksz_portal.demo.cast import Cast
from iksz_portal.demo.piece import Piece
from iksz_portal.demo.texts import Text
from positions.choices import Action, Kind

AWARD = Text(
    Kind.PROPOSAL,
    "egy kitalált szakmai díj odaítélésének rendjéről",
    (
        "A mintadíjat eddig az kapta, akire a legtöbben emlékeztek.",
        "Javasoljuk, hogy a díjról háromtagú bizottság döntsön, írásban rögzített szempontok "
        "szerint.",
    ),
    (
        "A szempontok a felhívással együtt jelenjenek meg.",
        "A bizottság tagjai ne lehessenek jelöltek.",
    ),
    topics=("Díjak",),
)
CATALOGUE = Text(
    Kind.OPINION,
    "vélemény egy kitalált közös katalógus üzemeltetéséről",
    (
        "A közös mintakatalógust ma egy mintakönyvtár üzemelteti, külön megállapodás alapján.",
        "Az üzemeltetést három évre szóló, nyilvános pályázaton javasoljuk kiírni.",
    ),
    ("Az üzemeltető háromévente, pályázaton dőljön el.",),
    topics=("Katalógus",),
)
DELEGATE = Text(
    Kind.PROPOSAL,
    "egy kitalált szakértői testületbe küldött tag személyéről",
    (
        "A kitalált mintatestületbe a tagozat egy tagot küldhet, három évre.",
        "Javasoljuk, hogy a megbízást pályázat nyomán, titkos szavazással adjuk.",
    ),
    ("A tagozat küldöttje évente számoljon be a munkájáról.",),
    topics=("Delegálás",),
)
OPERATES_IT = "A katalógust könyvtárunk üzemelteti, ezért nem veszünk részt a szavazásban."


def adopted_secretly(cast: Cast) -> Story:
    piece = Piece(cast, AWARD, by=cast.representatives[2])
    yield 2
    yield from ways.consulted(piece)
    with _voting_secretly(cast):
        piece.move(Action.OPEN_VOTE, closes_on=ways.in_days(7))
    yield 1
    piece.votes("yyny.....")
    piece.votes("....r....", reason="A bizottságba könyvtárunk munkatársát kérték fel.")
    yield 2
    piece.votes(".....yya.")
    yield piece.position.section_ballot.closes_at
    piece.by_the_clock(Action.CLOSE_VOTE)
    yield 1


def being_voted_secretly(cast: Cast) -> Story:
    """Some have voted; who has not is reminded, and nobody sees how it stands."""
    piece = Piece(cast, DELEGATE, by=cast.representatives[3])
    yield 2
    yield from ways.consulted(piece)
    with _voting_secretly(cast):
        piece.move(Action.OPEN_VOTE, closes_on=ways.in_days(14))
    yield 1
    piece.votes("...yn.y..")
    yield 1


def adopted_with_a_conflict(cast: Cast) -> Story:
    piece = Piece(cast, CATALOGUE, by=cast.representatives[4])
    yield 2
    yield from ways.consulted(piece)
    piece.move(Action.OPEN_VOTE, closes_on=ways.in_days(7))
    yield 2
    piece.votes("......r..", reason=OPERATES_IT)
    piece.votes("yyayy....")
    yield 1
    piece.votes(".....n.yy", reason="A három év kevés az átálláshoz.")
    yield 0
    piece.move(Action.CLOSE_VOTE)
    yield 1


@contextmanager
def _voting_secretly(cast: Cast) -> Iterator[None]:
    """The section has the rule for this vote alone; a ballot keeps the one it was opened with."""
    section = cast.section
    section.votes_secretly = True
    section.save()
    yield
    section.votes_secretly = False
    section.save()


STORIES: dict[Callable[[Cast], Story], int] = {
    adopted_secretly: 56,
    being_voted_secretly: 23,
    adopted_with_a_conflict: 30,
}
