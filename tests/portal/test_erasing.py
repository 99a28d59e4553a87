"""Somebody is erased: gone everywhere but in the records, which stay as they were to the letter."""

import pytest
from django.apps import apps
from django.urls import reverse

from core import audit, notices
from core.models import AuditEntry, Mail
from core.personal import Mentions
from core.workflow import NotAllowed, SomethingMissing
from iksz_portal import erasing, own_data
from iksz_portal.personal import MENTIONS
from members import calendars
from members import erasing as asking
from members.choices import ErasureAction, ErasureGround, ErasureStatus
from members.models import DataExport, Erasure, MistakeReport, Person
from members.workflow import ERASURES
from positions import actions, commenting
from positions.choices import Action, Choice, State
from positions.models import Comment, Position, Vote
from positions.personal import ARCHIVED
from positions.workflow import WORKFLOW
from sections.models import Office
from tests.cast import make_person, signed_in
from tests.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NAME, EMAIL = "Kitalált Katalin", "katalin.kitalalt@example.org"
CONFIRM, REFUSE = ErasureAction.CONFIRM, ErasureAction.REFUSE


@pytest.fixture
def person(drafter):
    """The author of comments, drafter of an adopted position and past voter of O-062."""
    Person.objects.filter(pk=drafter.pk).update(name=NAME, email=EMAIL)
    drafter.refresh_from_db()
    drafter.save()  # with a history of her own
    return drafter


@pytest.fixture
def other_staff():
    return make_person("other.staff", is_staff=True)


@pytest.fixture
def adopted(way, person, representatives, coordinator):
    position = way.to(State.CONSULTATION)
    commenting.comment(version=position.current, by=person, text=f"I, {NAME}, object.")
    commenting.comment(version=position.current, by=coordinator, text=f"{NAME} is right.")
    position = way.to(State.SECTION_VOTE, way.to(State.CONSOLIDATION, position))
    deputies = {person.mandates.get().library_id: person}
    voters = {each.mandates.get().library_id: each for each in representatives} | deputies
    for elector in position.section_ballot.electors.all():
        actions.cast_vote(elector=elector, by=voters[elector.library_id], choice=Choice.YES)
    return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=coordinator, note=f"{NAME} was there.")


def erase(person, staff, other_staff):
    erasure = asking.ask(person=person, by=staff, ground=ErasureGround.WISHED)
    ERASURES.perform(CONFIRM, erasure, by=other_staff)
    erasing.carry_out()
    erasure.refresh_from_db()
    return erasure


def found(words):
    """Where words still stand in the database: {model.column}."""
    places = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            places |= {
                f"{model._meta.label}.{column}"
                for column, value in row.items()
                if words.casefold() in str(value).casefold()
            }
    return places


def archived():
    return {
        f"{model._meta.label}.{column}" for model, names in ARCHIVED.items() for column in names
    }


def test_O_062_name_and_address_stand_in_the_records_alone(adopted, person, staff, other_staff):
    client = signed_in(person)
    calendars.make(by=person)
    notices.follow(person=person, thing=adopted)
    MistakeReport.objects.create(library=person.mandates.get().library, text=NAME, email=EMAIL)
    asked = own_data.ask(by=person)
    run_jobs()
    client.get(reverse("home"))
    assert found(EMAIL) != set()

    erase(person, staff, other_staff)

    assert found(EMAIL) == set()
    assert found(NAME) - archived() == set()
    assert DataExport.objects.filter(pk=asked.pk).count() == 0
    assert client.get(reverse("own_data_file", args=[asked.pk])).status_code == 404
    assert Mail.objects.filter(to=person).count() == 0


def test_O_062_what_was_adopted_and_counted_stays(adopted, person, staff, other_staff):
    def records():
        position = Position.objects.get(pk=adopted.pk)
        ballot = position.section_ballot
        texts = list(position.versions.values_list("title", "body", "fingerprint", "author"))
        tally = (ballot.tally_yes, ballot.tally_no, ballot.tally_abstain, ballot.carries)
        return position.status, texts, tally, list(Vote.objects.values_list("choice", "cast_by"))

    before = records()

    erase(person, staff, other_staff)

    assert records() == before
    assert before[0] == State.ADOPTED
    assert Comment.objects.get(author=person).text == f"I, N. N. {person.pk}, object."


def test_O_062_the_chain_verifies_and_keeps_no_words_of_theirs(adopted, person, staff, other_staff):
    assert AuditEntry.objects.filter(note__contains=NAME).count() == 1
    erase(person, staff, other_staff)

    assert audit.faults() == []
    assert AuditEntry.objects.filter(note__contains=NAME).count() == 0


def test_O_062_a_record_of_the_erasure_stays_without_what_was_erased(person, staff, other_staff):
    erasure = erase(person, staff, other_staff)

    acts = audit.of(erasure).order_by("seq").values_list("action", "actor_id", "note")
    assert list(acts) == [
        ("ask_for_erasure", staff.pk, ""),
        ("confirm", other_staff.pk, ""),
        ("carry_out", None, ""),
    ]
    assert (erasure.status, erasure.ground) == (ErasureStatus.DONE, ErasureGround.WISHED)
    assert str(erasure) == f"N. N. {person.pk}"


def test_mandates_and_offices_end(coordinator, staff, other_staff):
    erase(coordinator, staff, other_staff)

    assert Office.objects.current().filter(person=coordinator).count() == 0
    assert Office.objects.filter(person=coordinator).count() == 1


def test_the_account_is_closed_as_soon_as_it_is_confirmed(person, staff, other_staff):
    client = signed_in(person)
    erasure = asking.ask(person=person, by=staff, ground=ErasureGround.WISHED)
    assert client.get(reverse("own_data")).status_code == 200

    ERASURES.perform(CONFIRM, erasure, by=other_staff)

    assert client.get(reverse("own_data")).status_code == 302
    assert Person.objects.get(pk=person.pk).name == NAME


def test_whoever_asks_does_not_confirm(person, staff, stranger):
    erasure = asking.ask(person=person, by=staff, ground=ErasureGround.WISHED)

    for somebody in (staff, stranger, person):
        with pytest.raises(NotAllowed):
            ERASURES.perform(CONFIRM, erasure, by=somebody)
    with pytest.raises(NotAllowed):
        asking.ask(person=person, by=stranger, ground=ErasureGround.WISHED)
    assert Person.objects.get(pk=person.pk).is_active


def test_a_refused_one_leaves_everything_and_may_be_asked_for_again(person, staff):
    erasure = asking.ask(person=person, by=staff, ground=ErasureGround.WISHED)
    with pytest.raises(SomethingMissing, match="asked for already"):
        asking.ask(person=person, by=staff, ground=ErasureGround.WISHED)

    ERASURES.perform(REFUSE, erasure, by=staff, note="She took it back.")

    assert erasing.carry_out() == 0
    assert Person.objects.get(pk=person.pk).name == NAME
    assert asking.ask(person=person, by=staff, ground=ErasureGround.OBLIGED).pk != erasure.pk


def test_nobody_of_the_staff_is_erased_while_they_are(staff, admin, person, other_staff):
    with pytest.raises(SomethingMissing, match="of the staff"):
        asking.ask(person=staff, by=admin, ground=ErasureGround.WISHED)
    erasure = asking.ask(person=person, by=staff, ground=ErasureGround.WISHED)
    Person.objects.filter(pk=person.pk).update(is_staff=True)
    with pytest.raises(SomethingMissing, match="of the staff"):
        ERASURES.perform(CONFIRM, erasure, by=other_staff)


def test_a_second_run_finds_nothing_to_do_and_a_second_wish_is_refused(person, staff, other_staff):
    erase(person, staff, other_staff)

    assert erasing.carry_out() == 0
    with pytest.raises(SomethingMissing, match="erased already"):
        asking.ask(person=person, by=staff, ground=ErasureGround.WISHED)


def test_a_namesakes_name_is_not_written_over(person, adopted, staff, other_staff):
    namesake = make_person("namesake")
    Person.objects.filter(pk=namesake.pk).update(name=NAME)

    erase(person, staff, other_staff)

    assert Comment.objects.get(author=person).text == f"I, {NAME}, object."
    assert found(EMAIL) == set()


def test_what_is_written_over_is_no_record():
    both = {
        f"{each.model._meta.label}.{column}"
        for each in MENTIONS
        if isinstance(each, Mentions)
        for column in each.columns
    } & archived()

    assert both == set()


def test_the_back_office_leads_from_the_person_to_the_second_confirmation(
    person, staff, other_staff
):
    page = reverse("admin:members_person_change", args=[person.pk])
    first, second = signed_in(staff), signed_in(other_staff)
    assert "Erasure of this person" in first.get(page).content.decode()
    first.post(reverse("admin:members_person_erase", args=[person.pk]), {"ground": ""})
    assert Erasure.objects.count() == 0

    first.post(reverse("admin:members_person_erase", args=[person.pk]), {"ground": "wished"})
    erasure = Erasure.objects.get()
    move = reverse("admin:members_erasure_move", args=[erasure.pk, CONFIRM])
    assert first.post(move, {"seen": 0}).status_code == 403
    assert second.post(move, {"seen": 0}).status_code == 302
    erasing.carry_out()

    assert "Erasure of this person" not in first.get(page).content.decode()
    assert NAME not in second.get(reverse("admin:members_erasure_changelist")).content.decode()
