"""What has become overdue is told once, to whoever can do something about it."""

from datetime import timedelta

import pytest

from core import clock, outbox
from core.models import AuditEntry, Mail
from iksz_portal import tasks
from iksz_portal.mail import RENDERERS
from positions import escalating
from positions.choices import Action, State
from positions.models import Position

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def told(position=None):
    letters = Mail.objects.filter(kind=escalating.OVERDUE)
    if position:
        letters = letters.filter(context__position=position.pk)
    return sorted(letters.values_list("to__name", flat=True))


def days_later(days):
    return clock.at(clock.now() + timedelta(days=days))


@pytest.fixture
def submitted(way):
    position = way.to(State.SUBMITTED)
    position.submission.due_on = way.in_days(30)
    position.submission.save()
    return position


def test_an_answer_that_is_overdue_is_told_to_those_who_lead_the_section(submitted):
    with days_later(30):
        assert escalating.escalate() == 0
    with days_later(31):
        assert escalating.escalate() == 1

    assert told() == ["Chair", "Coordinator"]


def test_a_decision_that_is_overdue_is_told_to_the_secretary_and_the_chair_of_the_board(way):
    way.to(State.BOARD_REVIEW)

    with days_later(8):
        escalating.escalate()

    assert told() == ["Board.Chair", "Board.Secretary"]


def test_what_the_board_has_not_taken_up_in_time_is_told_to_it(way):
    position = way.to(State.FORWARDED)
    Position.objects.filter(pk=position.pk).update(authority_deadline=way.in_days(10))

    with days_later(11):
        escalating.escalate()

    assert told() == ["Board.Chair", "Board.Secretary"]


@pytest.mark.parametrize("state", [State.CONSOLIDATION, State.ADOPTED, State.ACCEPTED])
def test_what_the_section_has_not_sent_in_time_is_told_to_it(way, state):
    position = way.to(state)
    Position.objects.filter(pk=position.pk).update(authority_deadline=way.in_days(10))

    with days_later(11):
        escalating.escalate()

    assert told() == ["Chair", "Coordinator"]


@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED, State.WITHDRAWN, State.PARKED])
def test_of_what_is_done_or_put_aside_nobody_is_told(way, state):
    position = way.to(state)
    Position.objects.filter(pk=position.pk).update(authority_deadline=way.in_days(1))

    with days_later(5):
        assert escalating.escalate() == 0


def test_it_is_told_once_also_after_a_standstill(submitted):
    for day in (31, 31, 32, 90):
        with days_later(day):
            escalating.escalate()

    assert told() == ["Chair", "Coordinator"]


def test_a_later_day_that_passes_is_told_again(way, submitted):
    with days_later(31):
        escalating.escalate()
        submitted.submission.due_on = clock.days_after(clock.today(), 15)
        submitted.submission.save()
    with days_later(50):
        assert [escalating.escalate(), escalating.escalate()] == [1, 0]

    assert told() == ["Chair", "Chair", "Coordinator", "Coordinator"]


def test_the_letter_says_what_is_late_and_leads_there(submitted, mailoutbox):
    Mail.objects.all().delete()
    with days_later(31):
        escalating.escalate()
        outbox.send_due(RENDERERS)

    letter = next(each for each in mailoutbox if each.to == ["coordinator@example.org"])
    assert "nincs rögzített válasz" in letter.body
    assert f"/{submitted.reference}/" in letter.body


def test_a_letter_that_is_not_true_any_more_is_not_sent(way, submitted, mailoutbox):
    Mail.objects.all().delete()
    with days_later(31):
        escalating.escalate()
        way.answer(submitted)
        Mail.objects.exclude(kind=escalating.OVERDUE).delete()
        outbox.send_due(RENDERERS)

    assert mailoutbox == []


def test_after_a_days_standstill_all_that_time_must_do_is_done_once(way):
    """Comments and votes are closed, what was parked is resumed, silent voters are not reminded of
    what is over, and what is overdue is told; a second round finds nothing."""
    consulted, voted = way.to(State.CONSULTATION), way.to(State.SECTION_VOTE)
    parked, decided = way.to(State.PARKED), way.to(State.BOARD_REVIEW)
    Mail.objects.all().delete()

    with days_later(31):
        made = [tasks.make_due_moves(), tasks.make_due_moves()]

    states = [Position.objects.get(pk=each.pk).status for each in (consulted, voted, parked)]
    by_clock = AuditEntry.objects.filter(actor=None).values_list("action", flat=True)
    assert states == [State.CONSOLIDATION, State.NOT_ADOPTED, State.CONSOLIDATION]
    assert sorted(by_clock) == [Action.CLOSE_CONSULTATION, Action.CLOSE_VOTE, Action.RESUME]
    assert told(decided) == ["Board.Chair", "Board.Secretary"]
    assert not Mail.objects.filter(kind="positions.vote_reminder").exists()
    assert (made[0] >= 4, made[1]) == (True, 0)


def test_a_deadline_brought_forward_after_the_letter_is_told_again(way):
    position = way.to(State.FORWARDED)
    row = Position.objects.filter(pk=position.pk)
    row.update(authority_deadline=way.in_days(10))
    with days_later(11):
        first = escalating.escalate()
    row.update(authority_deadline=way.in_days(8))

    with days_later(11):
        again, never_twice = escalating.escalate(), escalating.escalate()

    assert (first, again, never_twice) == (1, 1, 0)
    assert told(position) == ["Board.Chair", "Board.Chair", "Board.Secretary", "Board.Secretary"]
