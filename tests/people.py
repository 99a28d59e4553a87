"""People for tests, and how they sign in."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from members.models import Person

PASSWORD = "three quiet reading rooms"


def a_person(email="anna@example.org", *, second_factor=False, **fields):
    fields.setdefault("name", email.split("@")[0].title())
    fields.setdefault("password", PASSWORD)
    person = Person.objects.create_user(email, **fields)
    if second_factor:
        give_second_factor(person)
    return person


def give_second_factor(person):
    """What staff and the board cannot go on without; returns the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def sign_in(client, email="anna@example.org", password=PASSWORD, **extra):
    """By the form, as people do; for speed elsewhere use `client.force_login`."""
    data = {"login": email, "password": password}
    return client.post(reverse("account_login"), data, **extra)
