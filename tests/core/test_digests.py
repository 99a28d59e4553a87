"""What is held for a digest: one letter a morning, whoever makes it and however late."""

import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connections

from core import clock, digests, notices, outbox
from core.models import Dropped, Mail
from core.notices import Group, Pace
from core.outbox import DIGEST, Message
from tests.people import a_person

pytestmark = pytest.mark.django_db

FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=clock.ZONE)
SATURDAY_MORNING = datetime(2026, 11, 21, 7, tzinfo=clock.ZONE)
MONDAY_MORNING = datetime(2026, 11, 23, 7, tzinfo=clock.ZONE)
GROUPS = {"said": Group.COMMENTS, "gone": Group.COMMENTS, "broken": Group.COMMENTS}
GROUPS |= {"turn": Group.TASKS, "account": Group.ACCOUNT}


def broken(letter):
    raise RuntimeError("cannot be written")


ALONE = {
    "said": lambda letter: Message(f"Said {letter.context['number']}", "Text"),
    "turn": lambda letter: Message("Your turn", "Text"),
    "account": lambda letter: Message("Your account", "Text"),
    "gone": lambda letter: None,
    "broken": broken,
}


def all_together(letter):
    told = [message.subject for _part, message in digests.read(letter, ALONE, GROUPS)]
    return Message("Digest", "\n".join(told) + "\n") if told else None


RENDERERS = {**ALONE, DIGEST: all_together}


def a_round():
    """What the worker does each time."""
    digests.make_due()
    return outbox.send_due(RENDERERS, GROUPS)


def sent():
    return [(letter.subject, letter.body.split("\n\n")[0]) for letter in mail.outbox]


@pytest.fixture
def anna():
    return a_person()


@pytest.fixture
def time():
    with time_machine.travel(FRIDAY_NOON, tick=False) as traveller:
        yield traveller


def choose(person, pace, group=Group.COMMENTS):
    notices.choose(person=person, group=group, pace=pace)


def say(person, *numbers):
    for number in numbers:
        outbox.queue(kind="said", to=person, number=number)


def test_at_once_is_at_once(anna, time):
    choose(anna, Pace.AT_ONCE)
    say(anna, 1)

    assert (a_round(), [subject for subject, _text in sent()]) == (1, ["Said 1"])


@pytest.mark.parametrize(
    ("pace", "morning"), [(Pace.DAILY, SATURDAY_MORNING), (Pace.WEEKLY, MONDAY_MORNING)]
)
def test_what_is_gathered_goes_together_in_its_morning_and_not_before(anna, time, pace, morning):
    choose(anna, pace)
    say(anna, 1, 2)

    at_once = a_round()
    time.move_to(morning - timedelta(seconds=1))
    a_second_early = a_round()
    time.move_to(morning)
    then, again = a_round(), a_round()

    assert (at_once, a_second_early, then, again) == (0, 0, 1, 0)
    assert sent() == [("Digest", "Said 1\nSaid 2")]
    assert Mail.objects.filter(sent_at=None).count() == 0


def test_after_a_standstill_there_is_one_digest_and_not_three(anna, time):
    choose(anna, Pace.DAILY)
    for number in range(3):
        say(anna, number)
        outbox.send_due(RENDERERS, GROUPS)  # held; nobody makes digests
        time.shift(timedelta(days=1))

    assert (a_round(), sent()) == (1, [("Digest", "Said 0\nSaid 1\nSaid 2")])


def test_the_morning_after_a_late_digest_has_its_own(anna, time):
    choose(anna, Pace.DAILY)
    say(anna, 1)
    a_round()
    time.move_to(datetime(2026, 11, 24, 3, tzinfo=clock.ZONE))  # the worker was away till night
    a_round()
    say(anna, 2)
    a_round()
    time.move_to(datetime(2026, 11, 24, 7, tzinfo=clock.ZONE))
    a_round()

    assert sent() == [("Digest", "Said 1"), ("Digest", "Said 2")]


def test_months_of_daily_letters_are_one_a_day(anna, time):
    choose(anna, Pace.DAILY)
    for day in range(90):
        say(anna, day)
        for _hour in range(3):
            a_round()
            time.shift(timedelta(hours=8))
    a_round()

    assert len(sent()) == 90
    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == 90


def test_the_right_is_asked_when_the_digest_goes_and_the_rest_goes_without(anna, time):
    choose(anna, Pace.DAILY)
    outbox.queue(kind="gone", to=anna, key="gone")
    outbox.queue(kind="broken", to=anna, key="broken")
    say(anna, 1)
    a_round()
    time.move_to(SATURDAY_MORNING)
    a_round()

    assert sent() == [("Digest", "Said 1")]
    reasons = Mail.objects.filter(key__in=["gone", "broken"]).order_by("key")
    assert list(reasons.values_list("dropped_for", flat=True)) == [Dropped.GIVEN_UP, Dropped.GONE]


def test_a_digest_with_nothing_in_it_is_not_sent(anna, time):
    choose(anna, Pace.DAILY)
    outbox.queue(kind="gone", to=anna)
    a_round()
    time.move_to(SATURDAY_MORNING)
    a_round()

    assert sent() == []
    assert Mail.objects.get(kind=DIGEST).dropped_for == Dropped.GONE


def test_what_is_switched_off_is_dropped_and_says_why(anna, time):
    choose(anna, Pace.OFF)
    say(anna, 1)
    a_round()

    assert (sent(), Mail.objects.get().dropped_for) == ([], Dropped.OFF)


def test_what_was_held_when_it_was_switched_off_is_not_in_the_digest(anna, time):
    choose(anna, Pace.DAILY)
    say(anna, 1)
    a_round()
    choose(anna, Pace.OFF)
    time.move_to(SATURDAY_MORNING)
    a_round()

    assert sent() == []
    assert Mail.objects.get(kind="said").dropped_for == Dropped.OFF


def test_an_account_that_was_closed_hears_nothing(anna, time):
    choose(anna, Pace.DAILY)
    say(anna, 1)
    a_round()
    anna.is_active = False
    anna.save()
    time.move_to(SATURDAY_MORNING)
    a_round()

    assert sent() == []
    assert set(Mail.objects.values_list("dropped_for", flat=True)) == {Dropped.CLOSED}


def test_other_groups_keep_their_pace(anna, time):
    choose(anna, Pace.WEEKLY)
    outbox.queue(kind="turn", to=anna)
    outbox.queue(kind="account", to=anna)
    say(anna, 1)
    a_round()

    assert sorted(subject for subject, _text in sent()) == ["Your account", "Your turn"]


def test_another_pace_goes_for_what_is_held_already(anna, time):
    choose(anna, Pace.WEEKLY)
    say(anna, 1)
    a_round()
    choose(anna, Pace.AT_ONCE)
    outbox.ask_anew(anna)
    a_round()

    assert [subject for subject, _text in sent()] == ["Said 1"]


def test_a_digest_that_cannot_be_sent_is_tried_again_whole(anna, time, settings):
    choose(anna, Pace.DAILY)
    say(anna, 1, 2)
    a_round()
    time.move_to(SATURDAY_MORNING)
    works, settings.OUTBOX_BACKEND = settings.OUTBOX_BACKEND, "tests.core.test_outbox.Refusing"
    refused = a_round()
    settings.OUTBOX_BACKEND = works
    time.shift(timedelta(hours=1))

    assert (refused, a_round(), sent()) == (0, 1, [("Digest", "Said 1\nSaid 2")])


def test_each_reader_has_a_digest_of_their_own(anna, time):
    bela = a_person("bela@example.org")
    for person in (anna, bela):
        choose(person, Pace.DAILY)
        say(person, person.pk)
    a_round()
    time.move_to(SATURDAY_MORNING)
    a_round()

    read = {letter.to[0]: letter.body.split("\n\n")[0] for letter in mail.outbox}
    assert read == {person.email: f"Said {person.pk}" for person in (anna, bela)}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_O_085_two_workers_make_each_digest_once():
    people = [a_person(f"reader{number}@example.org") for number in range(12)]
    with time_machine.travel(FRIDAY_NOON, tick=False) as time:
        for person in people:
            choose(person, Pace.DAILY)
            say(person, 1, 2)
        outbox.send_due(RENDERERS, GROUPS)
        time.move_to(SATURDAY_MORNING)
        made = []

        def work():
            try:
                made.append(digests.make_due())
                outbox.send_due(RENDERERS, GROUPS)
            finally:
                connections.close_all()

        workers = [threading.Thread(target=work) for _number in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert sum(made) == 12
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(p.email for p in people)
    assert Mail.objects.filter(sent_at=None).count() == 0
