"""The amendments of the sample positions: colliding, supported, decided on in every way."""

from typing import Any

from iksz_portal.demo.calendar import Story
from iksz_portal.demo.piece import CHOICES, Piece
from members.models import Person
from positions import actions, proposing
from positions.choices import AmendmentAction, AmendmentKind
from positions.models import Amendment, Position

WORDING, INSERTION, DELETION = AmendmentKind


def propose(
    piece: Piece, rank: int, kind: AmendmentKind, paragraph: int, words: str, reason: str
) -> None:
    """For the library of that rank, on the text of the day."""
    proposing.propose(
        version=piece.position.current,
        by=piece.cast.representatives[rank],
        library=piece.cast.libraries[rank],
        kind=kind,
        paragraph=paragraph,
        body=f"<p>{words}</p>" if words else "",
        reason=reason,
    )


def support(piece: Piece, number: int, *ranks: int) -> None:
    for rank in ranks:
        person, library = piece.cast.representatives[rank], piece.cast.libraries[rank]
        proposing.support(amendment=_numbered(piece, number), by=person, library=library)


def decide(
    piece: Piece,
    number: int,
    action: AmendmentAction,
    note: str = "",
    *,
    by: Person | None = None,
    **details: Any,
) -> None:
    """By the coordinator, unless somebody else takes the step."""
    by = by or piece.cast.coordinator
    amendment = _numbered(piece, number)
    proposing.decide(amendment=amendment, by=by, action=action, note=note, **details)
    piece.position = Position.objects.get(pk=piece.position.pk)


def votes(piece: Piece, number: int, pattern: str) -> None:
    """A letter for each library in order, as in a vote on the text."""
    electors = _numbered(piece, number).ballots.get(closed_at=None, annulled_at=None).electors
    for letter, (library, person) in zip(pattern, piece.cast.voters, strict=True):
        if letter != ".":
            elector = electors.get(library=library)
            actions.cast_vote(elector=elector, by=person, choice=CHOICES[letter])


def _numbered(piece: Piece, number: int) -> Amendment:
    return piece.position.amendments.get(number=number)


# What happens ----------------------------------------------------------------------------------


def two_that_collide(piece: Piece) -> Story:
    """Four in all, while the text is open for comments; libraries stand behind three of them."""
    quarter = "Javasoljuk a negyedéves adatszolgáltatás megtartását és az adatlap negyedével való "
    propose(
        piece,
        3,
        WORDING,
        3,
        f"{quarter}rövidítését.",
        "A felezéssel olyan adatok is kimaradnának, amelyekből a mintakönyvtárak tervezni szoktak.",
    )
    yield 1
    propose(
        piece,
        7,
        WORDING,
        3,
        "Javasoljuk a negyedéves adatszolgáltatás megtartását; az adatlap rövidítéséről a "
        "mintakönyvtárakkal közösen döntsenek.",
        "Ne mi mondjuk meg a mértéket, amíg nem láttuk az új adatlapot.",
    )
    support(piece, 1, 0, 5)
    support(piece, 2, 4)
    yield 1
    propose(
        piece,
        5,
        INSERTION,
        2,
        "Kitalált felmérésünk szerint egy havi adatlap kitöltése átlagosan két munkanap.",
        "A terhet számmal is érdemes alátámasztani; a felmérést mellékeltük.",
    )
    support(piece, 3, 0, 1, 8)
    yield 0
    propose(
        piece,
        6,
        DELETION,
        1,
        "",
        "Az első bekezdés csak a tervezetet ismétli; nélküle rövidebb a levél.",
    )


def decided_in_every_way(piece: Piece) -> Story:
    """One of each sort, and one that still waits for the coordinator."""
    common = "Egy közös olvasójeggyel az olvasó bármelyik mintakönyvtárban kölcsönözhetne"
    propose(
        piece,
        1,
        WORDING,
        1,
        f"{common}, és bármelyikben vissza is adhatná a könyvet.",
        "Az olvasónak a visszaadás legalább olyan fontos, mint a kölcsönzés.",
    )
    propose(
        piece,
        3,
        INSERTION,
        1,
        "A közös jegyet minden mintakönyvtár azonos áron adná.",
        "Ha az ár eltér, mindenki a legolcsóbb helyen váltja ki.",
    )
    propose(
        piece,
        5,
        INSERTION,
        2,
        "A jegy legyen ingyenes.",
        "Így egyszerűbb.",
    )
    propose(piece, 7, DELETION, 1, "", "A második bekezdés magában is érthető.")
    propose(
        piece,
        2,
        INSERTION,
        2,
        "A közös nyilvántartásban az olvasó csak azt az adatát látja, amelyet maga adott meg.",
        "Az adatok védelméről ne kelljen külön kérdezni.",
    )
    support(piece, 1, 0, 6)
    support(piece, 5, 1, 4, 8)
    yield 1
    decide(piece, 1, AmendmentAction.ACCEPT, "A tagozat ezt több észrevételben is kérte.")
    decide(
        piece,
        2,
        AmendmentAction.ACCEPT_CHANGED,
        "Az ár a helyi fenntartón is múlik; ajánlásnak viszont jó.",
        body="<p>A közös jegy árára a mintatagozat ajánlást készítene.</p>",
        base=piece.position.current.number,
    )
    reason = "Az ingyenességről a fenntartók döntenek; erről nem foglalhatunk állást."
    decide(piece, 3, AmendmentAction.REJECT, reason)
    library = piece.cast.representatives[7]
    decide(piece, 4, AmendmentAction.WITHDRAW, "Az elfogadott szöveg megfelel.", by=library)
    decide(piece, 5, AmendmentAction.CARRY_TO_VOTE, "Erről a könyvtárak döntsenek.")
    yield 1
    propose(
        piece,
        6,
        INSERTION,
        0,
        "Tisztelt Minisztérium!",
        "A levelünk megszólítással kezdődjön.",
    )


def one_to_vote_on(piece: Piece) -> None:
    """On the last of the paragraphs that ask for something."""
    propose(
        piece,
        2,
        WORDING,
        3,
        "Kérjük a támogatás évenkénti, a költségekhez és a megtett úthoz igazodó megállapítását.",
        "A ritkán lakott vidékek könyvtárbuszai többet mennek ugyanannyi olvasóért.",
    )
    support(piece, 1, 0, 8)
    decide(piece, 1, AmendmentAction.CARRY_TO_VOTE, "A könyvtárak véleménye megoszlik.")


def one_carried_and_one_lost(piece: Piece) -> None:
    """What the votes on them will be is told by who has them voted on."""
    propose(
        piece,
        4,
        WORDING,
        1,
        "Az esti nyitvatartás olyan olvasókat is elér, akik a munkájuk vagy a tanulmányaik miatt "
        "napközben nem jutnak el a könyvtárba.",
        "Mondjuk meg, kikről van szó.",
    )
    propose(
        piece,
        6,
        INSERTION,
        1,
        "Az esti ügyelet minden mintakönyvtárban legyen kötelező.",
        "Így az olvasó mindenhol számíthat rá.",
    )
    for number in (1, 2):
        decide(piece, number, AmendmentAction.CARRY_TO_VOTE, "A könyvtárak döntsenek róla.")
