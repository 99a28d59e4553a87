"""The lists of the back office speak in words; codes stay on the page of a row."""

import re

import pytest
from django.contrib.admin import site
from django.urls import reverse
from django.utils import translation

from core import audit, outbox
from core.models import AuditEntry, Bucket, Mail
from core.numbering import next_number
from core.text import fold
from iksz_portal import mail, office_words
from members.choices import ChangeStatus
from tests.admin.test_office import change_url
from tests.repository.tree import APPS, ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SCOPE = re.compile(r'\bscope="([a-z][a-z -]{2,})"|"((?:sign-in) by \w+)": "')
CELLS = {"col", "row"}


def list_of(office, model, **query):
    return office.get(reverse(f"admin:core_{model}_changelist"), query).content.decode()


def test_every_kind_of_letter_has_its_words():
    assert set(office_words.LETTERS) == {*mail.RENDERERS, outbox.READY}


def test_every_limit_has_its_words():
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    found = {
        name for file in files for pair in SCOPE.findall(file.read_text()) for name in pair if name
    }

    assert found - CELLS == set(office_words.LIMITS)


def test_a_letter_is_listed_in_words(office, staff):
    outbox.queue(kind="news", to=staff)
    Mail.objects.update(attempts=1, last_error="no answer " * 50)

    page = list_of(office, "mail")

    assert "news of what is followed<br>Staff" in page
    assert "failed, to be tried again<br>" in page
    assert "no answer " * 20 not in page


def test_the_page_of_a_letter_is_named_by_its_reader_and_keeps_the_code(office, staff):
    outbox.queue(kind="news", to=staff)
    letter = Mail.objects.get()

    page = office.get(change_url(letter)).content.decode()

    assert str(letter) == "Staff"
    assert ("news of what is followed" in page, ">news<" in page) == (True, True)
    assert "+00:00" not in page


def test_a_letter_to_an_address_is_named_by_it():
    assert str(Mail(address="a@example.org")) == "a@example.org"


def test_the_journal_tells_acts_and_states_in_words(office, staff, change):
    audit.record(
        thing=change,
        action="approve",
        by=staff,
        source=ChangeStatus.PROPOSED,
        target=ChangeStatus.APPROVED,
    )
    audit.record(thing=staff, action="unheard_of", by=staff)

    page = list_of(office, "auditentry")

    assert ("It was approved" in page, "unheard_of" in page) == (True, True)
    assert "waiting for approval → approved" in page
    assert "By kind of thing" in page


def test_the_page_of_an_act_keeps_the_codes(office, staff, change):
    audit.record(thing=change, action="approve", by=staff, source="proposed", target="approved")

    page = office.get(change_url(AuditEntry.objects.get())).content.decode()

    assert ("approve proposed approved" in page, "Prev" in page) == (True, False)


def test_counters_and_limits_are_told_in_words(office):
    next_number("position:MT", 2026)
    next_number("board-meetings", 2026)
    Bucket.objects.create(key="x", scope="sign-in by account", tokens=1, filled_at=0)

    counters, limits = list_of(office, "counter"), list_of(office, "bucket")

    assert ("positions of MT" in counters, "meetings of the board" in counters) == (True, True)
    assert limits.count("signing in, of an account</") == 2


def test_the_front_page_sorts_names_whatever_their_accents(rf, staff):
    request = rf.get("/")
    request.user = staff
    with translation.override("hu"):
        (app,) = site.get_app_list(request, "positions")
        names = [str(model["name"]) for model in app["models"]]

    assert names == sorted(names, key=fold) != sorted(names)
