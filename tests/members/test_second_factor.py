from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from core import clock
from members.choices import MandateKind
from members.models import Mandate
from tests.people import PASSWORD, a_person, give_second_factor, sign_in

pytestmark = pytest.mark.django_db

HOME = "/"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


def staff(**fields):
    return a_person("staff@example.org", is_staff=True, **fields)


def enter(client, secret):
    """Password, then code."""
    sign_in(client, "staff@example.org")
    return client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})


@pytest.mark.parametrize("name", ["admin:index", "home", "mfa_index", "account_change_password"])
def test_O_035_staff_without_a_second_factor_are_sent_to_enrolment(client, name):
    client.force_login(staff())

    response = client.get(reverse(name))

    assert (response.status_code, response["Location"]) == (302, reverse("mfa_activate_totp"))


def test_O_035_board_members_without_a_second_factor_are_sent_to_enrolment(client):
    member = a_person("board@example.org")
    Mandate.objects.create(person=member, kind=MandateKind.BOARD_MEMBER)
    client.force_login(member)

    assert client.get(HOME)["Location"] == reverse("mfa_activate_totp")


def test_everybody_else_may_go_without(client):
    client.force_login(a_person())

    assert client.get(HOME).status_code == 200


def test_somebody_who_waits_for_enrolment_may_still_sign_out(client):
    client.force_login(staff())

    assert client.post(reverse("account_logout"))["Location"] == HOME


def test_enrolment_right_after_signing_in_asks_for_nothing_twice(client):
    staff()
    sign_in(client, "staff@example.org")

    page = client.get(reverse("mfa_activate_totp"))
    code = code_of(page.context["form"].secret)
    done = client.post(reverse("mfa_activate_totp"), {"code": code})
    codes = client.get(done["Location"])

    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get(HOME).status_code == 200


def test_the_square_to_scan_is_an_element_of_the_page(client):
    client.force_login(staff())

    page = client.get(reverse("mfa_activate_totp")).content.decode()

    assert "<svg" in page and "data:" not in page and "<?xml" not in page


def test_O_033_the_session_gets_a_new_name_after_the_password_and_after_the_code(client):
    secret = give_second_factor(staff())
    client.get(reverse("account_login"))
    sign_in(client, "staff@example.org")
    after_password = client.session.session_key
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    after_code = client.session.session_key

    old = Client()
    old.cookies["session"] = after_password

    assert after_password != after_code
    assert old.get(reverse("mfa_index")).status_code == 302


def test_O_035_the_password_alone_opens_nothing_and_is_not_kept(client):
    give_second_factor(staff())

    response = sign_in(client, "staff@example.org")

    assert response["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert PASSWORD not in str(dict(client.session))


def test_O_035_a_code_works_once(client):
    secret = give_second_factor(staff())

    with time_machine.travel(clock.now(), tick=False):
        first = enter(client, secret)
        second = enter(Client(), secret)

    assert (first.status_code, second.status_code) == (302, 200)


def test_O_035_a_recovery_code_works_once(client):
    anna = staff()
    give_second_factor(anna)
    code = anna.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]

    answers = []
    for each in (client, Client()):
        sign_in(each, "staff@example.org")
        answers.append(each.post(reverse("mfa_authenticate"), {"code": code}).status_code)

    assert answers == [302, 200]


def test_O_035_secrets_of_the_second_factor_are_unreadable_in_the_database():
    anna = staff()
    secret = give_second_factor(anna)
    codes = anna.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept
    assert [code for code in codes if code in kept] == []


def test_O_029_after_five_wrong_codes_one_has_to_wait(client):
    secret = give_second_factor(staff())
    sign_in(client, "staff@example.org")

    for _number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert right.status_code == 200
    assert "_auth_user_id" not in client.session


def test_O_032_a_new_password_does_not_skip_the_second_step(client):
    anna = staff()
    give_second_factor(anna)
    anna.set_password("set by a link")
    anna.save()

    response = sign_in(client, "staff@example.org", "set by a link")

    assert response["Location"] == reverse("mfa_authenticate")


def test_whoever_needs_the_second_factor_cannot_remove_it(client):
    anna = staff(second_factor=True)
    client.force_login(anna)

    client.post(reverse("mfa_deactivate_totp"))

    assert anna.authenticator_set.filter(type="totp").exists()


def test_whoever_does_not_need_it_can_remove_it(client):
    anna = a_person(second_factor=True)
    client.force_login(anna)

    client.post(reverse("mfa_deactivate_totp"))

    assert not anna.authenticator_set.exists()


# The back office asks again ------------------------------------------------------------------


def test_the_back_office_asks_again_after_a_quarter_of_an_hour_elsewhere(client):
    client.force_login(staff(second_factor=True, is_superuser=True))
    with time_machine.travel(clock.now(), tick=False) as traveller:
        at_once = client.get("/admin/")
        traveller.shift(timedelta(minutes=14))
        at_work = client.get("/admin/")
        traveller.shift(timedelta(minutes=16))
        later = client.get("/admin/")

    assert (at_once.status_code, at_work.status_code) == (200, 200)
    assert later["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fadmin%2F"


def test_a_password_opens_the_back_office_again(client):
    client.force_login(staff(second_factor=True, is_superuser=True))
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.get("/admin/")
        traveller.shift(timedelta(minutes=16))
        asked = client.get("/admin/")
        answered = client.post(asked["Location"], {"password": PASSWORD})

    assert answered["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_what_was_being_sent_when_the_proof_grew_old_is_done_after_it(client):
    anna = a_person(second_factor=True)
    client.force_login(anna)
    codes = anna.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.get(HOME)
        traveller.shift(timedelta(minutes=16))
        asked = client.post(reverse("mfa_generate_recovery_codes"))
        client.post(asked["Location"], {"password": PASSWORD})

    new = anna.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert set(codes) & set(new) == set()


def test_a_wrong_code_is_written_down(client, security_log):
    anna = staff(second_factor=True)
    sign_in(client, "staff@example.org")

    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert [(line["message"], line["account"]) for line in security_log] == [
        ("code_refused", anna.pk)
    ]


def test_the_back_office_has_no_door_of_its_own(client):
    asked = client.get("/admin/login/", follow=True)

    assert asked.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_the_back_office_is_closed_to_others(client):
    client.force_login(a_person())

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403


def test_O_088_a_password_manager_knows_what_each_field_asks_for(client):
    person = staff()
    secret = give_second_factor(person)
    first = client.get(reverse("account_login")).content.decode()
    sign_in(client, person.email)
    second = client.get(reverse("mfa_authenticate")).content.decode()

    assert secret
    for page, name, token in (
        (first, "login", "username"),
        (first, "password", "current-password"),
        (second, "code", "one-time-code"),
    ):
        field = next(part for part in page.split("<input") if f'name="{name}"' in part)
        assert f'autocomplete="{token}"' in field.partition(">")[0]
        assert "onpaste" not in field
