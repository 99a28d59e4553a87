"""What the workflow engine promises, seen on positions."""

import pytest
from django.db import DatabaseError
from django.utils.formats import date_format

from core import audit, clock
from core.models import AuditEntry, Mail
from core.workflow import CLOCK, NotAllowed, Note, Overtaken, SomethingMissing
from positions import actions
from positions.choices import HOLDERS, Action, AnswerClass, Channel, Choice, Holder, State
from positions.models import Ballot, BoardDecision, Position, Submission
from positions.workflow import WORKFLOW


def things_said(position):
    """Everything a refused move could have left behind."""
    row = Position.objects.filter(pk=position.pk).values().get()
    models = (AuditEntry, Mail, Ballot, BoardDecision, Submission)
    return row, [model.objects.count() for model in models]


# The order of refusals -------------------------------------------------------------------------


def test_not_allowed_comes_before_everything_else(way, representative):
    position = way.to(State.CLOSED)
    before = things_said(position)

    with pytest.raises(NotAllowed):
        WORKFLOW.perform(Action.OPEN_CONSULTATION, position, by=representative, seen=99)

    assert things_said(position) == before


def test_overtaken_comes_before_a_missing_reason(way, coordinator):
    position = way.to(State.WITHDRAWN)

    with pytest.raises(Overtaken):
        WORKFLOW.perform(Action.WITHDRAW, position, by=coordinator, note="")


def test_a_missing_reason_comes_before_other_conditions(way, board_secretary, english):
    position = way.to(State.BOARD_REVIEW)

    with pytest.raises(SomethingMissing) as refusal:
        WORKFLOW.perform(
            Action.ACCEPT, position, by=board_secretary, note="  ", decided_on=clock.today()
        )

    assert refusal.value.sentences == ["Please give the reason."]
    assert refusal.value.field == "note"


def test_what_is_missing_is_said_in_sentences(way, board_secretary, english):
    position = way.to(State.BOARD_REVIEW)
    before = things_said(position)

    with pytest.raises(SomethingMissing) as refusal:
        WORKFLOW.perform(
            Action.ACCEPT, position, by=board_secretary, note="Yes.", decided_on=clock.today()
        )

    by = date_format(way.in_days(7))
    assert refusal.value.sentences == [f"2 more votes are needed for a quorum, by {by}."]
    assert things_said(position) == before


@pytest.mark.parametrize("action", [move.action for move in WORKFLOW if move.note is Note.REQUIRED])
def test_these_moves_are_never_made_without_a_reason(action):
    assert action in {
        Action.ACCEPT,
        Action.ACCEPT_WITH_CHANGES,
        Action.REJECT,
        Action.RETURN,
        Action.ANNUL_VOTE,
        Action.DEFER,
        Action.REFUSE_CHANGES,
        Action.PARK,
        Action.SUPERSEDE,
        Action.WITHDRAW,
    }


# Somebody was faster ---------------------------------------------------------------------------


def test_a_decision_on_a_page_that_is_no_longer_so_is_refused(way, coordinator, chair):
    position = way.to(State.CONSOLIDATION)
    seen = position.step
    way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))

    with pytest.raises(Overtaken) as refusal:
        WORKFLOW.perform(Action.OPEN_VOTE, position, by=chair, seen=seen, closes_on=way.in_days(7))

    assert refusal.value.thing.status == State.SECTION_VOTE
    assert refusal.value.last.actor == coordinator
    assert not refusal.value.own


def test_a_second_click_is_told_from_somebody_elses(way, coordinator):
    position = way.to(State.CONSOLIDATION)
    way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))

    with pytest.raises(Overtaken) as refusal:
        way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))

    assert refusal.value.own


def test_a_step_that_keeps_the_state_makes_an_older_page_stale(way, coordinator):
    position = way.to(State.ACCEPTED)
    seen = position.step
    way.prepare(position)

    with pytest.raises(Overtaken):
        WORKFLOW.perform(
            Action.PREPARE_SUBMISSION,
            position,
            by=coordinator,
            seen=seen,
            addressee=position.addressee,
            signatory="Somebody else",
            channel=Channel.LETTER,
            letter_subject="On the opening hours",
            letter_body="Please find it enclosed.",
        )

    assert Submission.objects.get().signatory == "The chair of the board"


# All or nothing --------------------------------------------------------------------------------


def test_an_effect_that_fails_takes_everything_back(way, coordinator):
    position = way.to(State.CONSOLIDATION)
    before = things_said(position)

    with pytest.raises(SomethingMissing):
        way.move(position, Action.OPEN_VOTE, closes_on=clock.days_after(clock.today(), -1))

    assert things_said(position) == before


def test_an_audit_entry_that_cannot_be_written_takes_everything_back(way, monkeypatch):
    position = way.to(State.CONSOLIDATION)
    before = things_said(position)

    def fail(**facts):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("core.workflow.audit.record", fail)

    with pytest.raises(DatabaseError, match="the disk is full"):
        way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))

    assert things_said(position) == before


def test_a_notice_that_cannot_be_queued_takes_everything_back(way, monkeypatch):
    position = way.to(State.CONSOLIDATION)
    before = things_said(position)

    def fail(**facts):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("core.outbox.queue", fail)

    with pytest.raises(DatabaseError, match="the disk is full"):
        way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(7))

    assert things_said(position) == before


# The history -----------------------------------------------------------------------------------


def test_every_move_leaves_one_entry_and_one_step(way, coordinator):
    position = way.to(State.CONSOLIDATION)

    moved = way.move(position, Action.PARK, note="It can wait.", wake_on=way.in_days(30))

    entry = audit.last_of(position)
    assert (entry.action, entry.source, entry.target) == ("park", "consolidation", "parked")
    assert (entry.actor, entry.note) == (coordinator, "It can wait.")
    assert moved.step == position.step + 1
    assert moved.status_since == Position.objects.get().status_since > position.status_since


def test_a_move_that_keeps_the_state_keeps_its_date(way):
    position = way.to(State.ACCEPTED)

    prepared = way.prepare(position)

    assert (prepared.status, prepared.status_since) == (State.ACCEPTED, position.status_since)
    assert prepared.step == position.step + 1


def test_the_chain_holds_over_the_whole_way(way):
    way.to(State.CLOSED)
    moves = AuditEntry.objects.order_by("seq").values_list("source", "target")
    steps = [(source, target) for source, target in moves if source != target and source]

    assert audit.faults() == []
    assert [source for source, _target in steps[1:]] == [target for _source, target in steps[:-1]]


# Time ------------------------------------------------------------------------------------------


def test_the_clock_makes_no_move_before_its_time(way):
    position = way.to(State.CONSULTATION)

    with pytest.raises(NotAllowed):
        WORKFLOW.perform(Action.CLOSE_CONSULTATION, position, by=CLOCK)


def test_the_clock_makes_no_move_of_somebody_elses(way):
    position = way.to(State.ADOPTED)

    with pytest.raises(NotAllowed):
        WORKFLOW.perform(Action.FORWARD, position, by=CLOCK, cover_note="", signatory="")


def test_a_move_of_the_clock_is_signed_by_nobody(way):
    position = way.to(State.CONSULTATION)

    with way.after(position.comments_close_at):
        position = WORKFLOW.perform(Action.CLOSE_CONSULTATION, position, by=CLOCK)

    assert position.status == State.CONSOLIDATION
    assert audit.last_of(position).actor is None


# Single moves ----------------------------------------------------------------------------------


def test_a_returned_position_goes_back_with_the_reasons(way):
    position = way.to(State.RETURNED)

    reworked = way.move(position, Action.REWORK)

    decision = position.decisions.get()
    assert (decision.verdict, decision.reasons) == ("returned", "Say it shorter.")
    assert reworked.status == State.CONSOLIDATION


def test_a_position_returned_unread_has_no_resolution(way):
    position = way.to(State.FORWARDED)

    returned = way.give_back(position)

    assert returned.status == State.RETURNED
    assert not returned.decisions.exists()


def test_a_consultation_is_not_shorter_than_the_sections_rule(way, english):
    position = way.start()

    with pytest.raises(SomethingMissing, match="at least 8 days") as refusal:
        way.move(position, Action.OPEN_CONSULTATION, closes_on=way.in_days(7))

    assert refusal.value.field == "closes_on"


def test_an_expedited_consultation_says_why(way):
    position = way.start()

    opened = way.move(
        position,
        Action.OPEN_CONSULTATION,
        closes_on=way.in_days(2),
        expedited_reason="The authority gave three days.",
    )

    assert opened.expedited_reason == "The authority gave three days."
    assert opened.comments_close_at == clock.end_of_day(way.in_days(2))


def test_the_comments_are_not_closed_early_without_a_reason(way):
    position = way.to(State.CONSULTATION)

    with pytest.raises(SomethingMissing) as refusal:
        way.move(position, Action.CLOSE_CONSULTATION)

    assert refusal.value.field == "note"


def test_agreeing_to_changes_puts_the_boards_wording_in_force(way):
    position = way.to(State.CHANGES_PROPOSED)

    agreed = way.move(position, Action.AGREE_TO_CHANGES)

    assert agreed.status == State.ACCEPTED
    assert (agreed.current.number, agreed.proposed) == (2, None)
    assert agreed.current.body == "<p>Other words.</p>"


def test_refusing_changes_keeps_the_sections_wording(way):
    position = way.to(State.CHANGES_PROPOSED)

    refused = way.move(position, Action.REFUSE_CHANGES, note="It says something else.")

    assert refused.status == State.CONSOLIDATION
    assert (refused.current.number, refused.proposed) == (1, None)


def test_a_submission_is_not_confirmed_by_who_prepared_it(way, coordinator):
    position = way.prepare(way.to(State.ACCEPTED))

    with pytest.raises(NotAllowed):
        way.move(position, Action.CONFIRM_SUBMISSION, "coordinator")


def test_preparing_anew_takes_the_confirmation_back(way):
    position = way.prepare(way.to(State.ACCEPTED))
    position = way.move(position, Action.CONFIRM_SUBMISSION, "board_chair")

    position = way.prepare(position)

    assert position.submission.confirmed_by is None


def test_a_submitted_position_is_public_from_that_moment(way):
    accepted = way.to(State.ACCEPTED)

    submitted = way.submit(accepted)

    assert (accepted.is_public, submitted.is_public) == (False, True)


def test_resuming_leads_back_to_where_it_was_parked(way):
    for state in (State.DRAFT, State.CONSOLIDATION, State.ADOPTED, State.ACCEPTED):
        parked = way.park(way.to(state))

        resumed = way.move(parked, Action.RESUME)

        assert (resumed.status, resumed.parked_from, resumed.wake_on) == (state, "", None)


def test_withdrawing_annuls_the_running_ballot_and_keeps_its_votes(way):
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.NO, None)

    way.withdraw(position)

    ballot = Ballot.objects.get()
    assert ballot.annulled_reason == "It is pointless now."
    assert not ballot.is_open
    assert ballot.turnout == 2


def test_a_position_is_not_superseded_by_itself_or_by_a_withdrawn_one(way):
    position = way.to(State.ADOPTED)
    withdrawn = way.to(State.WITHDRAWN)

    for successor in (position, withdrawn):
        with pytest.raises(SomethingMissing) as refusal:
            way.move(position, Action.SUPERSEDE, note="Better said.", successor=successor)

        assert refusal.value.field == "successor"


def test_a_closed_position_keeps_its_result(way):
    position = way.to(State.EVALUATED)

    closed = way.move(position, Action.CLOSE, result="All three.", review_on=way.in_days(365))

    assert (closed.result, closed.review_on) == ("All three.", way.in_days(365))
    assert closed.holder == Holder.NOBODY


@pytest.mark.parametrize(
    ("state", "action", "by", "details", "field"),
    [
        (
            State.ADOPTED,
            Action.FORWARD,
            "coordinator",
            {"authority_deadline": -1},
            "authority_deadline",
        ),
        (State.FORWARDED, Action.TAKE_UP, "board_secretary", {"decide_on": -1}, "decide_on"),
        (State.SUBMITTED, Action.RECORD_ANSWER, "coordinator", {"received_on": 1}, "received_on"),
        (State.SUBMITTED, Action.RECORD_ANSWER, "coordinator", {"received_on": -1}, "received_on"),
        (State.EVALUATED, Action.CLOSE, "coordinator", {"review_on": -1}, "review_on"),
        (State.DRAFT, Action.PARK, "coordinator", {"wake_on": 0}, "wake_on"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(way, state, action, by, details, field):
    position = way.to(state)
    others = {
        Action.FORWARD: {
            "cover_note": "Please.",
            "signatory": "The chair",
            "addressee": position.addressee,
        },
        Action.RECORD_ANSWER: {
            "text": "We have read it.",
            "classified": AnswerClass.ACKNOWLEDGED,
        },
        Action.CLOSE: {"result": "Done."},
    }
    days = {name: way.in_days(shift) for name, shift in details.items()}
    before = things_said(position)

    with pytest.raises(SomethingMissing) as refusal:
        way.move(position, action, by, note="Because.", **days, **others.get(action, {}))

    assert refusal.value.field == field
    assert things_said(position) == before


def test_every_state_has_somebody_who_holds_the_ball():
    assert set(HOLDERS) == set(State)


# Two hats, and mandates that end ---------------------------------------------------------------


def test_two_hats_are_worn_one_at_a_time(way, coordinator, libraries):
    """The coordinator, who is also a library's deputy, votes for it and closes the vote."""
    coordinator.mandates.create(kind="deputy", library=libraries[2])
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.YES, None)
    elector = position.section_ballot.electors.get(library=libraries[2])

    actions.cast_vote(elector=elector, by=coordinator, choice=Choice.YES)

    assert way.move(position, Action.CLOSE_VOTE).status == State.ADOPTED


def test_an_office_that_ended_yesterday_moves_nothing(way, coordinator):
    position = way.to(State.CONSOLIDATION)
    coordinator.offices.update(ended_on=clock.days_after(clock.today(), -1))
    again = type(coordinator).objects.get(pk=coordinator.pk)

    assert WORKFLOW.offered_to(again, position) == []
    with pytest.raises(NotAllowed):
        WORKFLOW.perform(Action.OPEN_VOTE, position, by=again, closes_on=way.in_days(7))


def test_a_right_ends_in_the_session_that_is_open(way, coordinator):
    """The same person object, as an open session keeps it: the next day the right is gone."""
    position = way.to(State.CONSOLIDATION)
    coordinator.offices.update(ended_on=clock.today())
    last_second = clock.end_of_day(clock.today())

    with clock.at(last_second):
        offered = [offer.move.action for offer in WORKFLOW.offered_to(coordinator, position)]
    with way.after(last_second):
        later = WORKFLOW.offered_to(coordinator, position)

    assert Action.OPEN_VOTE in offered
    assert later == []


def test_a_closed_account_moves_nothing(way, coordinator):
    position = way.to(State.CONSOLIDATION)
    coordinator.is_active = False

    assert WORKFLOW.offered_to(coordinator, position) == []


# The diagram -----------------------------------------------------------------------------------


def test_the_diagram_shows_every_move_from_every_state():
    lines = WORKFLOW.as_mermaid().splitlines()
    arrows = {line.strip() for line in lines[2:]}

    assert lines[:2] == ["stateDiagram-v2", "    [*] --> draft"]
    assert "section_vote --> not_adopted: close_vote" in arrows
    assert "accepted --> accepted: prepare_submission" in arrows
    assert (
        len(lines) - 2
        == len(arrows)
        == sum(len(move.sources) * len(move.targets() or [None]) for move in WORKFLOW)
    )
