"""Working days, by the calendar that ships; every expected day was looked up by hand."""

import csv
from datetime import date
from pathlib import Path

import pytest

from core import calendar
from core.calendar import Calendar
from core.models import Recess, SpecialDay

DATA = Path(__file__).resolve().parents[2] / "iksz_portal" / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped():
    days = [SpecialDay(**{**row, "day": on(row["day"])}) for row in rows("special_days.csv")]
    recesses = [
        Recess(**{**row, "first_day": on(row["first_day"]), "last_day": on(row["last_day"])})
        for row in rows("recesses.csv")
    ]
    return Calendar({day.day: day for day in days}, recesses)


on = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        ("2026-11-20", True),  # Friday
        ("2026-11-21", False),  # Saturday
        ("2025-05-02", False),  # Friday, moved
        ("2025-05-17", True),  # Saturday, in its place
        ("2025-12-24", False),  # Wednesday, moved
        ("2026-04-03", False),  # Good Friday
        ("2026-08-08", True),  # Saturday, worked
        ("2026-08-21", False),  # Friday, moved
        ("2027-05-17", False),  # Whit Monday
        ("2027-12-24", True),  # Friday; nothing is decreed for it yet
    ],
)
def test_there_is_work_on_the_days_the_calendar_says(day, is_worked):
    assert shipped().is_working(on(day)) is is_worked


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-12-24", "2026-12-23"),
        ("2025-12-25", "2025-12-23"),
        ("2026-01-01", "2025-12-31"),
        ("2027-03-26", "2027-03-25"),
    ],
)
def test_the_last_working_day_before(day, last):
    assert shipped().last_working(on(day)) == on(last)


def test_days_are_counted_back_over_what_lies_between():
    assert shipped().working_days_before(on("2027-01-04"), 15) == on("2026-12-10")


def test_it_knows_the_years_that_are_recorded():
    assert [shipped().knows(year) for year in (2024, 2025, 2028, 2029)] == [
        False,
        True,
        True,
        False,
    ]


def test_it_is_read_in_two_queries(db, django_assert_num_queries):
    SpecialDay.objects.create(day="2030-01-01", kind="holiday", name_hu="Újév", source="Act")
    Recess.objects.create(first_day="2030-07-01", last_day="2030-07-05", source="Decree")

    with django_assert_num_queries(2):
        found = calendar.read()

    assert not found.is_working(on("2030-01-01"))
    assert [found.is_recess(on(f"2030-07-0{day}")) for day in (1, 5, 6)] == [True, True, False]
