"""The way back from a deadline: tables worked out by hand with a calendar on the wall."""

from datetime import date

import pytest

from core import clock
from core.models import AuditEntry, SpecialDay
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import actions, plan
from positions.choices import Action, Leg, State
from positions.models import Position
from sections.models import Section
from tests.core.test_calendar import shipped
from tests.positions.web import at, step

pytestmark = pytest.mark.usefixtures("english")

on = date.fromisoformat
AHEAD = tuple(Leg)
FROM_VOTE = AHEAD[1:]


def backwards(due, today, ahead=AHEAD):
    """The days as text, and whether they are those of the expedited route."""
    section = Section(comment_days=8, vote_days=7, board_days=14)
    found = plan.backwards(on(due), ahead, today=on(today), section=section, calendar=shipped())
    return found and ([day.isoformat() for day in found.last_days.values()], found.is_expedited)


@pytest.mark.parametrize(
    ("due", "today", "ahead", "days"),
    [
        (
            "2025-05-02",
            "2025-03-27",
            AHEAD,
            ["2025-04-04", "2025-04-14", "2025-04-29", "2025-04-30"],
        ),
        (
            "2026-12-23",
            "2026-11-19",
            AHEAD,
            ["2026-11-27", "2026-12-07", "2026-12-22", "2026-12-23"],
        ),
        (
            "2026-12-25",
            "2026-11-01",
            AHEAD,
            ["2026-11-27", "2026-12-07", "2026-12-22", "2026-12-23"],
        ),
        ("2027-03-30", "2027-03-03", FROM_VOTE, ["2027-03-10", "2027-03-25", "2027-03-30"]),
        ("2027-03-29", "2027-03-25", AHEAD[3:], ["2027-03-25"]),
    ],
)
def test_the_usual_way(due, today, ahead, days):
    assert backwards(due, today, ahead) == (days, False)


@pytest.mark.parametrize(
    ("due", "today", "ahead", "days"),
    [
        (
            "2026-12-23",
            "2026-11-20",
            AHEAD,
            ["2026-11-30", "2026-12-07", "2026-12-22", "2026-12-23"],
        ),
        (
            "2026-12-23",
            "2026-12-18",
            AHEAD,
            ["2026-12-18", "2026-12-21", "2026-12-22", "2026-12-23"],
        ),
        ("2027-03-30", "2027-03-24", FROM_VOTE, ["2027-03-24", "2027-03-25", "2027-03-30"]),
    ],
)
def test_the_expedited_route(due, today, ahead, days):
    assert backwards(due, today, ahead) == (days, True)


@pytest.mark.parametrize(
    ("due", "today", "ahead"),
    [
        ("2026-12-23", "2026-12-21", AHEAD),  # three working days for four steps
        ("2026-12-27", "2026-12-24", AHEAD[3:]),  # Christmas
        ("2026-11-20", "2026-11-21", AHEAD[3:]),  # it has passed
    ],
)
def test_there_may_be_no_way(due, today, ahead):
    assert backwards(due, today, ahead) is None


@pytest.mark.parametrize(("due", "is_provisional"), [("2028-12-20", False), ("2029-01-10", True)])
def test_it_says_where_the_calendar_ends(due, is_provisional):
    section = Section(comment_days=8, vote_days=7, board_days=14)

    found = plan.backwards(
        on(due), AHEAD, today=on("2028-10-02"), section=section, calendar=shipped()
    )

    assert found.is_provisional is is_provisional


def test_steps_end_one_after_the_other_whenever_one_begins():
    for day in range(1, 32):
        found = backwards("2027-01-20", f"2026-12-{day:02}")
        assert found is None or found[0] == sorted(set(found[0])), day


# On a position ---------------------------------------------------------------------------------


@pytest.fixture
def due():
    """A day far enough for the usual way, whatever day it is."""
    return clock.days_after(clock.today(), 120)


def set_deadline(position, person, day):
    return actions.set_deadline(position=position, by=person, due_on=day)


def test_the_coordinator_sets_the_day(way, coordinator, due):
    position = set_deadline(way.start(), coordinator, due)

    entry = AuditEntry.objects.filter(action="set_deadline").get()
    assert (position.authority_deadline, entry.payload) == (due, {"due_on": due.isoformat()})


def test_the_same_day_again_is_no_act(way, coordinator, due):
    position = set_deadline(way.start(), coordinator, due)
    set_deadline(position, coordinator, due)

    assert AuditEntry.objects.filter(action="set_deadline").count() == 1


def test_others_do_not_and_not_in_the_past_nor_when_it_is_sent(way, coordinator, drafter, due):
    position = way.start()
    with pytest.raises(NotAllowed):
        set_deadline(position, drafter, due)
    with pytest.raises(SomethingMissing, match="has passed"):
        set_deadline(position, coordinator, clock.days_after(clock.today(), -1))
    with pytest.raises(Overtaken):
        set_deadline(way.to(State.SUBMITTED), coordinator, due)


def test_a_decision_that_is_set_stays_before_it(way, coordinator, due):
    position = way.to(State.BOARD_REVIEW)

    with pytest.raises(SomethingMissing, match="before the authority's deadline"):
        set_deadline(position, coordinator, position.decide_on)

    assert set_deadline(position, coordinator, due).authority_deadline == due


def test_the_page_shows_the_steps(way, client_of, coordinator, representative, due):
    position = set_deadline(way.to(State.CONSULTATION), coordinator, due)

    page = client_of(representative).get(at(position, "schedule"))

    assert list(page.context["plan"].last_days) == list(Leg)
    assert page.context["form"] is None


def test_the_coordinator_sets_it_on_the_page(way, client_of, coordinator, due):
    position = way.start()

    response = client_of(coordinator).post(at(position, "schedule"), {"due_on": due.isoformat()})

    position.refresh_from_db()
    assert (response.status_code, position.authority_deadline) == (302, due)


def test_a_day_in_the_past_is_told_beside_the_field(way, client_of, coordinator):
    page = client_of(coordinator).post(at(way.start(), "schedule"), {"due_on": "2020-01-01"})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["due_on"])


@pytest.mark.parametrize("day", ["2020-01-01", "nonsense", ""])
def test_whoever_may_not_set_it_is_refused_whatever_the_day(way, client_of, representative, day):
    position = way.to(State.CONSULTATION)

    page = client_of(representative).post(at(position, "schedule"), {"due_on": day})

    assert page.status_code == 403


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_without_a_day_there_is_no_plan(way, client_of, coordinator, state):
    page = client_of(coordinator).get(at(way.to(state), "schedule"))

    assert page.context["plan"] is None
    assert (page.context["form"] is None) is (state == State.SUBMITTED)


def test_forms_suggest_the_days_of_the_plan(way, client_of, coordinator):
    position = set_deadline(way.start(), coordinator, clock.days_after(clock.today(), 14))

    form = (
        client_of(coordinator).get(at(position, "move", Action.OPEN_CONSULTATION)).context["form"]
    )

    assert form.initial["closes_on"] == plan.of(position).last_days[Leg.COMMENTS]
    assert form.initial["closes_on"] < clock.days_after(clock.today(), 8)


def test_the_calendar_counts(way, coordinator, due):
    position = set_deadline(way.start(), coordinator, due)
    before = plan.of(position).last_days[Leg.SUBMISSION]

    SpecialDay.objects.create(day=before, kind="holiday", name_hu="Minta", source="Act")

    assert plan.of(position).last_days[Leg.SUBMISSION] < before


@pytest.mark.parametrize(("days", "is_needed"), [(100, False), (10, True)])
def test_a_day_that_needs_a_reason_is_proposed_with_the_word_for_it(
    position_in, client_of, coordinator, way, days, is_needed
):
    position = position_in(State.DRAFT)
    Position.objects.filter(pk=position.pk).update(authority_deadline=way.in_days(days))

    form = client_of(coordinator).get(step(position, Action.OPEN_CONSULTATION)).context["form"]

    usual = way.in_days(position.section.comment_days)
    assert (form["closes_on"].value() < usual) == is_needed
    told = form["expedited_reason"].help_text
    assert told.startswith("Needed for the day proposed above:") == is_needed
