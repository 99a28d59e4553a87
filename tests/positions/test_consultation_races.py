"""Staff, coordinators and workers in the same second, on real connections."""

import pytest
from django.db import connection

from core import audit, clock
from core.models import AuditEntry, Mail
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from members.models import Person
from positions.choices import ConsultationAction, ConsultationState
from positions.consultation_clock import note_answers, remind
from positions.consultation_notices import REMINDER
from positions.consulting import CONSULTATIONS
from positions.models import Assignment, Position
from tests.positions.test_races import at_once

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once need PostgreSQL")


def refused(act):
    """The act, with its refusals as those that `at_once` counts."""

    def run():
        try:
            act()
        except (NotAllowed, SomethingMissing) as refusal:
            raise Overtaken(Assignment.objects.get().consultation, by=None) from refusal

    return run


def test_two_workers_remind_once(coming, chair):
    thing = coming.assign(coming.record())

    def work():
        with clock.at(clock.end_of_day(clock.days_after(thing.due_on, -1))):
            remind()

    at_once(*[work] * 6)

    letters = Mail.objects.filter(kind=REMINDER).values_list("to__name", flat=True)
    assert sorted(letters) == ["Chair", "Coordinator"]


def test_two_workers_note_an_answer_once(coming, way):
    thing = coming.assign(coming.record())
    coming.send(coming.answer(thing))

    at_once(*[note_answers] * 6)

    thing.refresh_from_db()
    acts = [entry.action for entry in audit.of(thing)]
    assert (thing.status, acts.count("answer")) == (ConsultationState.ANSWERED, 1)
    assert audit.faults() == []


def test_a_section_begins_or_loses_it_never_both(coming, section):
    thing = coming.assign(coming.record())
    seen, staff = thing.step, coming.cast("staff")

    def begin():
        coming.answer(thing)

    def take_back():
        CONSULTATIONS.perform(
            ConsultationAction.TAKE_BACK,
            thing,
            by=Person.objects.get(pk=staff.pk),
            note="A mistake.",
            seen=seen,
            section=section,
        )

    results = at_once(refused(begin), refused(take_back))

    held = Assignment.objects.held().count()
    assert results == {"done": 1, "Overtaken": 1}
    assert (Position.objects.count(), held) in {(1, 1), (0, 0)}


def test_it_is_assigned_to_a_section_once(coming, section):
    thing, staff = coming.record(), coming.cast("staff")
    entries = AuditEntry.objects.count()

    def assign():
        by = Person.objects.get(pk=staff.pk)
        CONSULTATIONS.perform(ConsultationAction.ASSIGN, thing, by=by, sections=[section])

    results = at_once(*[refused(assign)] * 4)

    assert results == {"done": 1, "Overtaken": 3}
    assert (Assignment.objects.count(), AuditEntry.objects.count()) == (1, entries + 1)


def test_a_new_day_reaches_a_position_that_is_begun_just_now(coming):
    thing, staff = coming.assign(coming.record()), coming.cast("staff")
    day = coming.in_days(60)

    def change():
        CONSULTATIONS.perform(
            ConsultationAction.CHANGE_DUE,
            thing,
            by=Person.objects.get(pk=staff.pk),
            note="More time.",
            due_on=day,
        )

    assert at_once(lambda: coming.answer(thing), change) == {"done": 2}
    assert Position.objects.get().authority_deadline == day
