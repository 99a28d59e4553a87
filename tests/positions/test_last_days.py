"""O-044: a vote ends with a day. Forms take days alone, so no hour is asked that does not exist, or
exists twice; and a day ends at 23:59:59 in Budapest, wherever the server thinks it is."""

import os
import time
from datetime import UTC, date, datetime

import pytest

from core import clock
from positions.choices import Action, State
from positions.models import Position
from tests.positions.web import errors_of, make

pytestmark = pytest.mark.usefixtures("english")

CHANGES = [
    # The last day, and its end by Greenwich, reckoned by hand: summer time is two hours ahead of
    # it, winter time one; on both days the change comes before the day ends.
    (date(2026, 10, 24), datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)),
    (date(2026, 10, 25), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
    (date(2027, 3, 27), datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC)),
    (date(2027, 3, 28), datetime(2027, 3, 28, 21, 59, 59, tzinfo=UTC)),
]


@pytest.fixture(params=["UTC", "America/New_York"])
def server_zone(request, monkeypatch):
    """Where the machine believes to stand."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    os.environ["TZ"] = "Europe/Budapest"
    time.tzset()


@pytest.mark.parametrize(("last_day", "end"), CHANGES)
def test_O_044_a_vote_ends_with_its_day_on_both_changes_of_the_clock(
    server_zone, way, client_of, coordinator, last_day, end
):
    with clock.at(end.replace(day=20)):
        position = way.to(State.CONSOLIDATION)
        sent = {"closes_on": last_day.isoformat()}
        answer = make(client_of(coordinator), position, Action.OPEN_VOTE, **sent)

    ballot = Position.objects.get(pk=position.pk).section_ballot
    assert (answer.status_code, ballot.closes_at) == (302, end)
    with clock.at(end):
        assert ballot.is_open
    with way.after(end):
        assert not ballot.is_open


@pytest.mark.parametrize("typed", ["2026-10-25 02:30", "2027-03-28 02:30", "2026-10-25T02:30"])
def test_O_044_an_hour_is_refused_with_a_sentence(server_zone, way, client_of, coordinator, typed):
    """No form takes an hour, so neither the one that is there twice nor the one that is not."""
    position = way.to(State.CONSOLIDATION)

    answer = make(client_of(coordinator), position, Action.OPEN_VOTE, closes_on=typed)

    assert errors_of(answer, "closes_on") == ["Enter a valid date."]
    assert Position.objects.get(pk=position.pk).status == State.CONSOLIDATION


def test_O_044_the_page_says_until_when_by_the_hour_of_budapest(
    server_zone, way, client_of, coordinator
):
    day, end = CHANGES[1]
    with clock.at(end.replace(day=20)):
        position = way.to(State.CONSOLIDATION)
        way.move(position, Action.OPEN_VOTE, closes_on=day)

    page = client_of(coordinator).get(position.get_absolute_url()).content.decode()

    assert "23:59" in page
    assert "22:59" not in page
