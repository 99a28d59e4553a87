import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEntry, Mail
from iksz_portal import tasks
from members.models import Person
from tests.people import PASSWORD, a_person, sign_in

pytestmark = pytest.mark.django_db

HOSTILE = (
    "//evil.test",
    "https:evil.test",
    "/\\evil.test",
    "%2f%2fevil.test",
    "javascript:alert(1)",
    "http:///evil.test",
    "https://evil.test/",
    "http://testserver/",
)


def is_signed_in(client):
    return client.get(reverse("mfa_index")).status_code == 200


def ask_for_link(client, email, **extra):
    return client.post(reverse("account_reset_password"), {"email": email}, **extra)


def link_in_last_letter():
    tasks.send_mail()
    return re.search(r"https://portal\.example(\S+)", mail.outbox[-1].body)[1]


def set_password(client, link, password="quite another password"):
    """Follow the link to its form and send that."""
    form = client.get(link)
    data = {"password1": password, "password2": password}
    return client.post(form["Location"], data) if form.status_code == 302 else form


# Coming and going ----------------------------------------------------------------------------


def test_somebody_signs_in_by_email_and_is_led_to_the_front_page(client):
    anna = a_person()

    response = sign_in(client, "Anna@Example.org")

    assert (response.status_code, response["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_nobody_signs_up_and_no_other_page_of_allauth_exists(client):
    a_person()
    sign_in(client)

    pages = ("signup", "email", "social/connections", "login", "inactive", "confirm-email")
    root = reverse("account_login").split("/")[1]
    found = [client.get(f"/{root}/{page}/").status_code for page in pages]

    assert found == [404] * len(pages)


@pytest.mark.parametrize("target", HOSTILE)
def test_O_053_after_signing_in_one_lands_on_a_page_of_the_portal(client, target):
    a_person()

    response = client.post(
        reverse("account_login"),
        {"login": "anna@example.org", "password": PASSWORD, "next": target},
    )

    assert response["Location"] == reverse("home")


@pytest.mark.parametrize("target", HOSTILE)
def test_O_053_after_signing_out_one_lands_on_a_page_of_the_portal(client, target):
    a_person()
    sign_in(client)

    response = client.post(reverse("account_logout"), {"next": target})

    assert response["Location"] == reverse("home")


def test_one_is_led_back_to_the_page_that_asked_for_the_sign_in(client):
    a_person()
    asked = client.get(reverse("mfa_index"))

    response = client.post(asked["Location"], {"login": "anna@example.org", "password": PASSWORD})

    assert response["Location"] == reverse("mfa_index")


def test_O_033_each_step_gives_the_session_a_new_name_and_signing_out_ends_it(client):
    a_person()
    client.get(reverse("account_login"))
    sign_in(client)
    first = client.session.session_key
    client.post(reverse("account_logout"))
    sign_in(client)
    second = client.session.session_key

    replayed = Client()
    replayed.cookies["session"] = first

    assert first != second
    assert not is_signed_in(replayed)
    assert not Session.objects.filter(session_key=first).exists()


def test_O_033_signing_out_is_a_post_and_clears_what_the_browser_keeps(client):
    a_person()
    sign_in(client)

    looked = client.get(reverse("account_logout"))
    still_in = is_signed_in(client)
    left = client.post(reverse("account_logout"))

    assert (looked.status_code, still_in) == (405, True)
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert left["Cache-Control"] == "private, no-store"
    assert not is_signed_in(client)


# Accounts that do not enter look alike -------------------------------------------------------


def test_O_028_every_failed_sign_in_gives_the_same_answer(client):
    a_person("open@example.org")
    a_person("closed@example.org", is_active=False)
    a_person("invited@example.org", password=None)
    names = ("open", "closed", "invited", "nobody")

    answers = [
        sign_in(Client(), f"{name:_<8}@example.org".replace("_", ""), "wrong password here")
        for name in names
    ]
    texts = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers}

    assert [answer.status_code for answer in answers] == [200] * 4
    assert len(texts) == 1


def test_a_sign_in_that_failed_is_called_that(client):
    a_person("open@example.org")

    text = sign_in(client, "open@example.org", "wrong password here").content.decode()

    assert "A belépés nem sikerült" in text
    assert "Még semmi sincs elmentve" not in text


def test_O_028_the_right_password_of_a_closed_account_is_not_told_from_a_wrong_one(client):
    a_person("closed@example.org", is_active=False)

    right = sign_in(client, "closed@example.org")
    wrong = sign_in(client, "closed@example.org", "wrong password here")

    assert right.status_code == wrong.status_code == 200
    assert not is_signed_in(client)


def test_O_028_every_request_for_a_link_gives_the_same_answer_and_does_the_same_work(
    client, django_assert_num_queries
):
    a_person("open@example.org")
    a_person("closed@example.org", is_active=False)
    a_person("invited@example.org", password=None)
    ask_for_link(Client(), "first@example.org")  # the address of the client is known from here on

    for name in ("open", "closed", "invited", "nobody"):
        with django_assert_num_queries(10):
            response = ask_for_link(Client(), f"{name}@example.org")
        assert (response.status_code, response["Location"]) == (
            302,
            reverse("account_reset_password_done"),
        )
    tasks.send_mail()

    assert [letter.to for letter in mail.outbox] == [["open@example.org"]]
    assert Mail.objects.exclude(dropped_at=None).count() == 4


# The link for a forgotten password -----------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "evil.test"},
        {"HTTP_HOST": "localhost@evil.test"},
        {"HTTP_X_FORWARDED_HOST": "evil.test"},
    ],
)
def test_O_031_a_link_never_leads_where_the_request_says(client, headers):
    a_person()

    response = ask_for_link(client, "anna@example.org", **headers)
    tasks.send_mail()

    if response.status_code == 400:
        assert mail.outbox == []
    else:
        assert link_in_last_letter().startswith(reverse("account_reset_password"))
        assert "evil.test" not in mail.outbox[0].body


def test_O_032_a_link_works_once_and_does_not_sign_in(client):
    a_person()
    ask_for_link(client, "anna@example.org")
    link = link_in_last_letter()

    set_password(client, link)
    signed_in_by_it = is_signed_in(client)
    again = Client().get(link)
    with_new = sign_in(Client(), password="quite another password")

    assert not signed_in_by_it
    assert (again.status_code, again.context["token_fail"]) == (200, True)
    assert with_new.status_code == 302


def test_O_032_a_link_is_dead_after_an_hour(client):
    a_person()
    with time_machine.travel(clock.now() - timedelta(minutes=61), tick=False):
        ask_for_link(client, "anna@example.org")
        link = link_in_last_letter()

    assert client.get(link).context["token_fail"] is True


@pytest.mark.parametrize("change", ["password", "email"])
def test_O_032_a_link_is_dead_after_the_account_has_changed(client, change):
    anna = a_person()
    ask_for_link(client, "anna@example.org")
    link = link_in_last_letter()

    if change == "password":
        anna.set_password("chosen in the meantime")
    else:
        anna.email = "anna.kiss@example.org"
    anna.save()

    assert client.get(link).context["token_fail"] is True


def test_O_032_a_link_does_not_wake_an_account_that_was_closed_meanwhile(client):
    anna = a_person()
    ask_for_link(client, "anna@example.org")
    link = link_in_last_letter()

    Person.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get(link).context["token_fail"] is True


def test_O_081_opening_the_link_changes_nothing(client):
    a_person()
    ask_for_link(client, "anna@example.org")
    link = link_in_last_letter()

    scanned = Client().get(link, follow=True)

    assert scanned.status_code == 200
    assert scanned["Referrer-Policy"] == "strict-origin"
    assert sign_in(client).status_code == 302


def test_the_link_is_nowhere_in_the_database(client):
    a_person()
    ask_for_link(client, "anna@example.org")
    link_in_last_letter()

    kept = Mail.objects.get(kind="password_link")

    assert (kept.subject, kept.body, kept.context) == ("", "", {"language": "hu"})


# Sessions end --------------------------------------------------------------------------------


def test_O_034_closing_an_account_ends_its_sessions(client):
    anna = a_person()
    clients = [Client() for _number in range(3)]
    for each in clients:
        sign_in(each)

    Person.objects.filter(pk=anna.pk).update(is_active=False)
    after = [is_signed_in(each) for each in clients]
    Person.objects.filter(pk=anna.pk).update(is_active=True)
    reopened = [is_signed_in(each) for each in clients]

    assert after == [False] * 3
    assert reopened == [False] * 3


def test_O_034_a_changed_password_ends_every_session_but_the_acting_one():
    a_person()
    acting, other, third = (Client() for _number in range(3))
    for each in (acting, other, third):
        sign_in(each)

    data = {"oldpassword": PASSWORD, "password1": "chosen anew today", "password2": ""}
    data["password2"] = data["password1"]
    response = acting.post(reverse("account_change_password"), data)

    assert response["Location"] == reverse("mfa_index")
    assert [is_signed_in(each) for each in (acting, other, third)] == [True, False, False]


def test_whoever_changes_the_password_hears_of_it_by_letter(client):
    a_person()
    sign_in(client)
    new = "chosen anew today"

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    tasks.send_mail()

    assert [letter.to for letter in mail.outbox] == [["anna@example.org"]]


def test_an_hour_without_a_sign_of_life_ends_the_session(client):
    a_person()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sign_in(client)
        client.get(reverse("home"))
        traveller.shift(timedelta(minutes=59))
        before = is_signed_in(client)
        traveller.shift(timedelta(minutes=61))
        after = is_signed_in(client)
        page = client.get(reverse("account_login"))

    assert (before, after) == (True, False)
    assert "request.session" not in page.content.decode()
    assert client.session["ran_out"] is True


def test_eight_hours_end_the_session_however_busy(client):
    a_person()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sign_in(client)
        for _half_hour in range(16):
            traveller.shift(timedelta(minutes=29))
            assert is_signed_in(client)
        traveller.shift(timedelta(minutes=29))

        assert not is_signed_in(client)


def test_the_sign_of_life_is_written_once_a_minute(client):
    a_person()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sign_in(client)
        client.get(reverse("home"))
        first = client.session["seen_at"]
        traveller.shift(timedelta(seconds=40))
        client.get(reverse("home"))
        second = client.session["seen_at"]
        traveller.shift(timedelta(seconds=30))
        client.get(reverse("home"))

        assert (second - first, client.session["seen_at"] - first) == (0, 70)


# What is written down ------------------------------------------------------------------------


def test_the_security_log_tells_who_came_and_who_did_not(client, security_log):
    anna = a_person()

    sign_in(client, password="wrong password here")
    sign_in(client)
    client.post(reverse("account_logout"))

    assert [(line["message"], line.get("account", line["actor"])) for line in security_log] == [
        ("sign_in_failed", anna.pk),
        ("signed_in", anna.pk),
        ("signed_out", anna.pk),
    ]
    assert {line["ip"] for line in security_log} == {"127.0.0.1"}
    assert PASSWORD not in str(security_log)


def test_no_act_of_an_account_stands_in_the_audit_chain_by_itself(client):
    a_person()

    sign_in(client)

    assert not AuditEntry.objects.exists()
