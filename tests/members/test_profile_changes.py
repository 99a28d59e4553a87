import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import audit
from core.models import Mail
from core.workflow import SomethingMissing
from iksz_portal import tasks
from members.choices import ChangeStatus
from members.models import Library, Mandate, ProfileChange
from members.profiles import comparison
from members.workflow import PROFILE_CHANGES
from tests.cast import yesterday
from tests.members.profile import (
    ENDLESS,
    HOSTILE,
    a_library,
    edit_url,
    profile_form,
    proposed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PHONE = "+36 1 111 1111"


@pytest.fixture
def client(client_of, representative):
    return client_of(representative)


def send(client, library, **changed):
    return client.post(edit_url(library), profile_form(library, **changed))


def errors(response):
    return response.context["form"].errors


def decide(change, action, by, note=""):
    return PROFILE_CHANGES.perform(action, change, by=by, note=note)


# Proposing -----------------------------------------------------------------------------------


def test_a_change_waits_and_the_profile_stays(client, representative, library):
    response = send(client, library, phone=PHONE, opening_hours="hétfő\r\nkedd")

    change = ProfileChange.objects.get()
    library.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, edit_url(library))
    assert change.before == {"phone": "", "opening_hours": ""}
    assert change.after == {"phone": PHONE, "opening_hours": "hétfő\nkedd"}
    assert (change.status, change.proposed_by, change.base_step) == (
        ChangeStatus.PROPOSED,
        representative,
        0,
    )
    assert library.phone == ""
    assert audit.last_of(change).payload == {"fields": ["phone", "opening_hours"]}


def test_the_page_shows_what_waits_side_by_side(client, library):
    send(client, library, phone=PHONE)

    page = client.get(edit_url(library)).content.decode()

    assert "A change is waiting for approval" in page
    assert f"<ins>{PHONE}</ins>" in page
    assert "Send for approval" not in page


def test_a_second_change_while_one_waits_is_told_so(client, library):
    send(client, library, phone=PHONE)

    response = send(client, library, city="Baja")

    assert errors(response) == {
        "__all__": ["A change of this profile is waiting for approval already."]
    }
    assert 'value="Baja"' in response.content.decode()
    assert ProfileChange.objects.count() == 1


def test_nothing_changed_is_an_error(client, library):
    response = send(client, library)

    assert errors(response) == {"__all__": ["Nothing has been changed yet."]}
    assert ProfileChange.objects.count() == 0


def test_line_ends_alone_are_no_change(client, library):
    Library.objects.filter(pk=library.pk).update(opening_hours="hétfő\r\nkedd")
    library.refresh_from_db()

    response = send(client, library, opening_hours="hétfő\r\nkedd ")

    assert errors(response) == {"__all__": ["Nothing has been changed yet."]}


def test_a_form_sent_twice_makes_one_change(client, library):
    form = profile_form(library, phone=PHONE, once="6f6f9e6c-8a1c-4d0e-9d3e-0d8b0b6f3a11")

    answers = [client.post(edit_url(library), form) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ProfileChange.objects.count() == 1


def test_a_profile_changed_meanwhile_shows_both_and_loses_nothing(client, library):
    form = profile_form(library, phone=PHONE)
    Library.objects.filter(pk=library.pk).update(city="Baja")

    response = client.post(edit_url(library), form)

    page = response.content.decode()
    assert response.status_code == 409
    assert "<del>Baja</del>" in page
    assert f'value="{PHONE}"' in page
    assert ProfileChange.objects.count() == 0


def test_what_was_compared_can_be_sent_once_more(client, library):
    form = profile_form(library, phone=PHONE)
    Library.objects.filter(pk=library.pk).update(city="Baja")
    seen = client.post(edit_url(library), form).context["form"]["seen"].value()

    client.post(edit_url(library), {**form, "seen": seen, "city": "Baja"})

    assert ProfileChange.objects.get().after == {"phone": PHONE}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("city", "  "),
        ("email", "nobody"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.org/"),
        ("phone", "1" * 41),
        ("description", "a" * 4001),
        ("name", "Library 2"),
        ("name", "LIBRARY‑2"),
    ],
)
def test_a_wrong_value_is_an_error_beside_its_field(client, library, field, value):
    response = send(client, library, **{field: value})

    assert list(errors(response)) == [field]
    assert ProfileChange.objects.count() == 0


@pytest.mark.parametrize("unit", ENDLESS)
def test_O_017_endless_input_is_answered(client, library, unit):
    typed = dict.fromkeys(("name", "email", "website", "description", "seen"), unit * 50_000)

    assert send(client, library, **typed).status_code == 200


def test_O_020_hostile_values_are_shown_as_text(client, library):
    send(client, library, name=HOSTILE, description=HOSTILE)

    assert "<svg onload" not in client.get(edit_url(library)).content.decode()


def test_O_027_nul_is_refused(client, library):
    assert send(client, library, city="a\0b").status_code == 400


def test_O_038_what_the_form_does_not_ask_is_ignored(client, stranger, library):
    extra = {
        "status": "approved",
        "step": "7",
        "base_step": "7",
        "proposed_by": str(stranger.pk),
        "county": "HU-ZA",
        "slug": "taken",
        "kind": "national",
        "before": "{}",
    }

    send(client, library, phone=PHONE, **extra)

    change = ProfileChange.objects.get()
    assert change.after == {"phone": PHONE}
    assert (change.status, change.base_step) == (ChangeStatus.PROPOSED, 0)
    assert change.proposed_by != stranger


# Who may -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("representative", 200),
        ("deputy", 200),
        ("other_representative", 403),
        ("foreign_representative", 403),
        ("former_representative", 403),
        ("left_representative", 403),
        ("coordinator", 403),
        ("board_secretary", 403),
        ("staff", 403),
        ("stranger", 403),
    ],
)
def test_the_form_is_for_those_who_act_for_the_library(
    client_of, request, section, library, who, status
):
    client = client_of(request.getfixturevalue(who))

    assert client.get(edit_url(library)).status_code == status
    if status == 403:
        assert send(client, library, phone=PHONE).status_code == 403
        assert ProfileChange.objects.count() == 0


def test_a_visitor_is_asked_to_sign_in(section, library):
    response = Client().get(edit_url(library))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_a_library_that_is_not_there_is_not_found(client):
    assert client.get(reverse("members:edit", args=["nobody"])).status_code == 404


def test_O_037_the_right_ends_with_the_mandate(client, library):
    Mandate.objects.update(ended_on=yesterday())

    assert client.get(edit_url(library)).status_code == 403


def test_the_right_ends_when_the_library_leaves(client_of, left_representative, left_library):
    response = client_of(left_representative).get(edit_url(left_library))

    assert response.status_code == 403


# Withdrawing ---------------------------------------------------------------------------------


def withdraw(client, change):
    return client.post(reverse("members:withdraw_change", args=[change.library.slug, change.pk]))


def test_the_library_withdraws_its_change(client, representative, library):
    change = proposed(library, representative, phone=PHONE)

    response = withdraw(client, change)

    change.refresh_from_db()
    assert response.status_code == 302
    assert change.status == ChangeStatus.WITHDRAWN
    assert Mail.objects.count() == 0


def test_withdrawing_what_was_decided_is_overtaken(client, representative, staff, library):
    change = proposed(library, representative, phone=PHONE)
    decide(change, "approve", staff)

    response = withdraw(client, change)

    change.refresh_from_db()
    assert response.status_code == 409
    assert "approved" in response.content.decode()
    assert change.status == ChangeStatus.APPROVED


def test_a_change_is_not_withdrawn_through_another_library(
    client_of, representative, other_representative, library, libraries
):
    change = proposed(library, representative, phone=PHONE)
    client = client_of(other_representative)

    own = client.post(reverse("members:withdraw_change", args=[libraries[1].slug, change.pk]))

    assert own.status_code == 404
    assert withdraw(client, change).status_code == 403
    assert ProfileChange.objects.get().status == ChangeStatus.PROPOSED


@pytest.mark.parametrize("pk", [2**63, 10**30])
def test_O_018_a_number_too_big_is_not_found(client, library, pk):
    url = reverse("members:withdraw_change", args=[library.slug, pk])

    assert client.post(url).status_code == 404


def test_a_change_is_withdrawn_by_post_only(client, representative, library):
    change = proposed(library, representative, phone=PHONE)
    url = reverse("members:withdraw_change", args=[library.slug, change.pk])

    assert client.get(url).status_code == 405


# Deciding ------------------------------------------------------------------------------------


def test_an_approved_change_is_in_the_profile_and_its_history(representative, staff, library):
    change = proposed(library, representative, phone=PHONE, name="Új Név")

    decide(change, "approve", staff)

    library.refresh_from_db()
    record = library.history.first()
    assert (library.phone, library.name, library.slug) == (PHONE, "Új Név", "library-1")
    assert library.step == 1
    assert Library.objects.matching("uj nev").get() == library
    assert (record.history_user, record.history_change_reason) == (
        staff,
        f"Proposed change {change.pk}.",
    )


def test_a_refused_change_leaves_the_profile_and_shows_the_reason(
    client, representative, staff, library
):
    change = proposed(library, representative, phone=PHONE)

    decide(change, "refuse", staff, note="This is a fax.")

    library.refresh_from_db()
    page = client.get(edit_url(library)).content.decode()
    assert library.phone == ""
    assert "This is a fax." in page
    assert "Send for approval" in page


def test_a_field_that_changed_since_blocks_the_approval(representative, staff, library):
    change = proposed(library, representative, phone=PHONE, city="Baja")
    library.city = "Pécs"
    library.save()

    with pytest.raises(SomethingMissing) as missing:
        decide(change, "approve", staff)

    assert missing.value.sentences == [
        "Changed in the profile since this was proposed: city. "
        "Refuse the proposal and ask for a new one."
    ]
    assert decide(change, "refuse", staff, note="Changed since.").status == ChangeStatus.REFUSED


def test_another_field_that_changed_since_does_not_block(representative, staff, library):
    change = proposed(library, representative, phone=PHONE)
    library.city = "Pécs"
    library.step = 3
    library.save()

    decide(change, "approve", staff)

    library.refresh_from_db()
    assert (library.phone, library.city, library.step) == (PHONE, "Pécs", 4)


def test_a_name_taken_since_blocks_the_approval(representative, staff, county, library):
    change = proposed(library, representative, name="Új Név")
    a_library(county, "ÚJ NÉV", "uj-nev")

    with pytest.raises(SomethingMissing) as missing:
        decide(change, "approve", staff)

    assert missing.value.sentences == ["Another library of this county has this name already."]


def test_after_a_decision_the_next_change_may_come(client, representative, staff, library):
    decide(proposed(library, representative, phone=PHONE), "approve", staff)
    library.refresh_from_db()

    send(client, library, phone="+36 1 222 2222")

    assert ProfileChange.objects.get(status=ChangeStatus.PROPOSED).before == {"phone": PHONE}


def test_the_comparison_keeps_the_order_of_the_profile(representative, library):
    change = proposed(library, representative, website="https://example.org/", city="Baja")

    assert [(str(label), old, new) for label, old, new in comparison(change)] == [
        ("City", "City 1", "Baja"),
        ("Website", "", "https://example.org/"),
    ]


# Who hears -----------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["approve", "refuse"])
def test_the_proposer_hears_of_the_decision(representative, staff, library, action):
    change = proposed(library, representative, phone=PHONE)
    decide(change, action, staff, note="CANARY")

    tasks.send_mail()

    letter = mail.outbox[-1]
    assert letter.to == [representative.email]
    assert library.name in letter.subject
    assert f"/{library.slug}/" in letter.body
    assert "CANARY" not in letter.body


def test_who_no_longer_acts_for_the_library_hears_nothing(representative, staff, library):
    decide(proposed(library, representative, phone=PHONE), "approve", staff)
    Mandate.objects.update(ended_on=yesterday())

    tasks.send_mail()

    assert mail.outbox == []


# What it costs -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_costs_the_same_however_many_changes_were_decided(
    client, representative, staff, library, django_assert_num_queries, count
):
    for number in range(count):
        decide(proposed(library, representative, phone=str(number)), "approve", staff)
        library.refresh_from_db()
    client.get(edit_url(library))

    with django_assert_num_queries(6):  # session, person, library, mandates, change, its decision
        client.get(edit_url(library))
