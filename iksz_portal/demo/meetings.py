"""Meetings of the board in the demo: one with authenticated minutes, one that was not quorate and
was repeated, one that lies ahead."""

from datetime import datetime, time
from typing import Any

from core import clock
from iksz_portal.demo.calendar import Story
from iksz_portal.demo.cast import Cast
from iksz_portal.demo.piece import CHOICES, Piece
from positions import agendas, meetings, minutes
from positions.choices import Action, Choice, LinkKind, MeetingAction, Presence
from positions.meeting_workflow import MEETINGS
from positions.meetings import Came
from positions.models import AgendaItem, BoardDecision, Meeting, Position

PLACE = "Mintavárosi Könyvtár, olvasóterem (kitalált)"
PRESENCE = {"p": Presence.PRESENT, "e": Presence.EXCUSED, ".": Presence.ABSENT}


class Gathering:
    """Keeps the meeting as the last act left it; its acts are the secretary's."""

    def __init__(self, cast: Cast, *, days: int, place: str = PLACE):
        self.cast = cast
        begins = {"starts_at": _at_two(days), "place": place}
        self.meeting = agendas.plan_meeting(by=cast.secretary, **begins)

    def move(self, action: MeetingAction, by: Any = None, note: str = "", **details: Any) -> None:
        by = by or self.cast.secretary
        self.meeting = MEETINGS.perform(action, self.meeting, by=by, note=note, **details)

    def add(self, title: str, text: str = "", presenter: str = "") -> AgendaItem:
        words = {"title": title, "text": text, "presenter": presenter}
        return agendas.add_item(meeting=self.meeting, by=self.cast.secretary, **words)

    def take(self, position: Position) -> AgendaItem:
        by = self.cast.secretary
        return agendas.add_position(meeting=self.meeting, by=by, position=position)

    def open(self, pattern: str, *, guests: str = "") -> None:
        """A letter for the chair and each member: p present, e excused, a dot for absent."""
        _chair, first, second, *_rest = self.cast.board
        signers = {"first_authenticator": first, "second_authenticator": second}
        by = {"presided_by": self.cast.board_chair, "minute_taker": self.cast.secretary}
        self.move(MeetingAction.OPEN, **by, **signers)
        came = {
            person.pk: Came(PRESENCE[letter])
            for letter, person in zip(pattern, self.cast.board, strict=True)
        }
        self.meeting = meetings.record_attendance(
            meeting=self.meeting, by=self.cast.secretary, seen=self._seen, came=came, guests=guests
        )

    def vote(self, item: AgendaItem, pattern: str, *, reason: str) -> None:
        """As on paper; a dot was not there."""
        votes = {
            person.pk: (CHOICES[letter], reason if CHOICES[letter] == Choice.CONCERN else "")
            for letter, person in zip(pattern, self.cast.board, strict=True)
            if letter != "."
        }
        meetings.take_vote(item=item, by=self.cast.secretary, seen=self._seen, votes=votes)

    def resolve(self, item: AgendaItem, words: str, *votes: int, public: bool = True) -> Any:
        names = ("votes_for", "votes_against", "votes_abstained", "votes_apart")
        return meetings.resolve(
            item=item,
            by=self.cast.secretary,
            seen=self._seen,
            subject=item.name,
            words=words,
            goes_public=public,
            **dict(zip(names, votes, strict=True)),
        )

    def note(self, item: AgendaItem, text: str) -> None:
        base = AgendaItem.objects.get(pk=item.pk).note_step
        meetings.write_note(item=item, by=self.cast.secretary, base=base, note=text)

    def authenticate(self, rank: int) -> None:
        fingerprint = minutes.read(Meeting.objects.get(pk=self.meeting.pk)).fingerprint
        by = self.cast.board[rank]
        self.move(MeetingAction.AUTHENTICATE, by, fingerprint=fingerprint)

    @property
    def _seen(self) -> int:
        return Meeting.objects.get(pk=self.meeting.pk).step


def link(cast: Cast, source: BoardDecision, kind: LinkKind, target: BoardDecision) -> None:
    meetings.link_resolutions(source=source, kind=kind, target=target, by=cast.secretary)


def not_quorate_and_repeated(cast: Cast) -> Story:
    """The repeated one amends a resolution and revokes another; an authenticator is awaited."""
    first = Gathering(cast, days=5)
    plan = first.add("Az éves munkaterv módosítása", presenter="Elnöki Etelka")
    first.add("A levelezőlista megszüntetése", "A lista helyét a portál vette át.")
    first.move(MeetingAction.CONVENE)
    yield 5
    first.open("p.e...")
    first.move(MeetingAction.FIND_NOT_QUORATE)
    again = {"starts_at": _at_two(3), "place": PLACE}
    first.move(MeetingAction.REPEAT, **again)
    second = first
    second.meeting = Meeting.objects.get(repeats=first.meeting)
    second.move(MeetingAction.CONVENE)
    yield 3
    second.open("p.p...", guests="Vendég Vilma, a felügyelőbizottság tagja (kitalált)")
    plan, mailing_list = second.meeting.agenda.order_by("place")
    words = "Az elnökség a munkatervet az őszi szakmai nappal kiegészíti."
    amending = second.resolve(plan, words, 2, 0, 0, 0)
    link(cast, amending, LinkKind.AMENDS, _last_on("Az éves munkaterv"))
    words = "Az elnökség a levelezőlistáról szóló határozatát hatályon kívül helyezi."
    revoking = second.resolve(mailing_list, words, 2, 0, 0, 0)
    link(cast, revoking, LinkKind.REVOKES, _last_on("Levelezőlista indítása"))
    second.note(plan, "A szakmai nap helyszínéről a következő ülésen döntenek.")
    second.move(MeetingAction.END)
    yield 1
    second.move(MeetingAction.PRESENT)
    yield 1
    second.authenticate(1)


def planned_meeting(cast: Cast) -> Story:
    """With everything that waits for the board, and an item that came after the invitations."""
    ahead = Gathering(cast, days=9, place="https://example.org/minta-ules (kitalált)")
    for position in Position.objects.filter(section=cast.section).awaiting_board().by_deadline():
        ahead.take(position)
    ahead.move(MeetingAction.CONVENE)
    yield 1
    ahead.add("Tájékoztató a portál használatáról", presenter="Titkári Tekla")


def rejected_at_one(piece: Piece) -> Story:
    """With a position and two matters of its own; minutes authenticated by both."""
    gathering = Gathering(piece.cast, days=2)
    item = gathering.take(piece.position)
    gathering.add("Az éves munkaterv", "A munkaterv tervezetét a tagok előre megkapták.")
    gathering.add("Levelezőlista indítása", presenter="Titkári Tekla")
    gathering.move(MeetingAction.CONVENE)
    yield 2
    gathering.open("ppppp.", guests="Vendég Viktor (kitalált)")
    gathering.vote(item, "cccyr.", reason="A kérdés nem hatósági ügy.")
    reasons = "A könyvjelzők mérete nem hatósági kérdés; helyben megoldható."
    piece.move(Action.REJECT, piece.cast.secretary, reasons, decided_on=clock.today())
    resolved(gathering)
    yield 1
    gathering.move(MeetingAction.PRESENT)
    yield 1
    for rank in (1, 2):
        gathering.authenticate(rank)
    gathering.move(MeetingAction.CLOSE)


def resolved(gathering: Gathering) -> None:
    """What is no position: a plan that is adopted, a list that is begun."""
    _position, plan, mailing_list = gathering.meeting.agenda.order_by("place")
    gathering.note(plan, "A tagok a tervezetet részletesen megvitatták.")
    gathering.resolve(plan, "Az elnökség az éves munkatervet elfogadja.", 5, 0, 0, 0)
    words = "Az elnökség levelezőlistát indít a tagkönyvtárak számára."
    gathering.resolve(mailing_list, words, 3, 1, 1, 0)
    gathering.move(MeetingAction.END)


def _last_on(subject: str) -> BoardDecision:
    return BoardDecision.objects.filter(subject=subject).newest_first()[0]


def _at_two(days: int) -> datetime:
    return clock.at_clock(clock.days_after(clock.today(), days), time(14))


MEETINGS_OF_THE_BOARD = {not_quorate_and_repeated: 30, planned_meeting: 2}
