"""Who else is editing now."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from iksz_portal import tasks
from positions import presence
from positions.choices import State
from positions.models import Editing
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")

SENTENCE = "{} is editing this text now"


def told(client, address):
    html = client.get(address).content.decode()
    return [name for name in ("Drafter", "Coordinator", "Chair") if SENTENCE.format(name) in html]


def beat(client, position, **sent):
    return client.post(at(position, "here"), sent)


@pytest.fixture
def draft(way):
    return way.start()


def test_two_who_open_the_text_hear_of_each_other(draft, client_of, drafter, coordinator):
    first, second = client_of(drafter), client_of(coordinator)

    alone = told(first, at(draft, "edit"))
    both = told(second, at(draft, "edit"))
    later = beat(first, draft, known="")

    assert (alone, both) == ([], ["Drafter"])
    assert SENTENCE.format("Coordinator") in later.content.decode()


def test_since_when_is_said_and_stays(draft, client_of, drafter, coordinator):
    begun = clock.now()
    with time_machine.travel(begun, tick=False) as traveller:
        beat(client_of(drafter), draft)
        traveller.shift(timedelta(seconds=40))
        beat(client_of(drafter), draft)
        html = client_of(coordinator).get(at(draft, "edit")).content.decode()

    assert f"now, since {begun.astimezone(clock.ZONE):%H:%M}." in html


def test_whoever_was_away_begins_anew(draft, drafter):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        presence.note(draft, by=drafter)
        traveller.shift(presence.LASTS + timedelta(seconds=1))
        presence.note(draft, by=drafter)

        assert Editing.objects.get().since == clock.now()


def test_the_page_of_the_position_tells_those_who_write_it(
    draft, way, client_of, drafter, coordinator, staff
):
    beat(client_of(drafter), draft)

    assert told(client_of(coordinator), at(draft)) == ["Drafter"]
    assert told(client_of(drafter), at(draft)) == []
    assert told(client_of(staff), at(draft)) == []


def test_nothing_is_said_twice(draft, client_of, drafter, coordinator):
    beat(client_of(coordinator), draft)

    known = beat(client_of(drafter), draft, known=str(coordinator.pk))
    nobody = beat(client_of(coordinator), draft, known="")

    assert (known.status_code, known.content) == (204, b"")
    assert nobody.status_code == 200


def test_it_is_over_when_the_page_is_left_or_says_nothing_more(
    draft, client_of, drafter, coordinator
):
    client = client_of(drafter)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        beat(client, draft)
        beat(client, draft, gone="1")
        left = told(client_of(coordinator), at(draft))
        beat(client, draft)
        traveller.shift(presence.LASTS + timedelta(seconds=1))
        silent = told(client_of(coordinator), at(draft))

    assert (left, silent) == ([], [])


def test_saving_ends_it_and_a_refused_text_does_not(draft, client_of, drafter):
    client = client_of(drafter)
    client.get(at(draft, "edit"))

    client.post(at(draft, "edit"), {"title": "", "base": 1})
    refused = Editing.objects.count()
    client.post(at(draft, "edit"), {"title": "New", "base": 1})

    assert (refused, Editing.objects.count()) == (1, 0)


def test_others_neither_hear_nor_are_heard(draft, way, client_of, representative, staff):
    for person in (representative, staff):
        beat(client_of(person), draft)

    assert Editing.objects.count() == 0


def test_a_text_that_cannot_be_edited_any_more_ends_it(way, client_of, drafter):
    position = way.to(State.CONSULTATION)

    assert beat(client_of(drafter), position).status_code == 409


def test_an_open_window_alone_does_not_keep_the_session_alive(draft, client_of, drafter):
    client = client_of(drafter)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.get(at(draft, "edit"))
        for _beat in range(60):
            traveller.shift(timedelta(seconds=61))
            answer = beat(client, draft)

    assert answer.status_code == 302


def test_typing_does(draft, client_of, drafter):
    client = client_of(drafter)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.get(at(draft, "edit"))
        for _beat in range(60):
            traveller.shift(timedelta(seconds=61))
            answer = beat(client, draft, known="", typing="1")

    assert answer.status_code == 204


def test_the_worker_sweeps_up_after_those_who_left_without_a_word(draft, drafter):
    presence.note(draft, by=drafter)
    before = tasks.sweep()
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        tasks.sweep()

    assert (before, Editing.objects.count()) == (0, 0)


def test_saying_so_asks_little_however_many_there_are(
    draft, client_of, drafter, coordinator, chair, representative
):
    draft.authors.add(representative)
    for person in (coordinator, chair, representative):
        presence.note(draft, by=person)
    client = client_of(drafter)
    beat(client, draft)

    with CaptureQueriesContext(connection) as asked:
        answer = beat(client, draft)

    assert answer.content.decode().count("is editing this text") == 3
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) <= 9
