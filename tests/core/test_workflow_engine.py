import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, models

from core import audit, clock
from core.models import AuditEntry, Mail
from core.workflow import (
    CLOCK,
    Move,
    NotAllowed,
    Note,
    Overtaken,
    SomethingMissing,
    Workflow,
)
from members.choices import LibraryKind
from members.models import County, MembershipApplication
from tests.people import a_person

pytestmark = pytest.mark.django_db


class State(models.TextChoices):
    SUBMITTED = "submitted"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


def is_anna(person, thing):
    return person.name == "Anna"


def needs_a_city(thing):
    if not thing.city:
        yield "The city is missing."


def count_it(thing, *, by, note, won=True):
    return State.WON if won else State.LOST


def break_down(thing, *, by, note):
    thing.city = "Elsewhere"
    thing.save()
    raise RuntimeError("in the middle")


def an_hour_has_passed(thing):
    return clock.now() - thing.status_since >= timedelta(hours=1)


MOVES = (
    Move(
        action="open",
        label="Open",
        sources=frozenset({State.SUBMITTED}),
        target=State.OPEN,
        who=is_anna,
        needs=needs_a_city,
    ),
    Move(
        action="count",
        label="Count",
        sources=frozenset({State.OPEN}),
        target=frozenset({State.WON, State.LOST}),
        who=is_anna,
        then=count_it,
        due=an_hour_has_passed,
    ),
    Move(
        action="remark",
        label="Remark",
        sources=frozenset({State.SUBMITTED, State.OPEN}),
        target=None,
        who=is_anna,
        note=Note.REQUIRED,
    ),
    Move(
        action="break",
        label="Break",
        sources=frozenset({State.SUBMITTED}),
        target=State.OPEN,
        who=is_anna,
        then=break_down,
    ),
)
WORKFLOW = Workflow(states=State, moves=MOVES)


def make_thing(**fields):
    county, _made = County.objects.get_or_create(
        iso_code="HU-BK",
        defaults={
            "name_hu": "Bács-Kiskun",
            "name_en": "Bács-Kiskun",
            "name_sl": "Bács-Kiskun",
            "seat": "Kecskemét",
            "seat_lat": "46.9",
            "seat_lon": "19.7",
        },
    )
    fields.setdefault("city", "Kecskemét")
    return MembershipApplication.objects.create(
        library_name="The library", county=county, kind=LibraryKind.CITY, **fields
    )


@pytest.fixture
def thing():
    return make_thing()


@pytest.fixture
def anna():
    return a_person()


@pytest.fixture
def stranger():
    return a_person("stranger@example.org")


def actions_offered(person, thing):
    return [(offer.move.action, offer.missing) for offer in WORKFLOW.offered_to(person, thing)]


def assert_untouched(thing):
    fresh = MembershipApplication.objects.get(pk=thing.pk)
    assert (fresh.status, fresh.step, fresh.city) == (thing.status, thing.step, thing.city)
    assert not AuditEntry.objects.exists()
    assert not Mail.objects.exists()


# What is offered -----------------------------------------------------------------------------


def test_only_moves_of_the_present_state_and_of_this_person_are_offered(thing, anna, stranger):
    assert actions_offered(anna, thing) == [("open", ()), ("remark", ()), ("break", ())]
    assert actions_offered(stranger, thing) == []


def test_a_move_that_lacks_something_is_offered_with_the_sentence_that_says_what(anna):
    thing = make_thing(city="")

    assert actions_offered(anna, thing)[0] == ("open", ("The city is missing.",))


# What is performed ---------------------------------------------------------------------------


def test_a_move_changes_state_since_and_step_and_is_recorded(thing, anna):
    before = thing.status_since

    moved = WORKFLOW.perform("open", thing, by=anna, note="At last.", seen=0)

    entry = audit.last_of(thing)
    assert (moved.status, moved.step, moved.status_since > before) == (State.OPEN, 1, True)
    assert (entry.action, entry.source, entry.target, entry.note, entry.actor) == (
        "open",
        State.SUBMITTED,
        State.OPEN,
        "At last.",
        anna,
    )


def test_a_move_that_keeps_the_state_keeps_its_since(thing, anna):
    before = MembershipApplication.objects.get().status_since

    moved = WORKFLOW.perform("remark", thing, by=anna, note="Noted.")

    assert (moved.status, moved.step, moved.status_since) == (State.SUBMITTED, 1, before)


@pytest.mark.parametrize(("won", "state"), [(True, State.WON), (False, State.LOST)])
def test_the_effect_chooses_among_several_states(thing, anna, won, state):
    WORKFLOW.perform("open", thing, by=anna)

    assert WORKFLOW.perform("count", thing, by=anna, won=won).status == state


def test_an_effect_that_chooses_a_state_outside_the_table_is_a_fault(thing, anna):
    astray = Move(
        action="count",
        label="Count",
        sources=frozenset({State.SUBMITTED}),
        target=frozenset({State.WON, State.LOST}),
        who=is_anna,
        then=lambda thing, **details: State.OPEN,
    )

    with pytest.raises(ValueError, match="must lead to one of"):
        Workflow(states=State, moves=[astray]).perform("count", thing, by=anna)

    assert_untouched(thing)


def test_notices_are_told_of_the_move(thing, anna):
    heard = []
    workflow = Workflow(
        states=State, moves=MOVES, notify=lambda thing, **facts: heard.append((thing.status, facts))
    )

    workflow.perform("open", thing, by=anna)

    assert heard == [(State.OPEN, {"action": "open", "source": State.SUBMITTED, "by": anna})]


# What is refused changes nothing -------------------------------------------------------------


def test_a_stranger_is_refused(thing, stranger):
    with pytest.raises(NotAllowed):
        WORKFLOW.perform("open", thing, by=stranger)

    assert_untouched(thing)


def test_what_is_missing_is_said(anna):
    thing = make_thing(city="")

    with pytest.raises(SomethingMissing) as refused:
        WORKFLOW.perform("open", thing, by=anna)

    assert refused.value.sentences == ["The city is missing."]
    assert_untouched(thing)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_move_that_needs_a_reason_is_not_made_without(thing, anna, note):
    with pytest.raises(SomethingMissing) as refused:
        WORKFLOW.perform("remark", thing, by=anna, note=note)

    assert refused.value.field == "note"
    assert_untouched(thing)


def test_O_039_a_move_out_of_order_is_overtaken(thing, anna):
    with pytest.raises(Overtaken):
        WORKFLOW.perform("count", thing, by=anna)

    assert_untouched(thing)


def test_O_039_the_same_move_twice_is_made_once(thing, anna):
    WORKFLOW.perform("open", thing, by=anna)

    with pytest.raises(Overtaken) as refused:
        WORKFLOW.perform("open", thing, by=anna)

    assert refused.value.own is True
    assert AuditEntry.objects.count() == 1


def test_who_saw_an_older_step_is_overtaken_by_name(thing, anna):
    WORKFLOW.perform("remark", thing, by=anna, note="First.")
    second_anna = a_person("second@example.org", name="Anna")

    with pytest.raises(Overtaken) as refused:
        WORKFLOW.perform("remark", thing, by=second_anna, note="Second.", seen=0)

    assert (refused.value.own, refused.value.last.actor) == (False, anna)
    assert AuditEntry.objects.count() == 1


def test_O_066_a_move_that_breaks_in_the_middle_leaves_nothing(thing, anna):
    with pytest.raises(RuntimeError, match="in the middle"):
        WORKFLOW.perform("break", thing, by=anna)

    assert_untouched(thing)
    assert audit.faults() == []


# The clock -----------------------------------------------------------------------------------


def test_the_clock_makes_a_move_when_it_is_due_and_not_before(thing, anna):
    opened = WORKFLOW.perform("open", thing, by=anna)
    too_early = WORKFLOW.due(opened)
    with pytest.raises(NotAllowed):
        WORKFLOW.perform("count", opened, by=CLOCK)

    with clock.at(clock.now() + timedelta(hours=1)):
        due = WORKFLOW.due(opened)
        counted = WORKFLOW.perform("count", opened, by=CLOCK)

    assert (too_early, due.action, counted.status) == (None, "count", State.WON)
    assert audit.last_of(thing).actor is None


# The diagram ---------------------------------------------------------------------------------


def test_the_table_is_drawn_in_its_order():
    assert WORKFLOW.as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> submitted",
        "    submitted --> open: open",
        "    open --> won: count",
        "    open --> lost: count",
        "    submitted --> submitted: remark",
        "    open --> open: remark",
        "    submitted --> open: break",
    ]


# Races ---------------------------------------------------------------------------------------


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_O_048_of_six_who_decide_at_once_one_decides():
    thing, anna, results = make_thing(), a_person(), []

    def decide():
        try:
            WORKFLOW.perform("open", thing, by=anna, seen=0)
            results.append("made")
        except Overtaken:
            results.append("overtaken")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert connection.vendor == "postgresql"
    assert sorted(results) == ["made"] + ["overtaken"] * 5
    assert AuditEntry.objects.count() == 1
    assert audit.faults() == []
