"""What happens to each sample position: one story for every state, and some turns on the way.

The number beside a story is how many days before today it begins.
"""

from collections.abc import Callable

from core import clock
from iksz_portal.demo import amendments, ballots, consultations, letters, texts, ways
from iksz_portal.demo.calendar import Story
from iksz_portal.demo.cast import Cast
from iksz_portal.demo.meetings import rejected_at_one
from iksz_portal.demo.piece import Piece
from iksz_portal.demo.ways import in_days
from positions.choices import Action, Audience, PointResult


def draft(cast: Cast) -> Story:
    first, second = cast.representatives[:2]
    piece = Piece(cast, texts.LOAN_PERIODS, by=first)
    yield 1
    piece.add_author(second, by=first)
    yield 1
    piece.rewrite(
        by=second, note="Rövidebb bevezetés.", old="ezért az olvasók", new="így az olvasók"
    )
    yield 1
    points = [*texts.LOAN_PERIODS.points, "A késedelmi díj ne legyen magasabb a kölcsönzésinél."]
    piece.rewrite(by=first, note="Új pont a késedelmi díjról.", points=points)


def draft_without_addressee(cast: Cast) -> Story:
    Piece(cast, texts.QUIET_ROOMS, by=cast.representatives[5], addressed=False)
    yield 0


def consultation(cast: Cast) -> Story:
    piece = Piece(cast, texts.SAMPLE_DECREE, by=cast.representatives[2])
    yield 1
    piece.rewrite(
        by=cast.coordinator,
        note="A felkészülési idő pontosítva.",
        old="rövidítését",
        new="felezését",
    )
    piece.attach(
        "munkaido-felmeres.csv",
        texts.SURVEY,
        by=cast.representatives[2],
        title="Kitalált felmérés az adatszolgáltatás munkaidejéről",
    )
    yield 1
    piece.move(Action.OPEN_CONSULTATION, closes_on=in_days(14))
    yield 1
    burden = "A havi adatszolgáltatás nálunk két munkanapot vinne el."
    days = piece.comment(0, burden, paragraph=2)
    yield 1
    piece.reply(days, "Nálunk is; a számot a mellékelt felmérésből lehetne idézni.", rank=5)
    half = piece.comment(3, "A felezés sok; a negyede biztosan elhagyható.", paragraph=3)
    yield 1
    piece.reply(days, "Köszönjük; a véglegesítéskor hivatkozunk a felmérésre.")
    piece.answer(half, "A „felezését” helyére a véglegesítéskor „csökkentését” kerül.")
    piece.comment(
        6,
        "Csak a szövegezőknek: a második bekezdés adatát a fenntartónk még nem hagyta jóvá; "
        "kérjük, a könyvtárunk neve ne szerepeljen mellette.",
        paragraph=2,
        audience=Audience.DRAFTERS,
    )
    yield 0
    piece.comment(7, "Egyetértünk a szöveggel.", audience=Audience.MEMBERS)
    piece.endorse(1, 7)
    piece.endorse(5, reservation="A félév helyett nyolc hónap felkészülési időt kérnénk.")
    yield 0
    yield from amendments.two_that_collide(piece)


def expedited_consultation(cast: Cast) -> Story:
    piece = Piece(cast, texts.URGENT_DEADLINE, by=cast.chair)
    piece.due(in_days(14))
    yield 0
    reason = "A mintahivatal két hetet adott a véleményezésre."
    piece.move(Action.OPEN_CONSULTATION, closes_on=in_days(4), expedited_reason=reason)


def consolidation(cast: Cast) -> Story:
    """Three libraries endorse what was consulted on; one has confirmed it for the new text."""
    piece = Piece(cast, texts.COMMON_CARD, by=cast.representatives[4])
    yield 2
    piece.move(Action.OPEN_CONSULTATION, closes_on=in_days(10))
    yield 3
    host = piece.comment(2, "Ezt helyben nem tudnánk vállalni.", paragraph=3)
    share = piece.comment(1, "Az arányosság alapja nincs megnevezve.", paragraph=2)
    piece.endorse(2, 5)
    piece.endorse(3, reservation="A közös nyilvántartás ne járjon újabb adatrögzítéssel.")
    yield piece.position.comments_close_at
    piece.by_the_clock(Action.CLOSE_CONSULTATION)
    yield 1
    piece.reply(host, "Értjük: az üzemeltetőről külön egyezünk meg, a mondat kikerül.")
    piece.answer(share, "A forgalom lesz az alapja; a szövegben már így szerepel.")
    piece.rewrite(
        by=cast.coordinator, note="Az üzemeltetőről külön lesz szó.", old=texts.CARD_HOST, new=""
    )
    piece.rewrite(
        by=cast.coordinator, note="Az észrevételek beépítve.", old="arányos", new="forgalomarányos"
    )
    yield 1
    piece.rewrite(
        by=cast.representatives[4], note="A forrás éve.", old="szükséges.", new="szükséges (2026)."
    )
    yield 1
    yield from amendments.decided_in_every_way(piece)
    yield 0
    piece.endorse(2)


def section_vote(cast: Cast) -> Story:
    piece = Piece(cast, texts.BOOK_BUSES, by=cast.representatives[0])
    yield 2
    yield from ways.consulted(piece)
    piece.endorse(0, 1, 4)
    piece.endorse(6, reservation="A képzés forrásáról külön kellene szólni.")
    amendments.one_to_vote_on(piece)
    yield 0
    piece.move(Action.OPEN_VOTE, closes_on=in_days(5))
    piece.move(
        Action.ANNUL_VOTE, note="Tévesen öt napra nyílt meg; tizenkét napra megnyitjuk újra."
    )
    piece.move(Action.OPEN_VOTE, closes_on=in_days(12))
    yield 1
    piece.votes("yy.......")
    amendments.votes(piece, 1, "yn.......")
    yield 1
    amendments.votes(piece, 1, "...y.a...")
    piece.votes("...n.a...", reason="A külön keretet nem tartjuk szükségesnek.")
    yield 0
    piece.dissent(3, texts.AGAINST_BOOK_BUSES)


def adopted_when_repeated(cast: Cast) -> Story:
    """The first vote misses its quorum; the second, which any number of votes decides, carries."""
    piece = Piece(cast, texts.CHILDRENS_CORNERS, by=cast.representatives[6])
    yield 2
    yield from ways.consulted(piece)
    yield from ways.voted(piece, "yy.n.....", reason="Előbb a keret legyen meg.")
    yield from ways.voted_again(piece, "yy.ny....")


def not_adopted(cast: Cast) -> Story:
    piece = Piece(cast, texts.SHELF_COLOURS, by=cast.representatives[7])
    yield 2
    yield from ways.consulted(piece)
    yield from ways.voted(piece, "y..n...y.", reason="A polcaink már meg vannak jelölve.")


def forwarded(cast: Cast) -> Story:
    piece = Piece(cast, texts.LOCAL_PRESS, by=cast.representatives[8])
    yield 2
    yield from ways.consulted(piece)
    piece.endorse(0, 2, 3, 8)
    piece.endorse(5, reservation="A felvételek hozzáférése a jogosultak engedélyétől is függ.")
    yield 0
    yield from ways.voted(piece, "yyyynyaya", reason="A műhely helyéről nem esik szó.")
    piece.dissent(4, texts.AGAINST_LOCAL_PRESS)
    yield 0
    burden = "A tagoknak évi két munkanap a felvételek kiválogatása; pénzbe nem kerül."
    ways.forward(piece, authority_days=30, burden=burden)


def board_review(cast: Cast) -> Story:
    piece = Piece(cast, texts.SMALL_PLACES, by=cast.representatives[1])
    yield 2
    yield from ways.consulted(piece)
    piece.endorse(0, 2, 3, 4)
    yield 0
    yield from ways.voted(piece, "yyyyyyny.", reason="A mutatók maradjanak.")
    yield from ways.before_the_board(piece, authority_days=30, days=10)
    piece.exclude(5, "A mintarendeletet előkészítő kitalált munkacsoport tagja.")
    piece.board_votes("y.c...", reason="A második pont a szövetség hatáskörén kívül esik.")
    later = "A második pontról előbb a tagozat koordinátorával egyeztetünk."
    piece.move(Action.DEFER, piece.cast.secretary, decide_on=in_days(18), note=later)


def returned(cast: Cast) -> Story:
    piece = Piece(cast, texts.OPENING_DATA, by=cast.representatives[3])
    yield 2
    yield from ways.adopted(piece)
    yield from ways.before_the_board(piece)
    piece.board_votes("y.....")
    yield 1
    reasons = "Kérjük, nevezzék meg, melyik három helyre kell ma bejelenteni az adatokat."
    piece.move(Action.RETURN, cast.secretary, reasons, point_reasons=texts.ON_OPENING_DATA)


def changes_proposed(cast: Cast) -> Story:
    piece = Piece(cast, texts.TRAINING_HOURS, by=cast.representatives[2])
    yield 2
    yield from ways.adopted(piece, "yyyyyyyna", reason="Az igazolás ne legyen egyoldalas.")
    yield from ways.before_the_board(piece)
    piece.board_votes("yyyyo.")
    yield 1
    _accept_shorter(piece)


def accepted_over_a_concern(cast: Cast) -> Story:
    """A concern is outvoted on record; the submission waits for its second person."""
    piece = Piece(cast, texts.EVENING_HOURS, by=cast.representatives[5])
    yield 2
    yield from ways.consulted(piece)
    amendments.one_carried_and_one_lost(piece)
    yield 0
    yield from ways.voted(piece, on_amendments=("yyyyynyyy", "nnynnnyna"))
    yield from ways.before_the_board(piece)
    piece.board_votes("yycyya", reason="A támogatás forrása nem ismert.")
    yield 1
    reasons = "Az elnökség többsége a kérést a forrás megjelölése nélkül is indokoltnak tartja."
    piece.decide(Action.ACCEPT, reasons, outvoted=True)
    yield 1
    ways.prepare(piece)


def rejected(cast: Cast) -> Story:
    """At a meeting: the vote taken there takes the place of the one in writing."""
    piece = Piece(cast, texts.BOOKMARKS, by=cast.representatives[6])
    yield 2
    yield from ways.adopted(piece, "yyynnyy..", reason="Nincs rá szükség.")
    yield from ways.before_the_board(piece)
    piece.board_votes("c..y..", reason="A kérdés nem hatósági ügy.")
    yield from rejected_at_one(piece)


def submitted_and_overdue(cast: Cast) -> Story:
    piece = Piece(cast, texts.ACQUISITION_BUDGET, by=cast.representatives[0])
    yield 2
    yield from ways.sent(piece, "MINTA/7/kitalált")
    yield 35
    yield from letters.reminded(piece)


def submitted_with_interim_answer(cast: Cast) -> Story:
    """The board changes the wording, the section agrees, the authority asks for patience."""
    piece = Piece(cast, texts.SHORTER_FORMS, by=cast.representatives[4])
    yield 2
    yield from ways.consulted(piece)
    piece.endorse(1, 3, 4)
    yield 0
    yield from ways.voted(piece)
    yield from ways.before_the_board(piece)
    piece.board_votes("yyoyy.")
    yield 1
    _accept_shorter(piece)
    yield 2
    piece.move(Action.AGREE_TO_CHANGES, note="A tagozat a rövidebb szöveggel egyetért.")
    yield 1
    piece.endorse(1, 3)
    yield 0
    yield from ways.submitted(piece, "MINTA/9/kitalált")
    yield 7
    piece.move(
        Action.RECORD_INTERIM_ANSWER,
        received_on=clock.today(),
        text="A minisztérium (kitalált) megkezdte a vizsgálatot, és türelmet kér.",
        file_number="MINTA/9-1/kitalált",
    )


def answered(cast: Cast) -> Story:
    piece = Piece(cast, texts.ACCESSIBLE_DOORS, by=cast.representatives[1])
    yield 2
    yield from ways.sent(piece, "MINTA/5/kitalált")
    yield from ways.answered(piece, "A pályázat jövőre megnyílik; az önrészről később döntünk.")
    law = {"law_before": texts.DOORS_BEFORE, "law_after": texts.DOORS_AFTER}
    piece.outcome(1, PointResult.ACCEPTED, **law)
    piece.outcome(2, PointResult.REJECTED, "A minisztérium nem indokolta.")


def evaluated(cast: Cast) -> Story:
    piece = Piece(cast, texts.STORY_DAYS, by=cast.representatives[3])
    yield 2
    yield from ways.sent(piece, "MINTA/4/kitalált")
    yield from ways.answered(piece, "Az állandó időpontot támogatjuk, a folyósításról nem döntünk.")
    naming = letters.promised(piece, "Az állandó időpontot két héten belül kihirdetik.", days=1)
    letters.kept(piece, naming, "A kihirdetés (kitalált) megjelent a minisztérium honlapján.")
    outcomes = [(PointResult.ACCEPTED, ""), (PointResult.NO_ANSWER, "")]
    yield from ways.evaluated(piece, outcomes)


def closed(cast: Cast) -> Story:
    """The whole way: returned once, consulted again, submitted, answered, closed."""
    piece = Piece(cast, texts.POSTAGE, by=cast.representatives[8])
    yield 2
    yield from ways.consulted(piece)
    piece.endorse(0, 4)
    yield 0
    yield from ways.voted(piece)
    yield from ways.before_the_board(piece)
    piece.move(Action.RETURN, cast.secretary, "Kérjük, támasszák alá a költségek növekedését.")
    yield 2
    piece.move(Action.REWORK)
    yield 1
    new = "az évek során, kitalált felmérésünk szerint 41 százalékkal"
    piece.rewrite(by=cast.coordinator, note="A felmérés adata.", old="az évek során", new=new)
    yield 1
    piece.move(Action.CONSULT_AGAIN, closes_on=in_days(8))
    yield piece.position.comments_close_at
    piece.by_the_clock(Action.CLOSE_CONSULTATION)
    yield 1
    piece.endorse(0, 1, 2, 3, 5, 6)
    piece.endorse(7, reservation="A keret felosztásánál a távolságot is figyelembe vennénk.")
    yield 0
    yield from ways.voted(piece, "yyyyyyyya")
    piece.dissent(8, texts.AGAINST_POSTAGE)
    yield 0
    yield from ways.before_the_board(piece)
    yield from ways.accepted(piece)
    yield from ways.submitted(piece, "MINTA/2/kitalált", bound=False)
    yield from ways.answered(piece, letters.NAMED)
    letters.published(piece)
    letters.promised(piece, "A térítés első részletét a következő félévben utalják.", days=45)
    outcomes = [
        (PointResult.ACCEPTED, ""),
        (PointResult.PARTLY, "A forgalmat csak az első évben veszik figyelembe."),
        (PointResult.REJECTED, "A kedvezményes díjhoz törvénymódosítás kellene."),
        (PointResult.NO_ANSWER, ""),
    ]
    yield from ways.evaluated(piece, outcomes)
    result = "A postaköltség megtérítése jövőre elindul; a díjkedvezményt nem adták meg."
    piece.move(Action.CLOSE, result=result, review_on=in_days(365))


def parked(cast: Cast) -> Story:
    piece = Piece(cast, texts.READING_CAMPS, by=cast.representatives[7])
    yield 2
    yield from ways.consulted(piece)
    piece.move(Action.PARK, note="A nyári tapasztalatok után folytatjuk.", wake_on=in_days(120))


def withdrawn(cast: Cast) -> Story:
    """Withdrawn while the section votes: the ballot is annulled, the votes stay on record."""
    piece = Piece(cast, texts.OLD_DECREE, by=cast.representatives[5])
    yield 2
    yield from ways.consulted(piece)
    piece.move(Action.OPEN_VOTE, closes_on=in_days(7))
    yield 1
    piece.votes("yn.......", reason="Tárgytalan.")
    yield 1
    piece.move(Action.WITHDRAW, note="Az új mintarendelet hatályba lépett, a kérdés tárgytalan.")


def superseded(cast: Cast) -> Story:
    piece = Piece(cast, texts.BUS_TIMETABLE, by=cast.representatives[0])
    yield 2
    yield from ways.adopted(piece)
    yield 65
    successor = cast.section.positions.get(title=texts.BOOK_BUSES.title)
    note = "A könyvtárbuszokról szóló átfogó állásfoglalás a menetrendre is kitér."
    piece.move(Action.SUPERSEDE, note=note, successor=successor)


def _accept_shorter(piece: Piece) -> None:
    """The board accepts with the first point only, said in its own words."""
    last = piece.position.current
    first = last.points.get(number=1).text
    piece.decide(
        Action.ACCEPT_WITH_CHANGES,
        "Az elnökség a rövidebb, egy kérésre szorítkozó szöveget javasolja.",
        title=last.title,
        body=f"<p>Az elnökség javasolt szövege.</p>{last.body}",
        points=[first],
    )


STORIES: dict[Callable[[Cast], Story], int] = {
    closed: 190,
    letters.unanswered: 120,
    evaluated: 110,
    superseded: 100,
    answered: 95,
    submitted_and_overdue: 90,
    rejected: 75,
    withdrawn: 70,
    adopted_when_repeated: 60,
    submitted_with_interim_answer: 52,
    parked: 51,
    accepted_over_a_concern: 50,
    changes_proposed: 46,
    returned: 44,
    not_adopted: 40,
    board_review: 38,
    forwarded: 34,
    consolidation: 24,
    section_vote: 22,
    consultation: 8,
    draft: 6,
    draft_without_addressee: 4,
    expedited_consultation: 2,
    **consultations.STORIES,
    **ballots.STORIES,
}
