"""How far a position has come, as the register tells it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from positions import journey
from positions.choices import Action, AnswerClass, State
from positions.models import Position

CLASSIFIED = {"classified": AnswerClass.ACKNOWLEDGED}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def told(position):
    found = journey.with_days(Position.objects.for_lists().filter(pk=position.pk))
    line = journey.of_each(found).get(position.pk)
    return [(str(stop.label), stop.day) for stop in line.reached] if line else []


def labels(position):
    return [label for label, _day in told(position)]


def test_a_draft_has_not_come_anywhere(way):
    assert told(way.start()) == []


@pytest.mark.parametrize(
    ("state", "last", "ahead"),
    [
        (State.CONSULTATION, "consulted", 6),
        (State.SECTION_VOTE, "consulted", 6),
        (State.NOT_ADOPTED, "consulted", 6),
        (State.ADOPTED, "adopted", 5),
        (State.BOARD_REVIEW, "forwarded", 4),
        (State.RETURNED, "consulted", 6),
        (State.REJECTED, "decided", 3),
        (State.ACCEPTED, "decided", 3),
        (State.SUBMITTED, "submitted", 2),
        (State.ANSWERED, "answered", 1),
        (State.CLOSED, "evaluated", 0),
    ],
)
def test_the_last_station_and_how_many_are_ahead(way, state, last, ahead):
    position = way.to(state)
    found = journey.with_days(Position.objects.for_lists().filter(pk=position.pk))
    line = journey.of_each(found)[position.pk]

    assert (str(line.reached[-1].label), len(line.ahead)) == (last, ahead)


def test_the_days_are_those_on_which_it_happened_not_those_on_which_it_was_recorded(way):
    position = way.to(State.SUBMITTED)
    sent_on, answered_on = clock.today(), clock.days_after(clock.today(), 2)
    with clock.at(clock.now() + timedelta(days=5)):
        facts = {"received_on": answered_on, "text": "We have read it.", **CLASSIFIED}
        position = way.move(position, Action.RECORD_ANSWER, **facts)

    assert told(position)[-2:] == [("submitted", sent_on), ("answered", answered_on)]


def test_what_was_taken_back_is_reached_again_on_a_later_day(way):
    position = way.to(State.RETURNED)
    assert labels(position) == ["consulted"]

    position = way.move(position, Action.REWORK)
    with clock.at(clock.now() + timedelta(days=1)):
        position = way.adopt(way.open_vote(position))
        adopted = clock.today()

    assert told(position)[-1] == ("adopted", adopted)


def test_the_register_shows_it_to_visitors(client, way):
    way.to(State.SUBMITTED)

    text = client.get(reverse("positions:register")).content.decode()

    assert 'aria-label="How far it has come"' in text
    assert (text.count("journey-stop"), text.count("journey-ahead")) == (7, 2)


@pytest.mark.parametrize("count", [1, 3, 9])
def test_it_costs_one_query_however_many_are_listed(client, way, django_assert_num_queries, count):
    for _each in range(count):
        way.to(State.SUBMITTED)
    client.get(reverse("positions:register"))

    with django_assert_num_queries(6):  # sections, addressees, subjects, count, positions, journeys
        client.get(reverse("positions:register"))
