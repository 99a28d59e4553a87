import json
import os
import subprocess
import sys

import pytest
from django.urls import reverse

from tests.people import a_person, sign_in

PUBLIC = ("home", "members:directory", "sections:list", "positions:register")


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_O_056_public_pages_give_strangers_no_cookie_and_may_be_kept_a_minute(client, name):
    response = client.get(reverse(name))

    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in response["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_O_054_nothing_is_kept_of_what_somebody_signed_in_sees(client, name):
    a_person()
    sign_in(client)

    response = client.get(reverse(name))

    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]


@pytest.mark.django_db
def test_O_033_pages_of_an_account_are_not_kept(client):
    a_person()
    sign_in(client)

    names = ("mfa_index", "account_change_password", "mfa_activate_totp")

    for name in names:
        assert "no-store" in client.get(reverse(name))["Cache-Control"]


@pytest.mark.django_db
def test_a_page_has_no_policy_that_lets_inline_code_run(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
def test_the_language_links_keep_the_place(client):
    response = client.get("/en/libraries/?q=a")

    found = {language["code"]: language["url"] for language in response.context["languages"]}

    assert found["en"] == "/en/libraries/?q=a"
    assert found["hu"].endswith("?q=a") and not found["hu"].startswith(("/en/", "/sl/"))
    assert found["sl"].startswith("/sl/")


@pytest.mark.django_db
def test_a_page_that_is_not_found_keeps_its_address_in_every_language(client):
    response = client.get("/nothing/here/")

    found = {language["code"]: language["url"] for language in response.context["languages"]}

    assert (found["en"], found["sl"]) == ("/en/nothing/here/", "/sl/nothing/here/")


# As it runs in production: a process of its own with the settings' defaults --------------------

PROBE = """
import json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
client = Client(HTTP_HOST="portal.example")
page = client.get("/en/account/sign-in/", secure=True)
plain = client.get("/")
wrong = client.get("/", HTTP_HOST="evil.test")
health = client.get("/healthz", HTTP_HOST="portal.example")
from members.models import Person
Person.objects.create_user("anna@example.org", "three quiet reading rooms", name="Anna")
entered = client.post(
    "/en/account/sign-in/",
    {"login": "anna@example.org", "password": "three quiet reading rooms"},
    secure=True,
)
print(json.dumps({
    "cookies": {n: dict(m) for n, m in {**page.cookies, **entered.cookies}.items()},
    "page": dict(page.headers),
    "plain": [plain.status_code, plain.headers.get("Location")],
    "wrong": [wrong.status_code, dict(wrong.headers)],
    "health": health.status_code,
    "hash": Person.objects.get().password.split("$")[:4],
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "iksz_portal.settings"}
    environment |= {
        "DATA_DIR": str(tmp_path_factory.mktemp("production")),
        "ALLOWED_HOSTS": "portal.example",
        "SITE_URL": "https://portal.example",
        "SECRET_KEY": "x" * 60,
    }
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROBE],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout.splitlines()[-1])


def test_O_056_cookies_are_bound_to_the_host_and_kept_from_scripts(production):
    cookies = production["cookies"]

    assert sorted(cookies) == ["__Host-csrf", "__Host-session"]
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_O_057_plain_http_is_led_to_https_but_for_the_health_check(production):
    assert production["plain"] == [301, "https://portal.example/"]
    assert production["health"] == 200


def test_O_055_production_pages_carry_the_strict_headers(production):
    headers = production["page"]

    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "upgrade-insecure-requests" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def test_O_080_a_wrong_host_gets_the_headers_too(production):
    status, headers = production["wrong"]

    assert status == 400
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_passwords_are_hashed_with_argon2_at_the_measured_cost(production):
    assert production["hash"] == ["argon2", "argon2id", "v=19", "m=19456,t=2,p=1"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ALLOWED_HOSTS": "*"}, "must name the hosts"),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "portal.example"}, "for this machine only"),
        ({"SECRET_KEY": "short"}, "at least 50 characters"),
        ({"DATABASE_URL": "mysql://localhost/x", "SECRET_KEY": "x" * 60}, "PostgreSQL or SQLite"),
        ({"DATABASE_URL": "postgres://localhost/x"}, "Set SECRET_KEY"),
        (
            {"DATABASE_URL": "postgres://localhost/x", "SECRET_KEY": "x" * 60},
            "needs SITE_URL=https://…, ALLOWED_HOSTS, EMAIL_URL, too",
        ),
    ],
)
def test_a_bad_setting_stops_the_start_with_a_sentence(tmp_path, change, sentence):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **change}

    answer = subprocess.run(
        [sys.executable, "-c", "import iksz_portal.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 1
    assert sentence in answer.stderr.splitlines()[-1]
