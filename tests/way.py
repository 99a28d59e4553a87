"""Positions in any state, taken there by the real moves of the real actors, all on one day."""

from datetime import timedelta

import pytest

from core import clock
from core.models import Stage
from positions import actions
from positions.choices import Action, AnswerClass, Channel, Choice, Kind, PointResult, State
from positions.models import Package, Position
from positions.workflow import WORKFLOW


class Way:
    """Takes positions along. `cast` gives the people by the names of their fixtures."""

    def __init__(self, cast):
        self.cast = cast

    @staticmethod
    def in_days(days):
        return clock.days_after(clock.today(), days)

    @staticmethod
    def after(moment):
        """`with way.after(deadline):` it is a minute later."""
        return clock.at(moment + timedelta(minutes=1))

    def start(self, **text):
        facts = {
            "kind": Kind.OPINION,
            "title": "On the opening hours",
            "body": "<p>First paragraph.</p><p>Second paragraph.</p>",
            "points": ["The first thing.", "The second thing."],
            "addressee": self.cast("authority"),
            **text,
        }
        cast = self.cast
        return actions.start_position(section=cast("section"), by=cast("drafter"), **facts)

    def move(self, position, action, by="coordinator", *, note="", **details):
        return WORKFLOW.perform(action, position, by=self.cast(by), note=note, **details)

    def vote(self, position, *choices, ballot="section_ballot", reason=""):
        """One choice for each elector, in their order; None stays silent. The position, fresh."""
        position = Position.objects.get(pk=position.pk)
        of_section = ballot == "section_ballot"
        voters = self.cast("representatives" if of_section else "board")
        by_elector = {
            person.mandates.get().library_id if of_section else person.pk: person
            for person in voters
        }
        electors = getattr(position, ballot).electors.order_by("pk")
        for elector, choice in zip(electors, choices, strict=True):
            if choice is not None:
                person = by_elector[elector.library_id or elector.person_id]
                actions.cast_vote(elector=elector, by=person, choice=choice, reason=reason)
        return Position.objects.get(pk=position.pk)

    def vote_on(self, amendment, *choices):
        """The libraries' votes on an amendment, in their order; None stays silent."""
        voters = {each.mandates.get().library_id: each for each in self.cast("representatives")}
        electors = amendment.ballots.get(closed_at=None).electors.order_by("pk")
        for elector, choice in zip(electors, choices, strict=True):
            if choice is not None:
                actions.cast_vote(elector=elector, by=voters[elector.library_id], choice=choice)

    def to(self, state, position=None):
        """A position in the state: a new one, unless an earlier one is taken further."""
        before, step = self.STEPS[state]
        if before is None:
            return self.start()
        if position is None or position.status != before:
            position = self.to(before, position)
        return step(self, position)

    # The steps, each from the state before it --------------------------------------------------

    def consult(self, position):
        return self.move(position, Action.OPEN_CONSULTATION, closes_on=self.in_days(8))

    def consolidate(self, position):
        return self.move(position, Action.CLOSE_CONSULTATION, note="Everybody has spoken.")

    def open_vote(self, position):
        return self.move(position, Action.OPEN_VOTE, closes_on=self.in_days(7))

    def adopt(self, position):
        self.vote(position, Choice.YES, Choice.YES, Choice.YES)
        return self.move(position, Action.CLOSE_VOTE)

    def vote_down(self, position):
        self.vote(position, Choice.NO, Choice.NO, Choice.YES)
        return self.move(position, Action.CLOSE_VOTE)

    def forward(self, position):
        return self.move(
            position,
            Action.FORWARD,
            cover_note="Please decide.",
            signatory="The chair of the board",
            addressee=self.cast("authority"),
        )

    def take_up(self, position):
        return self.move(position, Action.TAKE_UP, "board_secretary", decide_on=self.in_days(7))

    def decide(self, position, action, **details):
        details = {"note": "The board's reasons.", "decided_on": clock.today(), **details}
        return self.move(position, action, "board_secretary", **details)

    def accept(self, position):
        yes = Choice.YES
        self.vote(position, yes, yes, Choice.ABSTAIN, ballot="board_ballot")
        return self.decide(position, Action.ACCEPT)

    def change(self, position):
        yes = Choice.YES
        self.vote(position, yes, yes, Choice.ABSTAIN, ballot="board_ballot")
        text = {"title": position.title, "body": "<p>Other words.</p>", "points": ["One thing."]}
        return self.decide(position, Action.ACCEPT_WITH_CHANGES, **text)

    def reject(self, position):
        worry = Choice.CONCERN
        self.vote(position, worry, worry, worry, ballot="board_ballot", reason="Not now.")
        return self.decide(position, Action.REJECT)

    def give_back(self, position):
        return self.move(position, Action.RETURN, "board_secretary", note="Say it shorter.")

    def prepare(self, position, **details):
        facts = {
            "addressee": self.cast("authority"),
            "signatory": "The chair of the board",
            "channel": Channel.OFFICE_GATE,
            "letter_subject": "On the opening hours",
            "letter_body": "Please find our opinion enclosed.",
        }
        return self.packed(self.move(position, Action.PREPARE_SUBMISSION, **{**facts, **details}))

    @staticmethod
    def packed(position):
        """As if the worker had made the package; a test of the files lets it work."""
        package = Package.objects.filter(submission__position=position)
        entry = {"name": "letter.pdf", "media_type": "application/pdf", "size": 1}
        manifest = [{**entry, "sha256": "1" * 64}]
        package.update(stage=Stage.READY, sha256="0" * 64, manifest=manifest)
        return Position.objects.get(pk=position.pk)

    def submit(self, position, **details):
        position = self.move(self.prepare(position, **details), Action.CONFIRM_SUBMISSION, "chair")
        return self.move(position, Action.SUBMIT, sent_on=clock.today(), file_number="M/1")

    def answer(self, position):
        return self.move(
            position,
            Action.RECORD_ANSWER,
            received_on=clock.today(),
            text="We have read it.",
            classified=AnswerClass.ACKNOWLEDGED,
        )

    def evaluate(self, position):
        for point in position.current.points.all():
            actions.record_outcome(
                point=point, by=self.cast("coordinator"), result=PointResult.ACCEPTED
            )
        return self.move(position, Action.EVALUATE)

    def close(self, position):
        return self.move(position, Action.CLOSE, result="Everything was accepted.")

    def park(self, position):
        return self.move(position, Action.PARK, note="It can wait.", wake_on=self.in_days(30))

    def withdraw(self, position):
        return self.move(position, Action.WITHDRAW, note="It is pointless now.")

    def supersede(self, position):
        successor = self.to(State.CONSULTATION)
        return self.move(position, Action.SUPERSEDE, note="Better said.", successor=successor)

    STEPS = {
        State.DRAFT: (None, start),
        State.CONSULTATION: (State.DRAFT, consult),
        State.CONSOLIDATION: (State.CONSULTATION, consolidate),
        State.SECTION_VOTE: (State.CONSOLIDATION, open_vote),
        State.ADOPTED: (State.SECTION_VOTE, adopt),
        State.NOT_ADOPTED: (State.SECTION_VOTE, vote_down),
        State.FORWARDED: (State.ADOPTED, forward),
        State.BOARD_REVIEW: (State.FORWARDED, take_up),
        State.RETURNED: (State.BOARD_REVIEW, give_back),
        State.CHANGES_PROPOSED: (State.BOARD_REVIEW, change),
        State.ACCEPTED: (State.BOARD_REVIEW, accept),
        State.REJECTED: (State.BOARD_REVIEW, reject),
        State.SUBMITTED: (State.ACCEPTED, submit),
        State.ANSWERED: (State.SUBMITTED, answer),
        State.EVALUATED: (State.ANSWERED, evaluate),
        State.CLOSED: (State.EVALUATED, close),
        State.PARKED: (State.CONSOLIDATION, park),
        State.WITHDRAWN: (State.CONSOLIDATION, withdraw),
        State.SUPERSEDED: (State.ADOPTED, supersede),
    }


@pytest.fixture
def way(request, drafter, coordinator, chair, representatives, board, board_secretary):
    return Way(request.getfixturevalue)


@pytest.fixture
def position_in(way):
    """`position_in(State.ADOPTED)`: a position that has come to the state by its real moves."""
    return way.to


@pytest.fixture
def rewrite(way):
    """`rewrite(position)`: its text is another one, saved by the coordinator."""

    def save(position, body="<p>Quite another text.</p>"):
        return actions.save_draft(
            position=position,
            by=way.cast("coordinator"),
            base=position.current.number,
            title=position.title,
            body=body,
            points=[],
            addressee=position.addressee,
        )

    return save
