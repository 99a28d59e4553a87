"""Moves as buttons: the back office asks the same engine as everybody."""

import pytest
from django.urls import reverse

from core import audit
from core.admin_base import admin_url
from members.choices import ApplicationStatus, ChangeStatus, ReportStatus
from members.models import Library, MembershipApplication, MistakeReport, ProfileChange
from positions.choices import State
from positions.models import Position
from sections.models import Office

pytestmark = pytest.mark.usefixtures("english")


def page_of(thing):
    return reverse(admin_url(type(thing), "change"), args=[thing.pk])


def move_of(thing, action):
    return reverse(admin_url(type(thing), "move"), args=[thing.pk, action])


def press(client, thing, action, **typed):
    return client.post(move_of(thing, action), {"seen": thing.step, **typed})


def again(thing):
    return type(thing)._default_manager.get(pk=thing.pk)


def test_an_application_is_approved_by_a_button(office, application):
    response = press(office, application, "approve", note="Welcome.")

    assert (response.status_code, response.url) == (302, page_of(application))
    assert again(application).status == ApplicationStatus.APPROVED
    assert Library.objects.get(name="Új Könyvtár").memberships.count() == 1


def test_an_application_is_refused_with_its_reason(office, application, staff):
    press(office, application, "refuse", note="Not a library.")

    last = audit.last_of(application)
    assert (last.action, last.actor, last.note) == ("refuse", staff, "Not a library.")
    assert again(application).status == ApplicationStatus.REFUSED


@pytest.mark.parametrize("note", ["", "   "])
def test_without_a_reason_nothing_is_refused(office, application, note):
    response = press(office, application, "refuse", note=note)

    assert response.status_code == 200
    assert response.context["form"].errors == {"note": ["Please give the reason."]}
    assert again(application).status == ApplicationStatus.SUBMITTED


def test_what_was_typed_stays_when_a_step_is_not_possible(office, application, library, county):
    MembershipApplication.objects.filter(pk=application.pk).update(library_name=library.name)

    response = press(office, application, "approve", note="A long thought.")

    sentence = "A library of this name in this county is a member already."
    assert response.context["form"].non_field_errors() == [sentence]
    assert response.context["form"]["note"].value() == "A long thought."
    assert again(application).status == ApplicationStatus.SUBMITTED


def test_a_blocked_step_is_shown_with_its_sentence(office, application, library):
    MembershipApplication.objects.filter(pk=application.pk).update(library_name=library.name)

    moves = office.get(page_of(application)).context["moves"]

    assert [(str(move["label"]), bool(move["blocked"])) for move in moves] == [
        ("Approve", True),
        ("Refuse", False),
        ("Record the withdrawal", False),
    ]


def test_a_second_click_is_told_so(office, application):
    press(office, application, "approve")

    response = press(office, application, "approve")

    assert response.status_code == 409
    assert response.context["back_url"] == page_of(application)
    assert Library.objects.filter(name="Új Könyvtár").count() == 1


def test_a_stale_page_changes_nothing(office, application):
    MembershipApplication.objects.filter(pk=application.pk).update(step=4)

    response = press(office, application, "approve")

    assert response.status_code == 409
    assert again(application).status == ApplicationStatus.SUBMITTED


def test_the_form_of_a_step_has_a_page_of_its_own(office, application):
    response = office.get(move_of(application, "refuse"))

    assert (response.status_code, response.context["form"].initial) == (200, {"seen": 0})
    assert again(application).status == ApplicationStatus.SUBMITTED


def test_an_unknown_step_is_not_found(office, application):
    assert office.get(move_of(application, "abolish")).status_code == 404


def test_a_state_cannot_be_typed_in(office, application):
    response = office.post(page_of(application), {"status": "approved", "library_name": "Other"})

    assert response.status_code == 403
    assert again(application).status == ApplicationStatus.SUBMITTED


def test_a_profile_change_shows_old_and_new(office, change, library):
    rows = office.get(page_of(change)).context["rows"]

    assert [(old, new) for _field, old, new in rows] == [
        (library.city, "Új Város"),
        ("", "+36 1 234"),
    ]


def test_a_profile_change_is_approved(office, change, library):
    press(office, change, "approve")

    assert (again(change).status, again(library).phone) == (ChangeStatus.APPROVED, "+36 1 234")


def test_withdrawing_a_change_is_for_those_who_proposed_it(office, change):
    response = press(office, change, "withdraw")

    assert (response.status_code, again(change).status) == (403, ChangeStatus.PROPOSED)


@pytest.mark.parametrize(
    ("action", "status"),
    [("settle", ReportStatus.SETTLED), ("dismiss", ReportStatus.DISMISSED)],
)
def test_a_report_of_a_mistake_is_answered(office, mistake, action, status):
    press(office, mistake, action, note="Seen to.")

    assert again(mistake).status == status


def test_waiting_things_come_first(office, application, county):
    office.post(move_of(application, "refuse"), {"seen": 0, "note": "No."})
    newer = MembershipApplication.objects.create(library_name="B", county=county)

    page = office.get(reverse(admin_url(MembershipApplication, "changelist")))

    assert list(page.context["cl"].result_list) == [newer, application]


def test_staff_without_an_office_see_a_position_and_no_moves(office, position_in):
    position = position_in(State.ADOPTED)

    page = office.get(page_of(position))

    assert (page.status_code, page.context["moves"]) == (200, [])
    assert press(office, position, "forward").status_code == 403


def test_staff_who_hold_an_office_have_its_moves(office, staff, position_in, section):
    position = position_in(State.CONSULTATION)
    Office.objects.create(section=section, person=staff, kind="coordinator")

    response = press(office, position, "close_consultation", note="Everybody has spoken.")

    assert (response.status_code, again(position).status) == (302, State.CONSOLIDATION)


def test_the_timeline_tells_what_happened(office, position_in):
    position = position_in(State.FORWARDED)

    timeline = office.get(page_of(position)).context["timeline"]

    assert [str(entry["what"]) for entry in timeline][:2] == [
        "Forward to the board",
        "Close the section vote",
    ]
    assert str(timeline[-1]["what"]) == "Started"


@pytest.mark.parametrize("model", [MembershipApplication, MistakeReport, ProfileChange, Position])
def test_moves_are_not_for_everybody(client_of, representative, model):
    url = reverse(admin_url(model, "move"), args=[1, "approve"])

    assert client_of(representative).post(url).status_code in {302, 403}
