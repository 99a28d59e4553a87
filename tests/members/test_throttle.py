from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core import clients, clock, throttle
from core.models import Bucket
from core.throttle import Rate, Throttled
from tests.people import a_person, sign_in

pytestmark = pytest.mark.django_db

WRONG = "wrong password here"


def tries(number, *, email="anna@example.org", **extra):
    """The status of each of so many wrong sign-ins; every time from a new client."""
    addresses = extra.pop("addresses", None)
    found = []
    for turn in range(number):
        if addresses:
            extra["REMOTE_ADDR"] = addresses.format(turn)
        found.append(sign_in(Client(), email.format(turn), WRONG, **extra).status_code)
    return found


def test_O_029_the_eleventh_wrong_password_for_an_account_has_to_wait():
    a_person()

    found = tries(11, addresses="192.0.2.{}")

    assert found == [200] * 10 + [429]


def test_O_029_the_twenty_first_wrong_password_from_an_address_has_to_wait():
    found = tries(21, email="somebody{}@example.org")

    assert found == [200] * 20 + [429]


def test_O_029_the_refusal_says_when_to_come_back_on_a_page():
    tries(10, addresses="192.0.2.{}")

    refused = sign_in(Client(), password=WRONG)

    assert 300 < int(refused["Retry-After"]) <= 360
    assert refused.templates[0].name == "429.html"


def test_O_029_the_right_password_of_a_paused_account_has_to_wait_too_but_not_for_ever():
    a_person()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        tries(10, addresses="192.0.2.{}")
        at_once = sign_in(Client())
        traveller.shift(timedelta(minutes=6))
        later = sign_in(Client())

    assert (at_once.status_code, later.status_code) == (429, 302)


def test_O_029_whoever_is_inside_stays_inside(client):
    a_person()
    sign_in(client)

    tries(11, addresses="192.0.2.{}")

    assert client.get(reverse("mfa_index")).status_code == 200


def test_right_passwords_do_not_count():
    a_person()

    found = [sign_in(Client()).status_code for _turn in range(25)]

    assert found == [302] * 25


def test_O_030_an_address_the_client_invents_is_not_believed():
    found = [
        sign_in(
            Client(), f"who{turn}@example.org", WRONG, HTTP_X_FORWARDED_FOR=f"203.0.113.{turn}"
        ).status_code
        for turn in range(21)
    ]

    assert found == [200] * 20 + [429]


def test_O_030_behind_the_proxy_only_the_hop_it_added_is_believed(settings):
    settings.BEHIND_PROXY = True

    found = [
        sign_in(
            Client(),
            f"who{turn}@example.org",
            WRONG,
            HTTP_X_FORWARDED_FOR=f"203.0.113.{turn}, 198.51.100.7",
        ).status_code
        for turn in range(21)
    ]
    elsewhere = sign_in(Client(), password=WRONG, HTTP_X_FORWARDED_FOR="203.0.113.1, 198.51.100.8")

    assert found == [200] * 20 + [429]
    assert elsewhere.status_code == 200


def test_a_proxy_that_sends_nonsense_is_a_bad_request(settings):
    settings.BEHIND_PROXY = True

    response = sign_in(Client(), HTTP_X_FORWARDED_FOR="unknown")

    assert response.status_code == 400


def test_a_subscriber_of_ipv6_has_one_limit_for_all_addresses():
    found = tries(21, email="who{}@example.org", addresses="2001:db8::{:x}")

    assert found == [200] * 20 + [429]


@pytest.mark.parametrize("name", ["krıstin", "kriſtin", "KRISTIN"])
def test_O_029_letters_that_a_database_takes_for_others_open_no_more_tries(name):
    tries(10, email="kristin@example.org", addresses="192.0.2.{}")

    assert tries(1, email=f"{name}@example.org") == [429]


def test_O_030_an_old_address_written_as_a_new_one_stays_the_old_one(rf):
    """All of them would be one subscriber."""
    told = [
        clients.neighbourhood_of(rf.get("/", REMOTE_ADDR=address))
        for address in ("::ffff:198.51.100.7", "::ffff:203.0.113.1")
    ]

    assert told == ["198.51.100.7", "203.0.113.1"]


def test_three_links_an_hour_for_an_account():
    asked = [
        Client().post(reverse("account_reset_password"), {"email": "anna@example.org"}).status_code
        for _turn in range(4)
    ]

    assert asked == [302, 302, 302, 429]


def test_tries_come_back_one_by_one():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _turn in range(5):
            throttle.take(scope="test", who="me", rate="5/h")
        with pytest.raises(Throttled) as refused:
            throttle.take(scope="test", who="me", rate="5/h")
        traveller.shift(timedelta(minutes=12))
        throttle.take(scope="test", who="me", rate="5/h")
        with pytest.raises(Throttled):
            throttle.take(scope="test", who="me", rate="5/h")

    assert refused.value.wait == 720


def test_staff_can_let_somebody_in_again_by_deleting_the_limit():
    for _turn in range(5):
        throttle.take(scope="test", who="me", rate="5/h")

    Bucket.objects.all().delete()

    throttle.take(scope="test", who="me", rate="5/h")


def test_the_limit_does_not_say_whom_it_limits():
    throttle.take(scope="test", who="anna@example.org", rate="5/h")

    assert "anna" not in str(Bucket.objects.values())


@pytest.mark.parametrize(
    ("text", "rate"), [("5/h", Rate(5, 3600)), ("3/15m", Rate(3, 900)), ("20/d", Rate(20, 86400))]
)
def test_a_rate_is_read_from_its_short_form(text, rate):
    assert Rate.read(text) == rate


@pytest.mark.parametrize("text", ["5", "h/5", "5/s", "5/h/ip"])
def test_what_is_not_a_rate_is_an_error(text):
    with pytest.raises(ValueError, match="not a rate"):
        Rate.read(text)
