"""When an authority has to answer: tables worked out by hand with a calendar on the wall."""

from datetime import UTC, date, datetime

import pytest

from core import calendar, clock
from core.models import SpecialDay
from core.workflow import SomethingMissing
from positions.choices import Action, ProfileKind, State, Unit
from positions.models import LawProfile
from positions.reckoned import in_words
from positions.reckoning import Reckoning, reckon
from tests.core.test_calendar import shipped

pytestmark = pytest.mark.usefixtures("english")

on = date.fromisoformat


def profile(days=30, **rules):
    return LawProfile(
        kind=ProfileKind.ANSWER, name_hu="Minta", days=days, source="a sample law", **rules
    )


@pytest.mark.parametrize(
    ("sent", "counted_to", "due"),
    [
        ("2025-03-13", "2025-04-12", "2025-04-14"),  # Saturday
        ("2025-03-19", "2025-04-18", "2025-04-22"),  # Good Friday, Easter
        ("2025-04-02", "2025-05-02", "2025-05-05"),  # a day off that was moved
        ("2025-04-17", "2025-05-17", "2025-05-17"),  # a Saturday that is worked
        ("2025-11-24", "2025-12-24", "2025-12-29"),  # Christmas
        ("2025-12-02", "2026-01-01", "2026-01-05"),  # New Year with a moved Friday
        ("2026-03-04", "2026-04-03", "2026-04-07"),  # Good Friday, Easter
        ("2026-07-09", "2026-08-08", "2026-08-08"),  # a Saturday that is worked
        ("2026-07-21", "2026-08-20", "2026-08-24"),  # a holiday and a moved Friday
        ("2026-11-21", "2026-12-21", "2026-12-21"),  # Monday
        ("2026-11-25", "2026-12-25", "2026-12-28"),  # Christmas on a weekend
        ("2027-01-31", "2027-03-02", "2027-03-02"),  # over February
        ("2027-02-24", "2027-03-26", "2027-03-30"),  # Good Friday, Easter
        ("2027-09-23", "2027-10-23", "2027-10-25"),  # a holiday on a Saturday
        ("2027-10-02", "2027-11-01", "2027-11-02"),  # a holiday on a Monday
        ("2028-02-28", "2028-03-29", "2028-03-29"),  # over the leap day
    ],
)
def test_thirty_calendar_days(sent, counted_to, due):
    made = reckon(on(sent), profile(), shipped())

    assert (made.counted_to, made.due_on) == (on(counted_to), on(due))
    assert made.is_moved is (counted_to != due)


@pytest.mark.parametrize(
    ("sent", "days", "due"),
    [
        ("2025-10-17", 5, "2025-10-27"),  # with a worked Saturday, a holiday and a moved day
        ("2026-12-10", 15, "2027-01-04"),  # over the end of the year
        ("2027-05-13", 3, "2027-05-19"),  # over Whitsun
    ],
)
def test_working_days(sent, days, due):
    made = reckon(on(sent), profile(days, unit=Unit.WORKING), shipped())

    assert (made.due_on, made.is_moved) == (on(due), False)


def test_a_period_may_end_on_a_day_without_work():
    made = reckon(on("2026-11-25"), profile(ends_on_working_day=False), shipped())

    assert (made.due_on, made.is_moved) == (on("2026-12-25"), False)


@pytest.mark.parametrize(
    ("stops", "due", "paused"), [(True, "2023-01-12", 16), (False, "2022-12-27", 0)]
)
def test_a_recess_is_left_out_where_the_law_says_so(stops, due, paused):
    made = reckon(on("2022-12-19"), profile(8, stops_in_recess=stops), shipped())

    assert (made.due_on, made.paused) == (on(due), paused)


def test_an_extension_counts_from_the_beginning():
    once = reckon(on("2026-11-26"), profile(15), shipped())
    longer = reckon(on("2026-11-26"), profile(15), shipped(), extension=15)

    assert (once.due_on, longer.due_on) == (on("2026-12-11"), on("2026-12-28"))


def test_it_is_kept_as_it_was_made():
    made = reckon(on("2026-07-21"), profile(), shipped(), extension=1)

    assert Reckoning.from_json(made.as_json()) == made


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("2025-03-29", "2025-03-29 22:59:59"),  # the day before summer time
        ("2025-03-30", "2025-03-30 21:59:59"),  # a day of 23 hours
        ("2025-10-25", "2025-10-25 21:59:59"),
        ("2025-10-26", "2025-10-26 22:59:59"),  # a day of 25 hours
        ("2026-03-29", "2026-03-29 21:59:59"),
        ("2026-10-25", "2026-10-25 22:59:59"),
        ("2027-03-28", "2027-03-28 21:59:59"),
        ("2027-10-31", "2027-10-31 22:59:59"),
    ],
)
def test_a_day_ends_at_midnight_of_budapest_whatever_the_season(day, moment):
    assert clock.end_of_day(on(day)) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


# On a position ---------------------------------------------------------------------------------


@pytest.fixture
def sent_with(way):
    """A position that was sent to be answered by this rule."""

    def send(rule):
        rule.save()
        return way.submit(way.to(State.ACCEPTED), law_profile=rule)

    return send


def reminded(way, position, **details):
    details = {"received_on": clock.today(), "text": "We need more time.", **details}
    return way.move(position, Action.RECORD_INTERIM_ANSWER, **details)


def test_the_day_that_is_told_stays_when_the_calendar_is_corrected(sent_with):
    rule = profile(10, ends_on_working_day=False)
    position = sent_with(rule)
    told = in_words(position.submission)

    SpecialDay.objects.create(
        day=position.submission.due_on, kind="holiday", name_hu="Minta", source="Act"
    )

    assert in_words(position.submission) == told
    again = reckon(clock.today(), profile(10), calendar.read())
    assert again.due_on > position.submission.due_on


def test_the_authority_may_take_longer_once(way, sent_with):
    position = sent_with(profile(15, extension_days=15, ends_on_working_day=False))

    position = reminded(way, position, extends=True)

    assert position.submission.due_on == clock.days_after(clock.today(), 30)
    assert "15 + 15" in in_words(position.submission)
    with pytest.raises(SomethingMissing, match="cannot be extended"):
        reminded(way, position, extends=True)


def test_where_the_law_knows_no_extension_there_is_none(way, sent_with):
    position = sent_with(profile(30, ends_on_working_day=False))

    with pytest.raises(SomethingMissing, match="cannot be extended"):
        reminded(way, position, extends=True)

    assert reminded(way, position).submission.due_on == clock.days_after(clock.today(), 30)
