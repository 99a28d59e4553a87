"""What staff record, what sections do about it, and what follows from its days."""

from datetime import date, datetime

import pytest

from core import audit, clock
from core.models import Recess, SpecialDay
from core.workflow import NotAllowed, SomethingMissing
from members.models import Person
from positions import plan, windows
from positions.choices import (
    Action,
    Confidentiality,
    ConsultationAction,
    ConsultationState,
    Leg,
    State,
    Unit,
)
from positions.consultation_clock import note_answers
from positions.consulting import record
from positions.models import Assignment, Consultation, Position
from positions.workflow import WORKFLOW

pytestmark = pytest.mark.usefixtures("english")

MONDAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 12, tzinfo=clock.ZONE)


@pytest.fixture
def on_monday():
    """It is Monday, 16 November 2026."""
    with clock.at(NOON):
        yield


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


# Recording it, and its days --------------------------------------------------------------------


def test_an_empty_due_date_is_reckoned_from_the_law(coming, on_monday):
    thing = coming.record(due_on=None, law_profile=coming.law())

    assert (thing.due_on, thing.lawful_until) == (date(2026, 11, 24), date(2026, 11, 24))
    assert (thing.given_days, thing.minimum_days, thing.is_shorter_than_law) == (8, 8, False)


def test_the_authoritys_own_day_wins(coming, on_monday):
    thing = coming.record(due_on=date(2026, 11, 20), law_profile=coming.law())

    assert (thing.due_on, thing.lawful_until) == (date(2026, 11, 20), date(2026, 11, 24))
    assert (thing.given_days, thing.minimum_days, thing.is_shorter_than_law) == (4, 8, True)


def test_without_law_and_day_it_has_no_deadline(coming):
    thing = coming.record(due_on=None)

    assert (thing.due_on, thing.given_days, thing.deadline, thing.is_over) == (None,) * 3 + (False,)
    assert thing.summary_awaited_on is None


def test_it_is_counted_from_the_day_of_publication(coming, on_monday):
    thing = coming.record(due_on=None, law_profile=coming.law(), published_on=date(2026, 11, 12))

    assert thing.due_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("law", "lawful_until"),
    [
        ({"days": 8}, date(2026, 11, 24)),
        ({"days": 5, "ends_on_working_day": True}, date(2026, 11, 23)),  # the 21st is a Saturday
        ({"days": 5, "unit": Unit.WORKING}, date(2026, 11, 24)),  # the 18th is a holiday
        ({"days": 8, "stops_in_recess": True}, date(2026, 11, 26)),  # two days stand still
    ],
)
def test_the_law_is_reckoned_by_its_profile(coming, on_monday, law, lawful_until):
    SpecialDay.objects.create(
        day=date(2026, 11, 18), kind="holiday", name_hu="Day", source="A statute"
    )
    Recess.objects.create(
        first_day=date(2026, 11, 19), last_day=date(2026, 11, 20), source="A decree"
    )

    thing = coming.record(due_on=None, law_profile=coming.law(**law))

    assert thing.lawful_until == lawful_until


def test_the_calculation_is_printed(coming, on_monday):
    thing = coming.record(due_on=date(2026, 11, 20), law_profile=coming.law())

    text = str(windows.law_in_words(thing))

    assert [part in text for part in ("16 November 2026", "8 days (An act)", "24 November")] == [
        True
    ] * 3
    assert windows.given_in_words(thing) == "4 days were given: less than the law asks"


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_a_day_ends_in_budapest_also_when_the_clock_changes(coming, day):
    """The day before each change: the window lasts to the end of the next, 23:59:59."""
    with clock.at(datetime.combine(day, datetime.min.time(), tzinfo=clock.ZONE)):
        thing = coming.record(due_on=clock.days_after(day, 1))

    last = datetime(day.year, day.month, day.day + 1, 23, 59, 59, tzinfo=clock.ZONE)
    with clock.at(last):
        within = thing.is_over
    with clock.at(datetime.fromtimestamp(last.timestamp() + 1, tz=clock.ZONE)):
        after = thing.is_over
    assert (within, after) == (False, True)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"received_on": date(2026, 11, 17)}, "received_on"),
        ({"published_on": date(2026, 11, 17)}, "published_on"),
        ({"due_on": date(2026, 11, 15)}, "due_on"),
        ({"due_on": date(2036, 12, 31)}, "due_on"),
        ({"due_on": date(9999, 12, 31)}, "due_on"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(coming, on_monday, facts, field):
    with pytest.raises(SomethingMissing) as missing:
        coming.record(**facts)

    assert (missing.value.field, Consultation.objects.count()) == (field, 0)


@pytest.mark.parametrize("name", ["coordinator", "board_secretary", "representative"])
def test_only_staff_record(request, coming, name):
    person = request.getfixturevalue(name)
    typed = coming.record()
    typed.pk = None

    with pytest.raises(NotAllowed):
        record(consultation=typed, by=person)

    assert Consultation.objects.count() == 1


# What the sections do --------------------------------------------------------------------------


def test_it_is_assigned_to_several_sections_once(coming, section, other_section):
    thing = coming.assign(coming.record(), section, other_section)

    with pytest.raises(SomethingMissing):
        coming.assign(thing, section)

    assert [each.section for each in fresh(thing).standing] == [section, other_section]


def test_it_is_let_go_once_all_of_them_have_let_it_go(coming, section, other_section):
    thing = coming.assign(coming.record(), section, other_section)
    coming.cast("other_coordinator")

    one = coming.pass_on(thing).status
    both = coming.move(
        thing, ConsultationAction.PASS, "other_coordinator", note="No.", section=other_section
    ).status

    assert (one, both) == (ConsultationState.ASSIGNED, ConsultationState.LET_GO)


def test_a_section_lets_go_for_itself_only(coming, section, other_section, other_coordinator):
    thing = coming.assign(coming.record(), section, other_section)

    with pytest.raises(SomethingMissing) as missing:
        coming.move(thing, ConsultationAction.PASS, other_coordinator, note="No.", section=section)

    assert (missing.value.field, Assignment.objects.held().count()) == ("section", 2)


def test_it_is_not_let_go_without_a_reason(coming):
    thing = coming.assign(coming.record())

    with pytest.raises(SomethingMissing) as missing:
        coming.move(thing, ConsultationAction.PASS, "coordinator", section=coming.cast("section"))

    assert missing.value.field == "note"


def test_a_section_takes_it_up_again(coming, section):
    thing = coming.pass_on(coming.assign(coming.record()))

    thing = coming.move(thing, ConsultationAction.TAKE_UP, "coordinator", section=section)

    assert (thing.status, Assignment.objects.get().is_held) == (ConsultationState.ASSIGNED, True)


@pytest.mark.parametrize("let_go", [True, False])
def test_taken_back_from_all_it_is_to_be_triaged_anew(coming, section, let_go):
    thing = coming.assign(coming.record())
    if let_go:
        thing = coming.pass_on(thing)

    thing = coming.move(thing, ConsultationAction.TAKE_BACK, note="A mistake.", section=section)

    assert (thing.status, fresh(thing).standing) == (ConsultationState.RECEIVED, [])
    assert coming.assign(thing).status == ConsultationState.ASSIGNED


def test_what_a_section_has_begun_is_neither_taken_back_nor_let_go(coming, section):
    thing = coming.assign(coming.record())
    coming.answer(thing)

    with pytest.raises(SomethingMissing):
        coming.pass_on(thing)
    with pytest.raises(SomethingMissing):
        coming.move(thing, ConsultationAction.TAKE_BACK, note="No.", section=section)

    assert Assignment.objects.get().is_held


def test_a_position_that_was_withdrawn_leaves_the_section_free(coming, way):
    thing = coming.assign(coming.record())
    way.move(coming.answer(thing), Action.WITHDRAW, note="Pointless.")

    assert Assignment.objects.untouched().count() == 1
    assert coming.pass_on(thing).status == ConsultationState.LET_GO


# A position started from it --------------------------------------------------------------------


def test_a_position_has_its_deadline_at_once_and_the_plan_follows(coming):
    thing = coming.assign(coming.record())

    position = coming.answer(thing)

    assert (position.answers, position.authority_deadline) == (thing, thing.due_on)
    assert plan.of(position).last_days[Leg.SUBMISSION] <= thing.due_on


def test_one_that_comes_too_late_has_no_deadline(coming):
    thing = coming.assign(coming.record(due_on=clock.today()))

    with clock.at(clock.end_of_day(clock.days_after(clock.today(), 2))):
        position = coming.answer(thing)

    assert (position.answers, position.authority_deadline) == (thing, None)


@pytest.mark.parametrize("by", ["drafter", "representative", "foreign_representative"])
def test_only_who_leads_the_section_starts_one(coming, by):
    thing = coming.assign(coming.record())

    with pytest.raises(NotAllowed):
        coming.answer(thing, by=by)

    assert Position.objects.count() == 0


@pytest.mark.parametrize(
    "state", [state for state in ConsultationState if state != ConsultationState.ASSIGNED]
)
def test_none_is_started_where_no_section_has_it(coming, way, state):
    thing = coming.to(state)

    with pytest.raises(NotAllowed):
        coming.answer(thing)


def test_it_is_answered_once_every_section_that_kept_it_has_submitted(
    coming, way, section, other_section, other_coordinator
):
    thing = coming.assign(coming.record(), section, other_section)
    position = coming.answer(thing)
    before = note_answers()
    coming.send(position)
    with_one_open = note_answers()
    coming.move(
        thing, ConsultationAction.PASS, other_coordinator, note="No.", section=other_section
    )

    after = [note_answers(), note_answers()]

    assert (before, with_one_open, after) == (0, 0, [1, 0])
    assert fresh(thing).status == ConsultationState.ANSWERED


def test_it_is_not_closed_while_a_position_is_on_its_way(coming):
    thing = coming.assign(coming.record())
    position = coming.answer(thing)

    with pytest.raises(SomethingMissing) as missing:
        coming.move(thing, ConsultationAction.CLOSE)

    assert missing.value.sentences == [f"{position.reference} has not been submitted yet."]


# The due date is changed -----------------------------------------------------------------------


def test_a_new_day_carries_over_to_what_still_has_the_old_one(coming):
    thing = coming.assign(coming.record())
    kept, changed = coming.answer(thing), coming.answer(thing)
    own = coming.in_days(20)
    Position.objects.filter(pk=changed.pk).update(authority_deadline=own)

    thing = coming.change_due(thing, coming.in_days(60))

    assert [fresh(each).authority_deadline for each in (kept, changed)] == [thing.due_on, own]
    entry = audit.last_of(kept)
    assert (entry.action, entry.note) == ("set_deadline", "They gave more time.")
    assert entry.payload == {"due_on": thing.due_on.isoformat(), "consultation": thing.pk}
    assert audit.last_of(thing).payload == {"due_on": thing.due_on.isoformat()}
    assert [fresh(each).step - each.step for each in (kept, changed)] == [1, 0]


def test_it_leaves_what_has_been_submitted(coming, way):
    thing = coming.assign(coming.record())
    sent = coming.send(coming.answer(thing))
    Position.objects.filter(pk=sent.pk).update(authority_deadline=thing.due_on)
    old = thing.due_on

    coming.change_due(thing, coming.in_days(60))

    assert fresh(sent).authority_deadline == old


def adopted(way, position):
    for step in (way.consult, way.consolidate, way.open_vote, way.adopt):
        position = step(position)
    return position


def test_the_position_that_takes_the_place_of_another_answers_for_it(coming, way, coordinator):
    thing = coming.assign(coming.record())
    replaced, own = adopted(way, coming.answer(thing)), way.start()
    WORKFLOW.perform(Action.SUPERSEDE, replaced, by=coordinator, note="Better.", successor=own)

    entry = audit.last_of(own)
    assert fresh(own).answers == thing
    assert (entry.action, entry.payload) == ("take_over", {"consultation": thing.pk})


def test_it_keeps_the_consultation_it_was_begun_for(coming, way, coordinator):
    first, second = (coming.assign(coming.record()) for _ in range(2))
    replaced, own = adopted(way, coming.answer(first)), coming.answer(second)

    WORKFLOW.perform(Action.SUPERSEDE, replaced, by=coordinator, note="Better.", successor=own)

    assert fresh(own).answers == second


def test_an_earlier_day_leaves_what_the_board_decides_on_too_late(coming, way):
    thing = coming.assign(coming.record())
    position = coming.answer(thing)
    for step in (way.consult, way.consolidate, way.open_vote, way.adopt, way.forward):
        position = step(position)
    position = way.take_up(position)
    old = thing.due_on
    Position.objects.filter(pk=position.pk).update(authority_deadline=old)

    coming.change_due(thing, position.decide_on)

    assert fresh(position).authority_deadline == old


def test_what_follows_from_the_day_follows_the_new_one(coming, on_monday):
    thing = coming.record(due_on=date(2026, 11, 20), law_profile=coming.law())

    thing = coming.change_due(thing, date(2026, 11, 30))

    assert (thing.given_days, thing.is_shorter_than_law) == (14, False)
    assert (thing.first_due_on, thing.summary_awaited_on) == (
        date(2026, 11, 20),
        date(2026, 12, 30),
    )


@pytest.mark.parametrize("days", [40, -1, 4000])
def test_a_new_day_that_cannot_be_is_refused(coming, days):
    thing = coming.record()

    with pytest.raises(SomethingMissing) as missing:
        coming.change_due(thing, coming.in_days(days))

    assert (missing.value.field, fresh(thing).step) == ("due_on", 0)


# The summary, and what is counted --------------------------------------------------------------


def summarise(coming, thing, **facts):
    facts = {"published_on": clock.today(), "text": "Six opinions came.", **facts}
    return coming.move(thing, ConsultationAction.RECORD_SUMMARY, **facts)


def test_a_summary_is_missed_thirty_days_after_the_end_where_a_law_binds(coming, on_monday):
    bound = coming.record(due_on=date(2026, 11, 24), law_profile=coming.law())
    there = coming.record(due_on=date(2026, 11, 24), law_profile=coming.law(name_hu="Other"))
    summarise(coming, there)

    found = []
    for day in (24, 25):
        with clock.at(datetime(2026, 12, day, tzinfo=clock.ZONE)):
            found.append((bound.lacks_summary, fresh(there).lacks_summary))

    assert found == [(False, False), (True, False)]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"text": " "}, "link"),
        ({"published_on": 1}, "published_on"),
        ({"published_on": -1}, "published_on"),
    ],
)
def test_a_summary_that_cannot_be_is_refused(coming, facts, field):
    thing = coming.record()
    if "published_on" in facts:
        facts = {"published_on": coming.in_days(facts["published_on"])}

    with pytest.raises(SomethingMissing) as missing:
        summarise(coming, thing, **facts)

    assert missing.value.field == field


def test_the_most_urgent_comes_first_then_what_has_ended(coming):
    ended = coming.record(due_on=clock.today(), title="Ended")
    with clock.at(clock.end_of_day(coming.in_days(1))):
        far = coming.record(due_on=coming.in_days(40), title="Far")
        near = coming.record(due_on=coming.in_days(2), title="Near")
        never = coming.record(due_on=None, title="Never")
        gone = coming.move(coming.record(title="Gone"), ConsultationAction.LET_GO, note="Not ours.")

        found = list(Consultation.objects.by_urgency())

    assert (found[:3], set(found[3:])) == ([near, far, never], {ended, gone})


# Who may know of it ----------------------------------------------------------------------------

SEEN = """
                    visitor stranger foreign author library coord board secr exboard exrep left staff
public                 x       x        x      x      x      x     x     x      x      x    x    x
members                -       -        x      x      x      x     x     x      -      -    -    x
sections               -       -        -      -      -      -     x     x      -      -    -    x
sections,_assigned     -       -        -      x      x      x     x     x      -      -    -    x
sections,_let_go       -       -        -      x      x      x     x     x      -      -    -    x
sections,_taken_back   -       -        -      -      -      -     x     x      -      -    -    x
"""  # noqa: E501 - a table
SEERS = {
    "visitor": "visitor",
    "stranger": "stranger",
    "foreign": "foreign_representative",
    "author": "drafter",
    "library": "representative",
    "coord": "coordinator",
    "board": "board_member",
    "secr": "board_secretary",
    "exboard": "former_board_member",
    "exrep": "former_representative",
    "left": "left_representative",
    "staff": "staff",
}


@pytest.mark.parametrize("row", [line.split() for line in SEEN.splitlines()[2:] if line])
def test_who_may_know_of_it(request, coming, row):
    people = {role: request.getfixturevalue(name) for role, name in SEERS.items()}
    confidentiality, _comma, more = row[0].partition(",_")
    thing = coming.record(confidentiality=Confidentiality(confidentiality))
    if more:
        thing = coming.assign(thing)
    if more == "let_go":
        coming.pass_on(thing)
    if more == "taken_back":
        section = coming.cast("section")
        coming.move(thing, ConsultationAction.TAKE_BACK, note="No.", section=section)

    found = [Consultation.objects.visible_to(person).exists() for person in people.values()]

    assert dict(zip(people, found, strict=True)) == {
        role: cell == "x" for role, cell in zip(people, row[1:], strict=True)
    }


def test_O_037_the_day_a_mandate_ends_the_sight_is_gone(coming, representative):
    coming.record(confidentiality=Confidentiality.MEMBERS)
    representative.mandates.update(ended_on=clock.today())
    before = Consultation.objects.visible_to(Person.objects.get(pk=representative.pk)).count()

    with clock.at(clock.end_of_day(coming.in_days(1))):
        person = Person.objects.get(pk=representative.pk)
        assert (before, Consultation.objects.visible_to(person).count()) == (1, 0)


def test_the_chain_holds_after_a_whole_way(coming, way):
    thing = coming.to(ConsultationState.ANSWERED)
    summarise(coming, thing)
    coming.move(thing, ConsultationAction.CLOSE)

    acts = [entry.action for entry in audit.of(thing)]
    assert acts == ["close", "record_summary", "answer", "assign", "record"]
    assert audit.faults() == []
    assert Position.objects.get().status == State.SUBMITTED
