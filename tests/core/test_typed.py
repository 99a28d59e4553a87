"""What was typed when the session had run out is back in the form after signing in."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core import clock, typed
from positions.choices import Action, State
from tests.cast import PASSWORD
from tests.positions.web import at, step

pytestmark = pytest.mark.usefixtures("english")

LATER = timedelta(minutes=61)
EVENING = "A whole evening of work."


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client, person, to):
    sent = {"login": person.email, "password": PASSWORD, "next": to}
    return client.post(reverse("account_login"), sent)


def read(client, address):
    """The form of the page as a browser would send it, with its mark."""
    response = client.get(address)
    form = response.context["form"]
    sent = {form.add_prefix(name): form[name].value() for name in form.fields}
    mark = response.content.decode().partition('name="typed_by" value="')[2].partition('"')[0]
    return {k: "" if v is None else v for k, v in sent.items()} | {"typed_by": mark}


@pytest.fixture
def ran_out(drafter):
    """Opens the page, lets an hour go by, sends the form: `ran_out(address, **typed)`."""
    client = Client()
    with_password(drafter)

    def send(address, client=client, person=drafter, **sent):
        with time_machine.travel(clock.now() - LATER, tick=False):
            client.force_login(person)
            read_then = read(client, address)
            session = client.session
            session["seen_at"] = session["began_at"] = clock.now().timestamp()
            session.save()
        return client, client.post(address, {**read_then, **sent})

    return send


def form_at(client, address):
    return client.get(address).context["form"]


@pytest.mark.parametrize("name", ["edit", "comment"])
def test_O_078_after_signing_in_the_text_is_back_and_not_saved(name, way, drafter, ran_out):
    position = way.start()
    field = {"edit": "body", "comment": "text"}[name]

    client, refused = ran_out(at(position, name), **{field: EVENING})
    asked = client.get(refused.url)
    entered = sign_in(client, drafter, at(position, name))
    page = client.get(entered.url)

    assert refused.url == f"{reverse('account_login')}?next={at(position, name)}"
    assert "What you had written is kept" in asked.content.decode()
    assert entered.url == at(position, name)
    assert page.context["form"][field].value() == EVENING
    assert "What you had written is back" in page.content.decode()
    assert (position.versions.count(), position.current.comments.count()) == (1, 0)


def test_O_078_a_new_position_and_the_reason_of_a_step_are_back_too(
    way, drafter, coordinator, ran_out, section
):
    position = way.start()
    start, withdraw = reverse("positions:start"), step(position, Action.WITHDRAW)

    client, _refused = ran_out(start, title="New", kind="proposal", points="One.\r\nTwo.")
    sign_in(client, drafter, start)
    form = form_at(client, start)
    assert [form[name].value() for name in ("title", "kind", "points")] == [
        "New",
        "proposal",
        "One.\r\nTwo.",
    ]

    client, _refused = ran_out(withdraw, note="It is done already.")
    sign_in(client, drafter, withdraw)
    assert form_at(client, withdraw)["note"].value() == "It is done already."
    assert position.versions.model.objects.count() == 1


def test_the_text_is_saved_on_the_version_it_was_written_on(way, drafter, coordinator, ran_out):
    position = way.start()
    client, _refused = ran_out(at(position, "edit"), body="First paragraph.\n\nMine.")
    other = Client()
    other.force_login(coordinator)
    other.post(at(position, "edit"), {**read(other, at(position, "edit")), "title": "Theirs"})

    sign_in(client, drafter, at(position, "edit"))
    sent = read(client, at(position, "edit"))
    saved = client.post(at(position, "edit"), {**sent, "title": position.title})

    position.refresh_from_db()
    assert (sent["base"], saved.status_code) == ("1", 302)
    assert (position.title, position.current.body) == (
        "Theirs",
        "<p>First paragraph.</p><p>Mine.</p>",
    )


def test_once_it_is_sent_again_it_is_let_go(way, drafter, ran_out):
    position = way.start()
    client, _refused = ran_out(at(position, "edit"), body=EVENING)
    sign_in(client, drafter, at(position, "edit"))

    client.post(at(position, "edit"), read(client, at(position, "edit")))

    assert client.session.get(typed.KEY) == {}
    assert "What you had written is back" not in client.get(at(position, "edit")).content.decode()


def test_it_stays_until_then_and_the_saved_text_can_be_seen(way, drafter, ran_out):
    position = way.start()
    client, _refused = ran_out(at(position, "edit"), body=EVENING)
    sign_in(client, drafter, at(position, "edit"))

    saved = client.get(at(position, "edit"), {"afresh": ""})

    assert saved.context["form"]["body"].value() == "First paragraph.\n\nSecond paragraph."
    assert form_at(client, at(position, "edit"))["body"].value() == EVENING


def test_another_person_at_the_same_browser_never_sees_it(way, drafter, coordinator, ran_out):
    position = way.start()
    client, _refused = ran_out(at(position, "edit"), body=EVENING)
    sign_in(client, with_password(coordinator), at(position, "edit"))

    page = client.get(at(position, "edit"))

    assert EVENING not in page.content.decode()
    assert client.session.get(typed.KEY) == {}


def test_signing_out_forgets_it(way, drafter, ran_out):
    position = way.start()
    client, _refused = ran_out(at(position, "edit"), body=EVENING)
    sign_in(client, drafter, at(position, "edit"))

    client.post(reverse("account_logout"))
    sign_in(client, drafter, at(position, "edit"))

    assert EVENING not in client.get(at(position, "edit")).content.decode()


def test_it_goes_through_the_second_factor_too(way, drafter, ran_out):
    position = way.start()
    secret = generate_totp_secret()
    TOTP.activate(drafter, secret)
    client, _refused = ran_out(at(position, "edit"), body=EVENING)

    asked = sign_in(client, drafter, at(position, "edit"))
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    entered = client.post(asked.url, {"code": code})

    assert entered.url == at(position, "edit")
    assert form_at(client, at(position, "edit"))["body"].value() == EVENING


# As an attacker ----------------------------------------------------------------------------------


def test_a_form_without_a_mark_leaves_nothing_behind(way):
    position = way.start()
    client = Client()

    refused = client.post(at(position, "edit"), {"body": EVENING})

    assert refused.status_code == 302
    assert (dict(client.cookies), Session.objects.count()) == ({}, 0)


@pytest.mark.parametrize("spoilt", ["x", "", "eyJwZXJzb24iOjF9:1abc:xyz"])
def test_a_mark_that_was_not_signed_here_is_none(spoilt, way):
    position = way.start()
    client = Client()

    client.post(at(position, "edit"), {"body": EVENING, "typed_by": spoilt})

    assert Session.objects.count() == 0


def test_a_mark_grows_too_old(way):
    position = way.start()
    mark = typed.Mark(1, at(position, "edit"), "EditForm").signed

    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        fresh = Client()
        fresh.post(at(position, "edit"), {"body": EVENING, "typed_by": mark})

    assert dict(fresh.cookies) == {}


def test_a_form_sent_from_elsewhere_is_refused_before_anything_is_kept(way, drafter):
    position = way.start()
    mark = typed.Mark(drafter.pk, at(position, "edit"), "EditForm").signed
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post(at(position, "edit"), {"body": EVENING, "typed_by": mark})

    assert refused.status_code == 403
    assert Session.objects.count() == 0


def test_passwords_and_tokens_are_not_kept(way, ran_out):
    position = way.start()
    client, _refused = ran_out(at(position, "edit"), password="secret", new_password1="secret")

    [kept] = client.session[typed.KEY].values()

    assert {"password", "new_password1", "typed_by", "csrfmiddlewaretoken"} & set(
        kept["fields"]
    ) == set()


def test_only_the_last_few_forms_are_kept(way, drafter):
    position = way.start()
    client = Client()

    for number in range(typed.MOST + 2):
        mark = typed.Mark(drafter.pk, at(position, "edit"), f"Form{number}").signed
        client.post(at(position, "edit"), {"body": EVENING, "typed_by": mark})

    assert len(client.session[typed.KEY]) == typed.MOST


def test_the_session_gets_a_new_name_when_somebody_signs_in(way, drafter, ran_out):
    position = way.start()
    client, _refused = ran_out(at(position, "edit"), body=EVENING)
    before = client.session.session_key

    sign_in(client, drafter, at(position, "edit"))

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_visitors_get_no_mark_and_no_cookie(position_in):
    position = position_in(State.SUBMITTED)
    visitor = Client()

    with translation.override("en"):
        page = visitor.get(at(position))

    assert "typed_by" not in page.content.decode()
    assert dict(visitor.cookies) == {}
