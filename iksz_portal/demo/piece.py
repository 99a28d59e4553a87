"""A sample position and what its actors do with it, through the portal's own actions and moves."""

from collections.abc import Sequence
from typing import Any

from core import clock
from core.workflow import CLOCK
from iksz_portal.demo.cast import Cast
from iksz_portal.demo.texts import Text
from members.models import Person
from positions import actions
from positions.choices import Action, BallotKind, Choice, PointResult
from positions.models import Elector, Position
from positions.workflow import WORKFLOW

CHOICES = {
    "y": Choice.YES,
    "n": Choice.NO,
    "a": Choice.ABSTAIN,
    "o": Choice.NO_OBJECTION,
    "c": Choice.CONCERN,
    "r": Choice.RECUSE,
}


class Piece:
    """Keeps the position as the last act left it."""

    def __init__(self, cast: Cast, text: Text, *, by: Person, addressed: bool = True):
        self.cast = cast
        self.text = text
        self.addressee = cast.authority if addressed else None
        self.position: Position = actions.start_position(
            section=cast.section,
            by=by,
            kind=text.kind,
            title=text.title,
            addressee=self.addressee,
            body=text.body,
            points=text.points,
        )

    def move(self, action: Action, by: Any = None, note: str = "", **details: Any) -> None:
        """A move of the coordinator's, unless somebody else makes it."""
        by = by or self.cast.coordinator
        self.position = WORKFLOW.perform(action, self.position, by=by, note=note, **details)

    def by_the_clock(self, action: Action) -> None:
        self.move(action, CLOCK)

    def add_author(self, author: Person, *, by: Person) -> None:
        self.position = actions.add_author(position=self.position, by=by, author=author)

    def rewrite(
        self,
        *,
        by: Person,
        note: str,
        old: str = "",
        new: str = "",
        points: Sequence[str] | None = None,
    ) -> None:
        """A new version: `old` words of the text replaced by `new` ones, perhaps other points."""
        last = self.position.current
        kept = last.points.order_by("number").values_list("text", flat=True)
        self.position = actions.save_draft(
            position=self.position,
            by=by,
            base=last.number,
            title=last.title,
            body=last.body.replace(old, new) if old else last.body,
            points=list(kept) if points is None else points,
            addressee=self.addressee,
            note=note,
        )

    def comment(self, rank: int, text: str, *, paragraph: int | None = None) -> None:
        """For the library of that rank."""
        actions.comment(
            version=self.position.current,
            by=self.cast.representatives[rank],
            library=self.cast.libraries[rank],
            text=text,
            paragraph=paragraph,
        )

    def votes(self, pattern: str, *, reason: str = "") -> None:
        """A letter for each library in order: y, n, a; a dot has not voted (yet)."""
        for letter, (library, person) in zip(pattern, self.cast.voters, strict=True):
            if letter != ".":
                elector = self._electors(BallotKind.SECTION).get(library=library)
                why = reason if letter == "n" else ""
                actions.cast_vote(elector=elector, by=person, choice=CHOICES[letter], reason=why)

    def board_votes(self, pattern: str, *, reason: str = "") -> None:
        """A letter for the chair and each member: y, o, c, a, r; a dot has not voted (yet)."""
        for letter, person in zip(pattern, self.cast.board, strict=True):
            if letter != ".":
                elector = self._electors(BallotKind.BOARD).get(person=person)
                why = reason if letter == "c" else ""
                actions.cast_vote(elector=elector, by=person, choice=CHOICES[letter], reason=why)

    def decide(self, action: Action, reasons: str, **details: Any) -> None:
        day = {"decided_on": clock.today()}
        self.move(action, self.cast.secretary, reasons, **day, **details)

    def outcome(self, number: int, result: PointResult, reason: str = "") -> None:
        actions.record_outcome(
            point=self.position.current.points.get(number=number),
            by=self.cast.coordinator,
            result=result,
            reason=reason,
            source="Kitalált válaszlevél",
        )

    def _electors(self, kind: BallotKind):
        last = self.position.ballots.filter(kind=kind).order_by("round").last()
        return Elector.objects.filter(ballot=last)
