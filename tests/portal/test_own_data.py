"""One's own data: all of one's rows and nobody else's, for oneself alone, for some days."""

import csv
import json
from datetime import timedelta
from io import BytesIO, StringIO
from itertools import zip_longest
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from core import clock, once, personal
from core.models import AuditEntry, Mail
from core.personal import Held
from iksz_portal import own_data, tasks
from iksz_portal.personal import DECLARED
from members import account_notices
from members.models import DataExport, Person
from members.models.own_data import KEPT_FOR
from positions import commenting
from positions.choices import Choice, State
from positions.models import Elector, Vote
from tests.cast import signed_in
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db
english = pytest.mark.usefixtures("english")


def made_for(person):
    own_data.ask(by=person)
    run_jobs()
    return DataExport.objects.get(requested_by=person)


def fetch(client, export):
    response = client.get(reverse("own_data_file", args=[export.pk]))
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


def archive_of(export):
    with export.file.open() as file:
        return ZipFile(BytesIO(file.read()))


def tables_of(export):
    return json.loads(archive_of(export).read("data.json"))["tables"]


# What is in it ---------------------------------------------------------------------------------


def test_O_061_every_field_that_points_to_a_person_is_declared():
    declared = [each.tie for each in DECLARED]

    assert sorted(set(personal.ties()) - set(declared)) == []
    assert len(declared) == len(set(declared))


def test_O_061_what_is_declared_is_there():
    paths = [
        (each.model, path) for each in DECLARED if isinstance(each, Held) for path in each.columns
    ]

    lost = [f"{model._meta.label} {path}" for model, path in paths if not is_there(model, path)]

    assert lost == []


def is_there(model, path):
    """Every step of it, as far as fields lead; the last may be a property."""
    for name, field in zip_longest(path.split("."), personal.steps(model, path)):
        if not hasattr(model, name):
            return False
        model = field.related_model if field else None
        if model is None:
            return path.endswith(name)
    return True


def test_O_061_no_column_leads_to_another_person():
    led = [
        f"{each.name}: {path}"
        for each in DECLARED
        if isinstance(each, Held)
        for path in each.columns
        if any(step.related_model is Person for step in personal.steps(each.model, path))
    ]

    assert led == []


def test_O_061_a_secret_choice_is_not_in_it(way, section, representatives, coordinator):
    section.votes_secretly = True
    section.save()
    position = way.to(State.SECTION_VOTE)
    way.vote(position, Choice.YES, None, None)
    voter = representatives[0]

    export = made_for(voter)
    acts = [row for row in tables_of(export)["core.auditentry.actor"] if row["action"] == "vote"]

    assert Elector.objects.filter(took_part=True).count() == 1
    assert Vote.objects.count() == 0
    assert "positions.vote.cast_by" not in tables_of(export)
    assert [row["object_id"] for row in acts] == [position.pk]
    assert {"payload", "choice"} & {key for row in acts for key in row} == set()


def test_the_tables_are_json_and_csv_and_explained_in_the_persons_language(way, coordinator):
    position = way.to(State.CONSULTATION)
    commenting.comment(version=position.current, by=coordinator, text="=1+1; az utolsó\nsorig")
    coordinator.language = "hu"
    coordinator.save()

    archive = archive_of(made_for(coordinator))
    name = "csv/positions.comment.author.csv"
    rows = list(csv.reader(StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
    readme = archive.read("README.txt").decode()

    assert rows[0][:2] == ["version.position.reference", "version.number"]
    assert rows[1][0] == position.reference
    assert "'=1+1; az utolsó\nsorig" in rows[1]
    assert name in readme
    assert "észrevételek: szerző" in readme
    assert "Mi nincs benne" in readme


# Who fetches it --------------------------------------------------------------------------------


@pytest.fixture
def export(representative):
    return made_for(representative)


def test_O_061_only_the_person_fetches_it(export, representative, staff, admin, deputy):
    own = fetch(signed_in(representative), export)

    assert own.status_code == 200
    assert own["Content-Type"] == "application/zip"
    assert own["Cache-Control"] == "private, no-store"
    assert "attachment" in own["Content-Disposition"]
    assert ZipFile(BytesIO(own.body)).testzip() is None
    clients = [Client(), *map(signed_in, (staff, admin, deputy))]
    assert [fetch(client, export).status_code for client in clients] == [404] * 4


def test_O_061_nobody_fetches_it_after_its_time(export, representative):
    with time_machine.travel(clock.now() + KEPT_FOR - timedelta(minutes=1), tick=False):
        assert fetch(signed_in(representative), export).status_code == 200
    with time_machine.travel(export.ended_at + KEPT_FOR, tick=False):
        assert fetch(signed_in(representative), export).status_code == 404


def test_O_061_nobody_fetches_it_once_the_account_is_closed(export, representative):
    client = signed_in(representative)
    Person.objects.filter(pk=representative.pk).update(is_active=False)

    assert fetch(client, export).status_code == 404


def test_fetching_is_in_the_chain_and_looking_is_not(export, representative):
    client = signed_in(representative)
    client.get(reverse("own_data"))
    fetch(client, export)

    acts = AuditEntry.objects.filter(actor=representative, action__endswith="own_data")
    assert list(acts.order_by("seq").values_list("action", flat=True)) == [
        own_data.ASK,
        own_data.FETCH,
    ]


# Making and letting go -------------------------------------------------------------------------


@english
def test_it_is_asked_for_on_the_page_announced_and_fetched(representative):
    representative.language = "en"
    representative.save()
    client = signed_in(representative)
    page = reverse("own_data")

    asked = client.post(reverse("make_own_data"), {"once": once.new_key()}, follow=True)
    assert "Your data is being put together." in asked.content.decode()
    run_jobs()
    tasks.send_mail()

    export = DataExport.objects.get()
    assert reverse("own_data_file", args=[export.pk]) in client.get(page).content.decode()
    assert [letter.subject for letter in mail.outbox] == ["Your data is ready to be fetched"]
    assert f"{settings.SITE_URL}{page}" in mail.outbox[0].body


def test_the_form_sent_twice_makes_one(representative):
    client, key = signed_in(representative), {"once": once.new_key()}
    for _time in range(2):
        client.post(reverse("make_own_data"), key)
    client.post(reverse("make_own_data"), {"once": once.new_key()})

    assert DataExport.objects.count() == 1
    assert run_jobs() == 1


def test_a_new_one_takes_the_place_of_the_old_one_and_its_file(
    export, representative, django_capture_on_commit_callbacks
):
    path = Path(export.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        own_data.ask(by=representative)

    assert not path.exists()
    assert fetch(signed_in(representative), export).status_code == 404
    assert DataExport.objects.count() == 1


def test_O_065_what_has_run_out_is_swept_with_its_file(export, django_capture_on_commit_callbacks):
    path = Path(export.file.path)
    assert own_data.sweep() == 0
    later = time_machine.travel(export.ended_at + KEPT_FOR, tick=False)
    with later, django_capture_on_commit_callbacks(execute=True):
        assert [own_data.sweep(), own_data.sweep()] == [1, 0]

    assert not path.exists()
    assert DataExport.objects.count() == 0


@english
@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"email": "office@example.org"}, '<a href="mailto:office@example.org">'),
        ({"address": "1000 Minta, Fő utca 1"}, "1000 Minta, Fő utca 1"),
        ({}, "Write to the association&#x27;s postal address"),
    ],
)
def test_whoever_wants_to_be_erased_learns_whom_to_write_to(settings, stranger, known, told):
    settings.OPERATOR = {"name": "", "address": "", "email": "", "phone": ""} | known

    page = signed_in(stranger).get(reverse("own_data")).content.decode()

    assert told.replace("&#x27;", "'") in page.replace("&#x27;", "'")
    assert "another one confirms it" in page


def test_the_letter_gives_the_moment_as_the_pages_do(export):
    letter = account_notices.own_data_ready(Mail.objects.get(kind=own_data.READY))
    until = export.open_until.astimezone(clock.ZONE)

    assert date_format(until, "Y. F j., H:i") in str(letter)


def test_no_letter_tells_of_what_has_run_out(export):
    letter = Mail.objects.get(kind=own_data.READY)
    with time_machine.travel(export.ended_at + KEPT_FOR, tick=False):
        assert account_notices.own_data_ready(letter) is None


@english
def test_what_failed_is_said_and_can_be_asked_for_again(representative, monkeypatch):
    monkeypatch.setattr(own_data, "_pack", lambda *args: 1 / 0)
    own_data.ask(by=representative)
    run_jobs()
    client = signed_in(representative)

    assert "Your data could not be put together" in client.get(reverse("own_data")).content.decode()
    assert Mail.objects.count() == 0
    monkeypatch.undo()
    assert made_for(representative).is_open
