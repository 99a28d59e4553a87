"""A sample position and what its actors do with it, through the portal's own actions and moves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from core import clock
from core.files import kind_of
from core.models import Stage
from core.workflow import CLOCK
from iksz_portal.demo.cast import Cast
from iksz_portal.demo.texts import Text
from members.models import Person
from positions import actions, attaching, commenting, conflicts, endorsing, packing
from positions.choices import Action, Audience, BallotKind, Choice, PointResult
from positions.models import Comment, Consultation, Elector, Package, Position
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

    def __init__(
        self,
        cast: Cast,
        text: Text,
        *,
        by: Person,
        addressed: bool = True,
        answers: Consultation | None = None,
    ):
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
            topics=text.topics,
            answers=answers,
        )

    def move(self, action: Action, by: Any = None, note: str = "", **details: Any) -> None:
        """A move of the coordinator's, unless somebody else makes it."""
        by = by or self.cast.coordinator
        self.position = WORKFLOW.perform(action, self.position, by=by, note=note, **details)

    def packed(self) -> None:
        """The package of the submission, made at once: the past waits for no worker."""
        self.made(self.position.submission.package)

    @staticmethod
    def made(package: Package) -> None:
        packing.make(package, lambda done: done)
        package.stage, package.progress, package.ended_at = Stage.READY, 100, clock.now()
        package.save()

    def by_the_clock(self, action: Action) -> None:
        self.move(action, CLOCK)

    def add_author(self, author: Person, *, by: Person) -> None:
        self.position = actions.add_author(position=self.position, by=by, author=author)

    def due(self, day: date) -> None:
        actions.set_deadline(position=self.position, by=self.cast.coordinator, due_on=day)

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

    def comment(
        self,
        rank: int,
        text: str,
        *,
        paragraph: int | None = None,
        audience: Audience | None = None,
    ) -> Comment:
        """For the library of that rank."""
        return commenting.comment(
            version=self.position.current,
            by=self.cast.representatives[rank],
            library=self.cast.libraries[rank],
            text=text,
            paragraph=paragraph,
            audience=audience,
        )

    def reply(self, thread: Comment, text: str, *, rank: int | None = None) -> None:
        """For the library of that rank; without one it is the coordinator who replies."""
        alone = rank is None
        commenting.reply(
            thread=thread,
            by=self.cast.coordinator if alone else self.cast.representatives[rank],
            library=None if alone else self.cast.libraries[rank],
            text=text,
        )

    def answer(self, thread: Comment, text: str) -> None:
        commenting.resolve(thread=thread, by=self.cast.coordinator, answer=text)

    def endorse(self, *ranks: int, reservation: str = "") -> None:
        """For the libraries of these ranks, all with the same words or none."""
        for rank in ranks:
            endorsing.endorse(
                version=self.position.current,
                library=self.cast.libraries[rank],
                by=self.cast.representatives[rank],
                reservation=reservation,
            )

    def dissent(self, rank: int, text: str) -> None:
        endorsing.file_opinion(
            version=self.position.section_ballot.version,
            library=self.cast.libraries[rank],
            by=self.cast.representatives[rank],
            text=text,
            goes_public=self.cast.section.publishes_minority_opinions,
        )

    def attach(self, name: str, content: str, *, by: Person, title: str) -> None:
        """A file of a few lines of text, as if it had been brought by the form."""
        upload = ContentFile(content.encode(), name=name)
        attaching.attach(
            position=self.position, by=by, upload=upload, kind=kind_of(upload, name), title=title
        )

    def votes(self, pattern: str, *, reason: str = "") -> None:
        """A letter for each library in order: y, n, a, r; a dot has not voted (yet)."""
        for letter, (library, person) in zip(pattern, self.cast.voters, strict=True):
            if letter != ".":
                elector = self._electors(BallotKind.SECTION).get(library=library)
                why = reason if letter in "nr" else ""
                actions.cast_vote(elector=elector, by=person, choice=CHOICES[letter], reason=why)

    def board_votes(self, pattern: str, *, reason: str = "") -> None:
        """A letter for the chair and each member: y, o, c, a, r; a dot has not voted (yet)."""
        for letter, person in zip(pattern, self.cast.board, strict=True):
            if letter != ".":
                elector = self._electors(BallotKind.BOARD).get(person=person)
                why = reason if letter == "c" else ""
                actions.cast_vote(elector=elector, by=person, choice=CHOICES[letter], reason=why)

    def exclude(self, rank: int, reason: str) -> None:
        """The member of the board of that rank, by its chair."""
        board = self.cast.board
        conflicts.exclude(position=self.position, by=board[0], member=board[rank], reason=reason)

    def decide(self, action: Action, reasons: str, **details: Any) -> None:
        """At once: whoever has not voted by now does not vote any more."""
        self.position.forget_ballots()  # at a meeting another one has taken the place of the first
        if self.position.board_ballot.awaits_votes:
            self.move(Action.CLOSE_BALLOT, self.cast.secretary)
        day = {"decided_on": clock.today()}
        self.move(action, self.cast.secretary, reasons, **day, **details)

    def outcome(self, number: int, result: PointResult, reason: str = "", **law: str) -> None:
        actions.record_outcome(
            point=self.position.current.points.get(number=number),
            by=self.cast.coordinator,
            result=result,
            reason=reason,
            source="Kitalált válaszlevél",
            **law,
        )

    def _electors(self, kind: BallotKind):
        last = self.position.ballots.filter(kind=kind).order_by("round").last()
        return Elector.objects.filter(ballot=last)
