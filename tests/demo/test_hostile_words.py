"""Hostile words in every row, every address and every form are shown as words, or not at all."""

from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from core.models import Mail
from iksz_portal.mail import RENDERERS
from members.models import Person
from positions.models import Position
from tests.cast import signed_in
from tests.portal.hostile import (
    BREAKOUT,
    RUN,
    dangers,
    fields_of,
    not_tied,
    poison,
    wrong_fields,
)
from tests.portal.test_canaries import LINK

pytestmark = pytest.mark.xdist_group("demo")
ROLES = ["visitor", "representative1", "coordinator", "secretary", "staff"]
ASKED = ("q", "county", "kind", "state", "year", "section", "page", "next", "view", "topic", "law")
ASKED += ("paragraph", "old", "new", "letter", "answers", "from", "sort", "authority", "o", "p")
PAGES = 2
"""Of one pattern: a second one of a list is like the first, of positions the states differ."""


@pytest.fixture(scope="module")
def poisoned(shared_demo, django_db_blocker):
    """The demo, with hostile words wherever somebody might have put some."""
    with django_db_blocker.unblock(), transaction.atomic():
        poison()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def hostile(poisoned, db, settings):
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture(scope="module")
def walked():
    """What a role has found on its walk, {role: {address: page}}: it takes its time."""
    return {}


@pytest.fixture
def pages_of(hostile, walked):
    def pages(role):
        if role not in walked:
            walked[role] = walk(client_of(role))
        return walked[role]

    return pages


def client_of(role):
    if role == "visitor":
        return Client()
    return signed_in(Person.objects.get(email=f"{role}@example.org"))


def pattern_of(address):
    """The name of its pattern and whatever of its arguments is a word, as an action is."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    words = [str(each) for each in found.kwargs.values() if str(each).replace("_", "").isalpha()]
    return " ".join([found.view_name, *words])


def walk(client):
    """{address: page} of the pages that links lead to from the front page, some of each pattern."""
    pages, counted, front = {}, {}, [reverse("home"), "/en/"]
    while front:
        address = front.pop(0)
        pattern = pattern_of(address)
        if address in pages or pattern is None or pattern.startswith("admin:"):
            continue
        if counted.get(pattern, 0) >= PAGES:
            continue
        counted[pattern] = counted.get(pattern, 0) + 1
        page = client.get(address)
        if page.headers.get("Content-Type", "").startswith("text/html"):
            pages[address] = page
            found = LINK.findall(page.content.decode())
            front += [urldefrag(urljoin(address, link.replace("&amp;", "&")))[0] for link in found]
        elif page.streaming:
            b"".join(page.streaming_content)  # a file that is read to its end is closed
    return pages


@pytest.mark.parametrize("role", ROLES)
def test_O_020_words_in_the_rows_are_words_on_every_page(pages_of, role):
    pages = pages_of(role)

    ran = {address: found for address, page in pages.items() if (found := dangers(page))}

    assert ran == {}
    assert sum(RUN in page.content.decode() for page in pages.values()) > 10


@pytest.fixture(scope="module")
def answered():
    """What came back from the forms of a role, {role: [(address, dangers, wrong, not tied)]}."""
    return {}


@pytest.fixture
def answers_of(pages_of, answered):
    def answers(role):
        if role not in answered:
            answered[role] = list(filled_in(client_of(role), pages_of(role)))
        return answered[role]

    return answers


def filled_in(client, pages):
    """Every form of every page, sent with hostile words in every field."""
    for address, page in pages.items():
        if page.status_code != 200:
            continue
        with transaction.atomic():
            answer = client.post(address, dict.fromkeys(fields_of(page), BREAKOUT))
            transaction.set_rollback(True)
        yield address, dangers(answer), len(wrong_fields(answer)), not_tied(answer)


@pytest.mark.parametrize("role", ROLES)
def test_O_022_what_is_typed_into_a_form_comes_back_as_words(answers_of, role):
    ran = {address: found for address, found, _wrong, _untied in answers_of(role) if found}

    assert ran == {}


@pytest.mark.parametrize("role", ROLES)
def test_O_078_each_wrong_field_is_summed_up_and_tied_to_what_is_wrong(answers_of, role):
    untied = {address: found for address, _ran, _wrong, found in answers_of(role) if found}

    assert untied == {}
    assert sum(wrong for _address, _ran, wrong, _untied in answers_of(role)) > 1


def test_O_020_words_in_the_rows_are_words_in_the_back_office(hostile):
    client, ran = client_of("admin"), {}
    for model in admin.site._registry:
        names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._base_manager.order_by("pk").first()
        addresses = [reverse(f"{names}_changelist")]
        if row is not None:
            args = [row.pk]
            addresses += [reverse(f"{names}_{page}", args=args) for page in ("change", "history")]
        for address in addresses:
            page = client.get(address)
            if page.streaming:
                b"".join(page.streaming_content)
            elif found := dangers(page):
                ran[address] = found

    assert ran == {}


def test_O_020_letters_are_plain_words(hostile):
    made = 0
    for mail in Mail.objects.select_related("to").exclude(to=None):
        message = RENDERERS[mail.kind](mail) if mail.kind in RENDERERS else None
        if message is not None:
            made += 1
            assert (message.html, "\n" in message.subject) == ("", False)

    assert made > 20


# What is sent --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_O_022_nothing_of_an_address_is_more_than_words(pages_of, role):
    client, asked = client_of(role), dict.fromkeys(ASKED, BREAKOUT)
    pages = {address: client.get(address, asked) for address in pages_of(role)}

    assert {address: found for address, page in pages.items() if (found := dangers(page))} == {}


REFERRED = {"HTTP_REFERER": f"http://testserver/{BREAKOUT}", "HTTP_USER_AGENT": BREAKOUT}


def pages_of_refusals():
    """Of every number with which the portal says no."""
    strict, visitor = Client(enforce_csrf_checks=True), Client()
    member, position = client_of("representative1"), Position.objects.get(status="forwarded")
    typed = {"login": BREAKOUT, "note": BREAKOUT, "once": BREAKOUT}
    named = quote(BREAKOUT)
    move = reverse("positions:move", args=[position.reference, "forward"])
    yield 404, visitor.get(f"/{named}/", {"q": BREAKOUT}, **REFERRED)
    yield 404, visitor.get(f"/en/positions/{named}/", **REFERRED)
    yield 404, member.get(f"/en/positions/DEMO-2026/{named}/", **REFERRED)
    yield 400, visitor.get("/en/", {"q": f"{BREAKOUT}\0"}, **REFERRED)
    yield 400, visitor.get("/en/", headers={"host": BREAKOUT}, **REFERRED)
    yield 403, strict.post(reverse("account_login"), typed, **REFERRED)
    yield 403, member.get(reverse("positions:board_queue"), {"q": BREAKOUT}, **REFERRED)
    yield 405, visitor.post(reverse("home"), typed, **REFERRED)
    yield 409, client_of("coordinator").post(move, {**typed, "seen": 0}, **REFERRED)


def test_O_022_no_page_of_a_refusal_runs_what_was_sent(hostile):
    found = [(number, page.status_code, dangers(page)) for number, page in pages_of_refusals()]

    assert found == [(number, number, []) for number, _status, _found in found]


def test_the_reader_of_pages_sees_what_would_run(client):
    for words in (
        BREAKOUT,
        f"<script>{RUN}</script>",
        f"<a href='java\nscript:{RUN}'>a</a>",
        f"<iframe srcdoc='<script>{RUN}</script>'></iframe>",
    ):
        page = client.get("/robots.txt")
        page.headers["Content-Type"], page.content = "text/html", words.encode()
        assert len(dangers(page)) == 1
