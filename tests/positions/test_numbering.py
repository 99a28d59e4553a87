"""Numbers without gaps: of positions by section and year, of resolutions by year."""

from datetime import datetime

import pytest

from core import clock
from core.models import Counter
from core.numbering import next_number
from core.workflow import NotAllowed, SomethingMissing
from positions.choices import Action, Choice, State
from positions.models import BoardDecision, Position


def in_year(year):
    return clock.at(datetime(year, 3, 1, 12, tzinfo=clock.ZONE))


def test_positions_are_numbered_by_section_and_year(way, db):
    with in_year(2026):
        first, second = way.start(), way.start()
    with in_year(2027):
        third = way.start()

    references = [position.reference for position in (first, second, third)]
    assert references == ["MT-2026/001", "MT-2026/002", "MT-2027/001"]


def test_the_year_turns_at_midnight_in_budapest(way):
    with clock.at(datetime(2026, 12, 31, 23, 59, 59, tzinfo=clock.ZONE)):
        old = way.start()
    with clock.at(datetime(2027, 1, 1, 0, 0, 1, tzinfo=clock.ZONE)):
        new = way.start()

    assert [old.reference, new.reference] == ["MT-2026/001", "MT-2027/001"]


def test_a_start_that_is_refused_takes_no_number(way, stranger):
    way.start()
    cast = way.cast
    way.cast = lambda name: stranger if name == "drafter" else cast(name)
    with pytest.raises(NotAllowed):
        way.start()
    way.cast = cast

    assert way.start().number == 2


def test_a_decision_that_is_refused_takes_no_number(way):
    carried = (Choice.YES, Choice.YES, Choice.ABSTAIN)
    position = way.vote(way.to(State.BOARD_REVIEW), *carried, ballot="board_ballot")

    with pytest.raises(SomethingMissing):
        way.decide(position, Action.ACCEPT, decided_on=way.in_days(1))
    first = way.decide(position, Action.ACCEPT).decisions.get()
    second = way.to(State.REJECTED).decisions.get()

    assert [first.number, second.number] == [1, 2]


def test_a_resolution_is_cited_with_its_day():
    day = datetime(2026, 11, 21).date()

    cited = BoardDecision(number=12, year=2026, decided_on=day).resolution

    assert cited == "12/2026. (XI. 21.)"


def test_a_permalink_holds_for_ever(way):
    position = way.start()
    before = position.get_absolute_url()
    withdrawn = way.withdraw(way.to(State.CONSOLIDATION, position))

    assert withdrawn.get_absolute_url() == before
    assert Position.objects.get().reference == withdrawn.reference


def test_series_and_years_count_apart(db):
    given = [
        next_number("a", 2026),
        next_number("a", 2026),
        next_number("b", 2026),
        next_number("a", 2027),
    ]

    assert given == [1, 2, 1, 1]
    assert Counter.objects.count() == 3
