from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from core import clock
from core.models import AuditEntry
from iksz_portal.demo import loading
from iksz_portal.demo.calendar import NotYet, play
from members.models import Library, MembershipApplication, Person
from positions.choices import State
from positions.clockwork import make_due_moves
from positions.models import Position
from tests.cast import make_person


def demo():
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def counts():
    return [model.objects.count() for model in (Person, Library, Position, AuditEntry)]


@pytest.fixture
def seeded(db):
    call_command("seed", stdout=StringIO())


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True


def test_the_first_run_says_what_it_has_added(seeded, in_demo, monkeypatch):
    for told in ("STORIES", "MEETINGS_OF_THE_BOARD", "PAPERWORK"):
        monkeypatch.setattr(f"iksz_portal.demo.loading.{told}", {})
    monkeypatch.setattr("iksz_portal.demo.loading.translations.write", lambda cast: None)

    assert "A fictional section with 0 positions" in demo()


def test_a_database_in_real_use_is_refused(seeded, in_demo):
    make_person("somebody.real")
    before = counts()

    with pytest.raises(CommandError, match="This database is in real use"):
        demo()

    assert counts() == before


def test_outside_the_demo_mode_it_is_refused(db):
    with pytest.raises(CommandError, match="set DEMO=1"):
        demo()


def test_without_the_published_data_it_says_what_to_do(db, in_demo):
    with pytest.raises(CommandError, match="run the seed command first"):
        demo()


# The calendar ----------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2027-01-02 00:10", "2027-03-28 03:10", "2028-02-29 23:50"])
def test_it_can_be_loaded_on_any_day(seeded, day):
    with clock.at(datetime.fromisoformat(day).replace(tzinfo=clock.ZONE)):
        loading.load()

        assert {position.status for position in Position.objects.all()} == set(State.values)
        assert make_due_moves() == 0


def test_stories_are_played_in_the_order_of_time_over_all_of_them():
    seen = []

    def story(name, waits):
        for wait in waits:
            seen.append((name, clock.today()))
            yield wait

    play({"late": (2, story("late", [0, 1])), "early": (3, story("early", [2]))})

    days = [day for _name, day in seen]
    assert [name for name, _day in seen] == ["early", "late", "late"]
    assert days == sorted(days)


def test_a_story_that_would_reach_into_the_future_is_an_error():
    def story():
        yield 5

    with pytest.raises(NotYet, match="the hasty one"):
        play({"the hasty one": (2, story())})


def test_the_language_of_the_person_at_the_keyboard_is_not_what_it_is_written_in(seeded):
    with translation.override("en"):
        loading.load()

    assert set(MembershipApplication.objects.values_list("language", flat=True)) == {"hu"}
