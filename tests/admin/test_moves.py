"""Moves as buttons: the back office asks the same engine as everybody."""

import pytest
from django.urls import reverse

from core import audit, clock
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


@pytest.fixture
def leading(staff, section):
    return Office.objects.create(section=section, person=staff, kind="coordinator")


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


def test_the_history_of_a_thing_is_on_its_page(office, application, staff):
    press(office, application, "refuse", note="Not a library.")

    timeline = office.get(page_of(application)).context["timeline"]

    assert [(str(entry["what"]), entry["who"], entry["note"]) for entry in timeline] == [
        ("It was refused", staff, "Not a library.")
    ]


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


def test_a_step_says_beforehand_what_it_does(office, change, position_in, leading):
    moves = office.get(page_of(change)).context["moves"]
    page = office.get(move_of(position_in(State.ADOPTED), "forward"))

    assert [str(sentence) for _icon, sentence in moves[0]["foretold"]] == [
        "The new values are on the library's page at once.",
        "The representative gets a letter with what you write here.",
    ]
    assert len(page.context["foretold"]) > 0


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


def test_staff_who_hold_an_office_have_its_moves(office, leading, position_in):
    position = position_in(State.CONSULTATION)

    response = press(office, position, "close_consultation", note="Everybody has spoken.")

    assert (response.status_code, again(position).status) == (302, State.CONSOLIDATION)


def test_a_step_with_details_has_its_form(office, leading, position_in, authority):
    position = position_in(State.ADOPTED)
    moves = office.get(page_of(position)).context["moves"]
    details = {"cover_note": "Please decide.", "signatory": "The chair", "addressee": authority.pk}

    response = press(office, position, "forward", **details)

    assert [move["form"] for move in moves if move["label"] == "Forward to the board"] == [None]
    assert (response.status_code, again(position).status) == (302, State.FORWARDED)


def test_what_a_step_refuses_is_said_beside_the_field(office, leading, position_in):
    position = position_in(State.DRAFT)

    response = press(
        office, position, "open_consultation", closes_on=clock.days_after(clock.today(), 2)
    )

    assert list(response.context["form"].errors) == ["closes_on"]
    assert again(position).status == State.DRAFT


def test_the_timeline_tells_what_happened(office, position_in):
    position = position_in(State.FORWARDED)

    timeline = office.get(page_of(position)).context["timeline"]

    assert [str(entry["what"]) for entry in timeline] == [
        "It was forwarded to the board",
        "The section adopted it",
        "3 votes were cast",
        "The section vote was opened",
        "The comments were closed",
        "It was opened for comments",
        "The draft was started",
    ]


@pytest.mark.parametrize("model", [MembershipApplication, MistakeReport, ProfileChange, Position])
def test_moves_are_not_for_everybody(client_of, representative, model):
    url = reverse(admin_url(model, "move"), args=[1, "approve"])

    assert client_of(representative).post(url).status_code in {302, 403}
