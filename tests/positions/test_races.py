"""Two people in the same second, on real connections: exactly one of them is first."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, connections, transaction

from core import audit, clock
from core.models import AuditEntry, Mail
from core.numbering import next_number
from core.workflow import CLOCK, Overtaken, SomethingMissing
from members.models import Person
from positions import actions, commenting, conflicts, subjects
from positions.actions import AlreadyVoted, BallotClosed, TakesNoPart, TextMoved
from positions.choices import Action, Choice, Kind, State
from positions.clockwork import make_due_moves
from positions.models import (
    BoardDecision,
    Comment,
    Elector,
    PointReason,
    Position,
    Topic,
    Version,
    Vote,
)
from positions.workflow import WORKFLOW
from tests.cast import make_library, make_person, mandate

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
REFUSALS = (
    Overtaken,
    AlreadyVoted,
    BallotClosed,
    TakesNoPart,
    TextMoved,
    commenting.AlreadyResolved,
)


@pytest.fixture(autouse=True)
def on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")


def at_once(*acts):
    """Start every act at the same moment, each on a connection of its own; what each came to."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=30)
            act()
        except REFUSALS as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_O_048_two_deciders_in_the_same_second(way, board_secretary):
    """Accepting and returning at once: one resolution, one entry, one letter for each hearer."""
    position = way.to(State.BOARD_REVIEW)
    yes = Choice.YES
    position = way.vote(position, yes, yes, Choice.ABSTAIN, ballot="board_ballot")
    second = mandate(make_person("second.secretary"), "board_secretary")
    entries, seen, day = AuditEntry.objects.count(), position.step, clock.today()

    def accept():
        WORKFLOW.perform(
            Action.ACCEPT,
            position,
            by=fresh(board_secretary),
            note="Yes.",
            seen=seen,
            decided_on=day,
        )

    def give_back():
        said = {1: "Whose task is it?", 2: "By when?"}
        facts = {"note": "No.", "seen": seen, "point_reasons": said}
        WORKFLOW.perform(Action.RETURN, position, by=fresh(second), **facts)

    results = at_once(accept, give_back, accept, give_back, accept, give_back)

    position.refresh_from_db()
    letters = Mail.objects.filter(context__status=position.status, context__position=position.pk)
    assert results == {"done": 1, "Overtaken": 5}
    assert position.status in {State.ACCEPTED, State.RETURNED}
    assert (BoardDecision.objects.count(), AuditEntry.objects.count()) == (1, entries + 1)
    reasons = 2 if position.status == State.RETURNED else 0
    assert PointReason.objects.filter(decision__verdict="returned").count() == reasons
    assert sorted(letters.values_list("to__name", flat=True)) == ["Chair", "Coordinator"]
    assert audit.faults() == []


def test_O_042_twenty_votes_of_the_same_elector(way, library, representative, deputy):
    position = way.to(State.SECTION_VOTE)
    elector = position.section_ballot.electors.get(library=library)
    entries = AuditEntry.objects.count()

    def vote(person, choice):
        return lambda: actions.cast_vote(
            elector=Elector.objects.get(pk=elector.pk), by=fresh(person), choice=choice
        )

    acts = [vote(representative, Choice.YES), vote(deputy, Choice.NO)] * 10
    results = at_once(*acts)

    assert results == {"done": 1, "AlreadyVoted": 19}
    assert Vote.objects.count() == 1
    assert AuditEntry.objects.count() == entries + 1


def test_O_043_voters_while_the_vote_is_being_closed(way, county, section):
    """Whoever was told that the vote was taken is counted, and nobody else."""
    voters = []
    for number in range(10, 34):
        library = make_library(county, number)
        section.memberships.create(library=library)
        voters.append(mandate(make_person(f"voter{number}"), "representative", library))
    position = way.to(State.SECTION_VOTE)
    electors = {
        elector.library_id: elector.pk for elector in position.section_ballot.electors.all()
    }

    def vote(person):
        elector = electors[person.mandates.get().library_id]
        return lambda: actions.cast_vote(
            elector=Elector.objects.get(pk=elector), by=fresh(person), choice=Choice.YES
        )

    def withdraw():
        way.withdraw(position)

    results = at_once(*[vote(person) for person in voters[:12]], withdraw)
    more = at_once(*[vote(person) for person in voters[12:]])

    withdrawn = AuditEntry.objects.get(action="withdraw")
    cast = AuditEntry.objects.filter(action="vote")
    assert more == {"BallotClosed": 12}
    assert results["done"] + results["BallotClosed"] == 13
    assert Vote.objects.count() == results["done"] - 1 == cast.count()
    assert not cast.filter(seq__gt=withdrawn.seq).exists()


def test_O_043_the_last_voter_and_the_coordinator(way, libraries, representatives):
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, Choice.YES, None)
    elector = position.section_ballot.electors.get(library=libraries[2])
    closes_at = position.section_ballot.closes_at

    def vote():
        voter = fresh(representatives[2])
        with clock.at(closes_at):
            actions.cast_vote(elector=elector, by=voter, choice=Choice.NO)

    def close():
        with way.after(closes_at):
            WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)

    results = at_once(vote, close)

    ballot = Position.objects.get(pk=position.pk).section_ballot
    taken = results["BallotClosed"] == 0
    assert Position.objects.get(pk=position.pk).status == State.ADOPTED
    assert ballot.turnout == 2 + taken


def test_O_043_a_vote_that_is_being_written_is_counted_when_the_ballot_closes(
    way, libraries, representatives
):
    """The vote is taken in the last second and committed after the clock has begun to close."""
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, None, None)
    elector = position.section_ballot.electors.get(library=libraries[1])
    closes_at = position.section_ballot.closes_at

    def close():
        try:
            with way.after(closes_at):
                WORKFLOW.perform(Action.CLOSE_VOTE, Position.objects.get(pk=position.pk), by=CLOCK)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), clock.at(closes_at):
            actions.cast_vote(elector=elector, by=fresh(representatives[1]), choice=Choice.YES)
            closing = pool.submit(close)
            sleep(1)
        closing.result()

    closed = Position.objects.get(pk=position.pk)
    assert (closed.status, closed.section_ballot.carries) == (State.ADOPTED, True)


def test_a_member_who_votes_while_being_excluded(way, board, board_secretary):
    """In either order: one vote at most is there, and it does not count."""
    position = way.to(State.BOARD_REVIEW)
    elector = position.board_ballot.electors.get(person=board[1])

    def vote():
        cast = Elector.objects.get(pk=elector.pk)
        actions.cast_vote(elector=cast, by=fresh(board[1]), choice=Choice.YES)

    def apart():
        conflicts.exclude(
            position=position, by=fresh(board_secretary), member=board[1], reason="A cousin."
        )

    results = at_once(vote, apart)

    ballot = Position.objects.get(pk=position.pk).board_ballot
    assert results["done"] + results["TakesNoPart"] == 2
    assert Vote.objects.filter(elector=elector).count() == 1 - results["TakesNoPart"]
    assert (ballot.electorate, ballot.turnout) == (2, 0)
    assert audit.faults() == []


def test_an_exclusion_is_recorded_once(way, board, board_chair, board_secretary):
    position = way.to(State.BOARD_REVIEW)

    def apart(by):
        def act():
            try:
                conflicts.exclude(position=position, by=fresh(by), member=board[1], reason="Yes.")
            except SomethingMissing as already:
                raise Overtaken(position, by=by) from already

        return act

    assert at_once(*[apart(by) for by in (board_chair, board_secretary) * 3]) == {
        "done": 1,
        "Overtaken": 5,
    }
    assert Mail.objects.filter(kind="positions.excluded").count() == 1


def test_O_043_a_blocking_concern_that_is_being_written_stops_the_acceptance(
    way, board, board_secretary
):
    position = way.to(State.BOARD_REVIEW)
    position = way.vote(position, Choice.YES, Choice.YES, None, ballot="board_ballot")
    elector = position.board_ballot.electors.get(vote=None)

    def accept():
        facts = {"note": "Yes.", "decided_on": clock.today()}
        try:
            WORKFLOW.perform(Action.ACCEPT, position, by=fresh(board_secretary), **facts)
        except SomethingMissing as missing:
            return missing.field
        finally:
            connections.close_all()
        return "accepted"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.cast_vote(
                elector=elector, by=elector.person, choice=Choice.CONCERN, reason="Too costly."
            )
            accepting = pool.submit(accept)
            sleep(1)
        result = accepting.result()

    assert result == "outvoted"
    assert not BoardDecision.objects.exists()


def test_several_workers_make_a_due_move_once(way):
    position = way.to(State.CONSULTATION)

    def work():
        with way.after(position.comments_close_at):
            make_due_moves()

    results = at_once(*[work] * 6)

    assert results == {"done": 6}
    assert AuditEntry.objects.filter(action="close_consultation").count() == 1


def test_O_049_eight_saves_from_the_same_version(way, drafter):
    position = way.start()

    def save(number):
        return lambda: actions.save_draft(
            position=Position.objects.get(pk=position.pk),
            by=fresh(drafter),
            base=1,
            title=position.title,
            body=f"<p>Text {number}</p>",
            points=[],
            addressee=position.addressee,
        )

    results = at_once(*[save(number) for number in range(8)])

    assert results == {"done": 1, "TextMoved": 7}
    assert sorted(Version.objects.values_list("number", flat=True)) == [1, 2]


def test_O_051_numbers_have_no_gap_and_no_double(db):
    given = []

    def count():
        given.extend(next_number("race", 2026) for _turn in range(25))

    at_once(*[count] * 8)

    assert sorted(given) == list(range(1, 201))


def test_O_051_positions_started_at_once_are_numbered_one_after_the_other(way, authority):
    at_once(*[way.start] * 8)

    assert sorted(Position.objects.values_list("number", flat=True)) == list(range(1, 9))
    assert audit.faults() == []


def test_O_052_withdrawing_while_somebody_saves(way, drafter):
    position = way.to(State.CONSOLIDATION)

    def save():
        try:
            actions.save_draft(
                position=Position.objects.get(pk=position.pk),
                by=fresh(drafter),
                base=1,
                title=position.title,
                body="<p>Later.</p>",
                points=[],
                addressee=position.addressee,
            )
        except actions.NotAllowed as refusal:
            raise Overtaken(position, by=drafter) from refusal

    at_once(save, lambda: way.withdraw(position))

    position = Position.objects.get(pk=position.pk)
    assert position.status == State.WITHDRAWN
    assert position.current.number == position.versions.count()


def test_a_comment_is_answered_once(way, representative, library, coordinator, drafter):
    """Two answer it in the same second: one answer, one entry, one letter to whoever wrote it."""
    version = way.to(State.CONSULTATION).current
    thread = commenting.comment(version=version, by=representative, library=library, text="No.")
    Mail.objects.all().delete()

    def answer(person):
        return lambda: commenting.resolve(thread=thread, by=fresh(person), answer=person.name)

    results = at_once(*[answer(person) for person in (coordinator, drafter) * 3])

    thread.refresh_from_db()
    assert results == {"done": 1, "AlreadyResolved": 5}
    assert thread.answer == thread.resolved_by.name
    assert AuditEntry.objects.filter(action="resolve_comment").count() == 1
    assert Mail.objects.count() == 1


def test_a_reply_and_an_answer_at_once_are_both_kept(way, representative, library, coordinator):
    version = way.to(State.CONSULTATION).current
    thread = commenting.comment(version=version, by=representative, library=library, text="No.")

    def reply():
        by = fresh(representative)
        commenting.reply(thread=thread, by=by, library=library, text="More.")

    def answer():
        commenting.resolve(thread=thread, by=fresh(coordinator), answer="Yes.")

    assert at_once(reply, answer) == {"done": 2}
    thread.refresh_from_db()
    assert (thread.answer, thread.replies.count()) == ("Yes.", 1)


def test_comments_written_at_once_are_all_kept(way, representatives, libraries):
    version = way.to(State.CONSULTATION).current

    def speak(person, library):
        return lambda: commenting.comment(
            version=version, by=fresh(person), library=library, text="Yes."
        )

    pairs = list(zip(representatives, libraries, strict=True))
    results = at_once(*[speak(person, library) for person, library in pairs * 3])

    assert results == {"done": 9}
    assert Comment.objects.count() == 9
    assert audit.faults() == []


def test_two_texts_that_bring_the_same_new_law_and_topic_wait_in_turn(
    way, section, representative, coordinator, monkeypatch
):
    """Made in another order by each, each would wait for the other."""
    position = way.start()
    for name in ("topics_named", "laws_cited"):
        made = getattr(subjects, name)
        monkeypatch.setattr(subjects, name, lambda of, made=made: [made(of), sleep(0.5)][0])
    text = {"title": "Buses", "body": "<p>2012. évi I. törvény</p>", "topics": ["Buses"]}

    def start():
        starter = fresh(representative)
        actions.start_position(section=section, by=starter, kind=Kind.OPINION, **text)

    def save():
        facts = {"base": 1, "points": [], "addressee": position.addressee}
        facts["addressed"] = position.addressee
        actions.save_draft(position=position, by=fresh(coordinator), **facts, **text)

    assert at_once(start, save) == {"done": 2}


def test_a_topic_does_not_go_while_a_text_names_it(
    way, section, representative, staff, monkeypatch
):
    """Once the text is there, it has the topic that is kept."""
    gone, kept = (Topic.objects.create(name=name) for name in ("Gone", "Kept"))
    named = subjects.topics_named
    monkeypatch.setattr(subjects, "topics_named", lambda names: [named(names), sleep(1)][0])

    def start():
        text = {"title": "Buses", "kind": Kind.OPINION, "topics": ["Gone"]}
        actions.start_position(section=section, by=fresh(representative), **text)

    def merge():
        sleep(0.4)
        subjects.merge_topics(gone=gone, kept=kept, by=fresh(staff))

    assert at_once(start, merge) == {"done": 2}
    assert Position.objects.get().topics.get() == kept
