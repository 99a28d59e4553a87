"""Positions driven any way that anybody could drive them: random moves, votes, saves, amendments
and days going by, each by random people, whether it is theirs to do or not.

Whatever happens, what is stored is a state that can be explained: by its history, by the rules of
the ballots, and by what each person may see.
"""

import inspect
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core import audit, clock
from core.models import AuditEntry, Mail
from core.workflow import CLOCK, Note, Overtaken, SomethingMissing
from members.models import Person
from positions import actions, proposing, recount, reminding
from positions.choices import (
    MAY_HOLD_AMENDMENTS,
    AmendmentKind,
    AnswerClass,
    BallotKind,
    Channel,
    Choice,
    PointResult,
    State,
)
from positions.clockwork import make_due_moves
from positions.models import (
    Amendment,
    Ballot,
    BoardDecision,
    Elector,
    Message,
    Position,
    Seal,
    Submission,
    Version,
    Vote,
)
from positions.workflow import WORKFLOW

REFUSED = (
    PermissionDenied,
    Overtaken,
    SomethingMissing,
    actions.AlreadyVoted,
    actions.BallotClosed,
    actions.TextMoved,
)
IN_SECTION = ("representative", "deputy", "other_representative", "third_representative")
LEADING = ("coordinator", "chair")
ON_BOARD = ("board_chair", "board_member", "board_secretary")
BACK_OFFICE = ("staff", "admin")
OUTSIDE = ("stranger", "foreign_representative", "former_representative", "other_coordinator")
PEOPLE = (*IN_SECTION, "drafter", *LEADING, *ON_BOARD, *BACK_OFFICE, *OUTSIDE)
STARTS = (State.DRAFT, State.CONSOLIDATION, State.SECTION_VOTE, State.BOARD_REVIEW, State.ACCEPTED)
ENDS = {"withdraw", "park", "supersede"}
SENT = {State.SUBMITTED, State.ANSWERED, State.EVALUATED, State.CLOSED}
SEEN_BY = ("shared_at", "forwarded_at", "published_at")
STORED = (
    *(Position, Version, Amendment, Ballot, Elector, Vote, Seal, BoardDecision),
    *(Submission, Message, AuditEntry, Mail),
)
SAYS = ("", "Because.")
AMENDMENT_STEPS = ("accept", "reject", "carry_to_vote", "reconsider", "withdraw")


def day(earliest, latest):
    return st.integers(earliest, latest).map(
        lambda days: lambda way: clock.days_after(clock.today(), days)
    )


def said(*texts):
    return st.sampled_from(texts).map(lambda text: lambda way: text)


AUTHORITY = st.just(lambda way: way.cast("authority"))
NOTHING = st.just(lambda way: None)
DETAILS = {
    "closes_on": day(-1, 12),
    "expedited_reason": said(*SAYS),
    "by_silence": said(False, True),
    "cover_note": said("Please decide.", " "),
    "signatory": said("The chair of the board"),
    "addressee": AUTHORITY,
    "authority_deadline": NOTHING | day(1, 60),
    "decide_on": day(0, 20),
    "decided_on": day(-1, 1),
    "outvoted": said(False, True),
    "title": said("Other words"),
    "body": said("<p>Other words.</p>", "<p>Quite other words.</p>"),
    "points": said(["One thing."], []),
    "channel": said(Channel.OFFICE_GATE),
    "letter_subject": said("On the opening hours"),
    "letter_body": said("Please find our opinion enclosed.", " "),
    "classified": said(AnswerClass.ACKNOWLEDGED),
    "law_profile": NOTHING,
    "sent_on": day(-1, 0),
    "file_number": said("M/1"),
    "received_on": day(-1, 0),
    "text": said("We have read it."),
    "extends": said(False),
    "result": said("It was heard.", " "),
    "review_on": NOTHING | day(1, 30),
    "wake_on": day(0, 15),
    "successor": st.just(lambda way: Position.objects.order_by("pk").last()),
}
"""What a move may ask for, plausible or just beside it."""


def details_of(move):
    """(name, always asked for) of each detail that the effect of the move takes."""
    taken = inspect.signature(move.then).parameters.items()
    named = [(name, each) for name, each in taken if each.kind is each.KEYWORD_ONLY]
    own = [(name, each) for name, each in named if name not in {"by", "note"}]
    return [(name, each.default is each.empty) for name, each in own]


def test_every_detail_of_every_move_can_be_made_up():
    """A new one needs a line in the table above."""
    asked = {name for move in WORKFLOW for name, needed in details_of(move) if needed}

    assert asked - set(DETAILS) == set()


class AnyWay(RuleBasedStateMachine):
    """`way` and `keys` (of people, by name) are set by the test."""

    way, keys = None, None

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = clock.now()
        self.looked_at = {}

    def teardown(self):
        try:
            assert audit.faults() == []
            assert list(recount.faults()) == []
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    # What people do ----------------------------------------------------------------------------

    @initialize(state=st.sampled_from(STARTS), how=st.sampled_from(["named", "secret", "silence"]))
    def begin(self, state, how):
        section = self.way.cast("section")
        type(section).objects.filter(pk=section.pk).update(
            votes_secretly=how == "secret", decides_by_silence=how == "silence"
        )
        section.refresh_from_db()
        with clock.at(self.now):
            self.way.to(state)

    @rule(data=st.data())
    def the_next_step_is_taken(self, data):
        """One of those that are offered to somebody, most often not the end of the way."""
        position = self.position(data)
        offers = [
            (name, offer.move)
            for name in (*LEADING, "board_secretary", "drafter")
            for offer in WORKFLOW.offered_to(self.person(name), position)
            if not offer.missing
        ]
        onward = [each for each in offers if each[1].action not in ENDS]
        offers = onward if onward and data.draw(st.integers(0, 9)) else offers
        if offers:
            name, move = data.draw(st.sampled_from(offers), label="step")
            self.tried(lambda: self.make(data, position, move, self.person(name)))

    @rule(data=st.data(), name=st.sampled_from(PEOPLE), move=st.sampled_from(list(WORKFLOW)))
    def anybody_tries_anything(self, data, name, move):
        position = self.position(data)
        self.tried(lambda: self.make(data, position, move, self.person(name)))

    @rule(data=st.data(), move=st.sampled_from([m for m in WORKFLOW if m.action != "resume"]))
    def the_clock_tries_anything(self, data, move):
        position = self.position(data)
        self.tried(lambda: self.make(data, position, move, CLOCK))

    @rule(data=st.data(), name=st.sampled_from(PEOPLE), choice=st.sampled_from(Choice))
    def somebody_votes(self, data, name, choice):
        elector = self.row(data, Elector)
        if elector:
            reason = data.draw(st.sampled_from(SAYS))
            by = self.person(name)
            self.tried(
                lambda: actions.cast_vote(elector=elector, by=by, choice=choice, reason=reason)
            )

    @rule(choice=st.sampled_from([Choice.YES, Choice.YES, Choice.NO, Choice.RECUSE]))
    def everybody_votes(self, choice):
        with clock.at(self.now):
            for elector in Elector.objects.silent().select_related("ballot"):
                if elector.ballot.is_open:
                    by = self.voter_of(elector)
                    self.tried(
                        lambda of=elector, by=by: actions.cast_vote(
                            elector=of, by=by, choice=choice
                        )
                    )

    @rule(data=st.data(), name=st.sampled_from(PEOPLE), body=st.sampled_from(["A", "B", "C"]))
    def somebody_saves(self, data, name, body):
        position = self.position(data)
        base = data.draw(st.integers(1, position.versions.count()))
        self.tried(
            lambda: actions.save_draft(
                position=position,
                by=self.person(name),
                base=base,
                title=position.title,
                body=f"<p>First paragraph.</p><p>{body}</p>",
                points=["One thing."],
                addressee=position.addressee,
            )
        )

    @rule(data=st.data(), rank=st.integers(0, 2))
    def somebody_proposes_an_amendment(self, data, rank):
        position = self.position(data)
        self.tried(
            lambda: proposing.propose(
                by=self.person(("representative", *IN_SECTION[2:])[rank]),
                library=self.way.cast("libraries")[rank],
                version=position.current,
                kind=AmendmentKind.WORDING,
                paragraph=1,
                body=f"<p>Better {rank}.</p>",
                reason="It reads better.",
            )
        )

    @rule(data=st.data(), name=st.sampled_from(PEOPLE), step=st.sampled_from(AMENDMENT_STEPS))
    def somebody_decides_on_an_amendment(self, data, name, step):
        amendment = self.row(data, Amendment)
        if amendment:
            by = self.person(name)
            note = data.draw(st.sampled_from(SAYS))
            self.tried(lambda: proposing.decide(amendment=amendment, by=by, action=step, note=note))

    @rule(data=st.data(), result=st.sampled_from([PointResult.ACCEPTED, PointResult.REJECTED]))
    def every_outcome_is_recorded(self, data, result):
        for point in self.position(data).current.points.all():
            facts = {"by": self.person("coordinator"), "result": result, "reason": "They said so."}
            self.tried(lambda of=point, facts=facts: actions.record_outcome(point=of, **facts))

    @rule(hours=st.sampled_from([1, 30, 24 * 5, 24 * 13]))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)
        with clock.at(self.now):
            for position in Position.objects.filter(status=State.ACCEPTED):
                self.way.packed(position)
            make_due_moves()
            reminding.remind()
            assert (make_due_moves(), reminding.remind()) == (0, 0)

    # What must hold ----------------------------------------------------------------------------

    @invariant()
    def every_state_is_explained_by_the_history(self):
        if not self.is_new("history", last_entry()):
            return
        for position in Position.objects.all():
            status, steps = State.DRAFT, 0
            entries = list(audit.of(position).order_by("seq"))
            assert (entries[0].action, entries[0].target) == ("start", State.DRAFT)
            for entry, after in zip(entries, [*entries[1:], None], strict=True):
                steps += counts_as_a_step(entry, after)
                if entry.action in WORKFLOW.moves:
                    assert entry.source == status
                    assert entry.source in WORKFLOW.moves[entry.action].sources
                    status = State(entry.target)
            assert (position.status, position.step) == (status, steps)

    @invariant()
    def every_state_has_what_belongs_to_it(self):
        if not self.is_new("state", last_entry()):
            return
        for position in Position.objects.all():
            status, now = State(position.status), position.ballots.filter(annulled_at=None)
            running = now.filter(closed_at=None)
            of_section = running.filter(kind=BallotKind.SECTION).count()
            assert of_section == (status == State.SECTION_VOTE)
            if status != State.SECTION_VOTE:
                assert not running.filter(kind=BallotKind.AMENDMENT).exists()
            undecided = now.filter(kind=BallotKind.BOARD, decision=None)
            assert undecided.count() == (status == State.BOARD_REVIEW)
            assert (
                (position.wake_on is not None)
                == (status == State.PARKED)
                == bool(position.parked_from)
            )
            assert (position.successor_id is not None) == (status == State.SUPERSEDED)
            if status == State.CHANGES_PROPOSED:
                assert position.proposed_id
            if status in SENT:
                assert position.published_at and position.sent.sent_on
            if status not in MAY_HOLD_AMENDMENTS | {State.WITHDRAWN}:
                assert not position.amendments.filter(status__in=["proposed", "to_vote"]).exists()

    @invariant()
    def every_ballot_keeps_to_its_rules(self):
        if not self.is_new("ballots", last_entry()):
            return
        sealed = set(Seal.objects.values_list("ballot", flat=True))
        running_secret = Ballot.objects.filter(is_secret=True, closed_at=None, annulled_at=None)
        assert sealed == set(running_secret.values_list("pk", flat=True))
        told = Vote.objects.filter(elector__ballot__is_secret=True).exclude(choice=Choice.RECUSE)
        assert not told.exists()
        assert not Elector.objects.filter(took_part=True, vote__isnull=False).exists()
        for ballot in Ballot.objects.filter(kind=BallotKind.SECTION, closed_at__isnull=False):
            [entry] = AuditEntry.objects.filter(
                action="close_vote", payload__counted__0__ballot=ballot.pk
            )
            assert ballot.carries == (entry.target == State.ADOPTED)

    @invariant()
    def nobody_sees_more_than_theirs(self):
        if not self.is_new("seen", Position.objects.values_list("pk", *SEEN_BY)):
            return
        positions = list(Position.objects.prefetch_related("authors"))
        for name in PEOPLE:
            seen = set(Position.objects.visible_to(self.person(name)))
            assert seen == {each for each in positions if is_theirs_to_see(name, each)}

    # How it is done ----------------------------------------------------------------------------

    def is_new(self, what, rows):
        """Whether it differs from when it was looked at last."""
        found = list(rows)
        if self.looked_at.get(what) == found:
            return False
        self.looked_at[what] = found
        return True

    def tried(self, act):
        """Done or refused: what is refused changes nothing."""
        before = everything()
        try:
            with clock.at(self.now):
                act()
        except REFUSED:
            assert everything() == before

    def make(self, data, position, move, by):
        note = data.draw(st.sampled_from(SAYS)) if move.note is not Note.NONE else ""
        details = {
            name: data.draw(DETAILS[name], label=name)(self.way)
            for name, needed in details_of(move)
            if needed or (name in DETAILS and data.draw(st.booleans()))
        }
        seen = data.draw(st.sampled_from([None, position.step, position.step - 1]))
        WORKFLOW.perform(move.action, position, by=by, note=note, seen=seen, **details)

    def position(self, data):
        if Position.objects.count() < 2 and not data.draw(st.integers(0, 15), label="another"):
            with clock.at(self.now):
                self.way.to(State.CONSULTATION)
        return self.row(data, Position)

    def row(self, data, model):
        keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        return model.objects.get(pk=data.draw(st.sampled_from(keys))) if keys else None

    def person(self, name):
        return Person.objects.get(pk=self.keys[name])

    def voter_of(self, elector):
        if elector.person_id:
            return elector.person
        of = {each.pk: name for each, name in zip(self.way.cast("libraries"), VOTERS, strict=True)}
        return self.person(of[elector.library_id])


VOTERS = ("representative", "other_representative", "third_representative")


def last_entry():
    return AuditEntry.objects.order_by("-seq").values_list("seq")[:1]


def everything():
    return [list(model._base_manager.order_by("pk").values_list()) for model in STORED]


def counts_as_a_step(entry, after):
    """A move, a new text, a decision on an amendment; what a vote carries comes with its end."""
    if entry.action in WORKFLOW.moves:
        return True
    if entry.action == "save":
        settled = after is not None and after.action == "close_vote"
        return entry.payload["new"] and not ("amendments" in entry.payload and settled)
    decision = entry.payload.get("decision") if entry.action == "amendment" else None
    return decision in set(AMENDMENT_STEPS) - {"accept"}


def is_theirs_to_see(name, position):
    if position.published_at or name in (*BACK_OFFICE, *LEADING):
        return True
    if name in ON_BOARD:
        return position.forwarded_at is not None
    if name == "drafter" or name in IN_SECTION:
        authors = {author.email.split("@")[0] for author in position.authors.all()}
        return position.shared_at is not None or name.replace("_", ".") in authors
    return False


def test_any_way_it_goes_what_is_stored_can_be_explained(way, request):
    for name in ("section", "libraries", "authority"):
        request.getfixturevalue(name)
    keys = {name: request.getfixturevalue(name).pk for name in PEOPLE}
    machine = type("AnyWayHere", (AnyWay,), {"way": way, "keys": keys})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=35,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
