"""Who hears of a consultation, and who is reminded of it, once."""

from datetime import timedelta

import pytest
from django.core import mail

from core import clock, outbox
from core.models import Mail
from iksz_portal.mail import RENDERERS
from iksz_portal.tasks import make_due_moves
from iksz_portal.waiting import waiting_for
from members.models import Person
from positions.choices import Action, ConsultationAction
from positions.consultation_clock import remind
from positions.consultation_notices import ASSIGNED, DUE_CHANGED, REMINDER
from positions.models import Assignment
from sections.models import Office

pytestmark = pytest.mark.usefixtures("english")


def queued(kind):
    return sorted(Mail.objects.filter(kind=kind).values_list("to__name", flat=True))


def sent(word):
    outbox.send_due(RENDERERS)
    return sorted(each.to[0] for each in mail.outbox if word in each.subject)


def before_the_end(thing, **time):
    return clock.at(thing.deadline - timedelta(**time))


@pytest.fixture
def in_english(coordinator, chair):
    Person.objects.update(language="en")


def test_those_who_lead_the_section_hear_of_it(coming, chair, coordinator, other_coordinator):
    coming.assign(coming.record())

    assert queued(ASSIGNED) == [chair.name, coordinator.name]


def test_who_assigns_it_themselves_hears_nothing(coming, coordinator, chair):
    coordinator.is_staff = True
    coordinator.save()

    coming.move(
        coming.record(), ConsultationAction.ASSIGN, coordinator, sections=[coming.cast("section")]
    )

    assert queued(ASSIGNED) == [chair.name]


def test_the_letter_leads_to_its_page_and_tells_the_day(coming, in_english):
    thing = coming.assign(coming.record())

    assert sent("A consultation for your section") == [
        "chair@example.org",
        "coordinator@example.org",
    ]
    body = mail.outbox[0].body
    assert f"/consultations/{thing.pk}/" in body
    assert thing.text not in body or not thing.text


def test_O_059_who_leads_no_more_when_it_is_sent_gets_none(coming, in_english, chair):
    coming.assign(coming.record())
    Office.objects.filter(person=chair).update(ended_on=clock.days_after(clock.today(), -1))

    assert sent("A consultation for your section") == ["coordinator@example.org"]


@pytest.mark.parametrize("action", [ConsultationAction.TAKE_BACK, ConsultationAction.PASS])
def test_O_059_nobody_hears_of_what_the_section_has_no_more(coming, in_english, section, action):
    thing = coming.assign(coming.record())
    by = "staff" if action == ConsultationAction.TAKE_BACK else "coordinator"
    coming.move(thing, action, by, note="No.", section=section)

    assert sent("A consultation for your section") == []


def test_a_new_day_is_told_to_those_who_still_have_it(
    coming, in_english, section, other_section, other_coordinator
):
    thing = coming.assign(coming.record(), section, other_section)
    coming.move(
        thing, ConsultationAction.PASS, other_coordinator, note="No.", section=other_section
    )

    coming.change_due(thing, coming.in_days(50))

    assert queued(DUE_CHANGED) == ["Chair", "Coordinator"]
    assert len(sent("The due date has changed")) == 2


def test_only_the_last_of_two_changes_is_told(coming, in_english):
    thing = coming.change_due(coming.assign(coming.record()), coming.in_days(50))
    coming.change_due(thing, coming.in_days(60))

    assert len(sent("The due date has changed")) == 2


# Reminded --------------------------------------------------------------------------------------


def test_who_has_decided_nothing_is_reminded_five_days_before_the_end_once(coming, chair):
    thing = coming.assign(coming.record())

    with before_the_end(thing, days=5, hours=1):
        early = remind()
    with before_the_end(thing, days=5):
        late = [remind(), remind()]

    assert (early, late, queued(REMINDER)) == (0, [1, 0], ["Chair", "Coordinator"])


def test_a_short_time_reminds_in_its_last_third(coming):
    thing = coming.assign(coming.record(due_on=coming.in_days(3)))
    assigned = Assignment.objects.get().assigned_at
    third = (thing.deadline - assigned) / 3

    with clock.at(thing.deadline - third - timedelta(minutes=1)):
        early = remind()
    with clock.at(thing.deadline - third):
        late = remind()

    assert (early, late) == (0, 1)


@pytest.mark.parametrize("what", ["begun", "let go", "taken back", "no deadline"])
def test_nobody_is_reminded_of_what_is_decided_on(coming, section, what):
    due_on = None if what == "no deadline" else coming.in_days(40)
    thing = coming.assign(coming.record(due_on=due_on))
    if what == "begun":
        coming.answer(thing)
    if what == "let go":
        coming.pass_on(thing)
    if what == "taken back":
        coming.move(thing, ConsultationAction.TAKE_BACK, note="No.", section=section)

    with clock.at(clock.end_of_day(coming.in_days(39))):
        assert remind() == 0


def test_after_a_standstill_it_happens_once_and_not_after_the_end(coming):
    thing, gone = (coming.assign(coming.record(title=title)) for title in ("Kept", "Gone"))
    coming.change_due(gone, coming.in_days(10))

    with before_the_end(thing, minutes=5):
        assert [remind(), remind()] == [1, 0]
    assert Assignment.objects.get(consultation=gone).reminded_at is None


def test_a_new_day_reminds_anew(coming, in_english):
    thing = coming.assign(coming.record(due_on=coming.in_days(6)))
    with before_the_end(thing, hours=1):
        first = remind()
    thing = coming.change_due(thing, coming.in_days(30))
    with before_the_end(thing, hours=1):
        second = remind()

    assert (first, second) == (1, 1)
    assert len(queued(REMINDER)) == 4


def test_O_059_who_has_decided_before_the_letter_goes_gets_none(coming, in_english):
    thing = coming.assign(coming.record())
    with before_the_end(thing, days=1):
        remind()
        coming.answer(thing)
        assert sent("Your section has not decided yet") == []


def test_the_reminder_is_sent_to_those_it_waits_for(coming, in_english):
    thing = coming.assign(coming.record())
    with before_the_end(thing, days=1):
        remind()
        assert len(sent("Your section has not decided yet")) == 2


def test_the_worker_does_it_all(coming, way):
    late = coming.assign(coming.record(due_on=coming.in_days(6)))
    done = coming.assign(coming.record(title="Done"))
    coming.send(coming.answer(done))

    with before_the_end(late, hours=1):
        made = [make_due_moves(), make_due_moves()]

    done.refresh_from_db()
    assert (made[1], done.status, queued(REMINDER)) == (0, "answered", ["Chair", "Coordinator"])


# Waiting for me --------------------------------------------------------------------------------


def tasks(person):
    return [(str(task.what), task.is_overdue) for task in waiting_for(person)]


DECIDE = "Start a position on it, or let it go"


def test_it_waits_for_who_leads_the_section_until_they_decide(
    coming, way, coordinator, chair, drafter, other_coordinator
):
    thing = coming.assign(coming.record())
    people = (coordinator, chair, drafter, other_coordinator)
    before = [tasks(person) for person in people]

    position = coming.answer(thing)
    begun = [task for task in tasks(coordinator) if task[0] == DECIDE]
    way.move(position, Action.WITHDRAW, note="Pointless.")
    withdrawn = tasks(coordinator)
    coming.pass_on(thing)

    assert before == [[(DECIDE, False)], [(DECIDE, False)], [], []]
    assert (begun, withdrawn, tasks(coordinator)) == ([], [(DECIDE, False)], [])


def test_past_its_day_it_is_overdue(coming, coordinator):
    thing = coming.assign(coming.record(due_on=clock.today()))

    with clock.at(thing.deadline + timedelta(minutes=1)):
        assert tasks(Person.objects.get(pk=coordinator.pk)) == [(DECIDE, True)]


def test_what_is_to_be_assigned_waits_in_the_back_office(coming, staff):
    thing = coming.record()
    before = [task.title for task in waiting_for(staff)]
    coming.assign(thing)

    assert (before, waiting_for(staff)) == (["1 matter waits in the back office"], [])
