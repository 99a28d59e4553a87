"""The archive of all open data: made once a night, and never with what was taken back."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iksz_portal import dump
from members.models import Library
from positions import recounting
from positions.choices import State
from positions.models import OpenDataFile, Position

pytestmark = pytest.mark.django_db
EVENING = datetime(2096, 11, 21, 20, tzinfo=UTC)  # after everything that fixtures record
QUERIES_OF_THE_PAGE = 5  # the files, and whether the archive is outdated


def download(client):
    """The answer, read to its end."""
    answer = client.get(reverse("open_data_file", args=[dump.NAME]))
    answer.taken = b"".join(answer)
    return answer


def archive(client):
    return ZipFile(io.BytesIO(download(client).taken))


def rows(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))


@pytest.fixture
def made(section, position_in):
    position_in(State.SUBMITTED)
    recounting.recount()
    dump.make()


def test_every_table_is_in_it_twice_with_its_dictionary(client, made):
    found = archive(client)

    expected = {f"{table.name}.{kind}" for table in dump.TABLES for kind in ("csv", "json")}
    assert set(found.namelist()) == expected | {"datapackage.json"}
    for table in dump.TABLES:
        listed = json.loads(found.read(f"{table.name}.json"))["rows"]
        assert len(listed) == len(rows(found, table.name)), table.name
        assert all(list(row) == table.header for row in listed), table.name
    assert [row["name"] for row in rows(found, "libraries")] == [
        "Library 1",
        "Library 2",
        "Library 3",
    ]
    assert [row["title"] for row in rows(found, "positions")] == ["On the opening hours"]


def test_the_dictionary_names_every_column_in_three_languages(client, made):
    found = archive(client)
    package = json.loads(found.read("datapackage.json"))

    sheets = [each for each in package["resources"] if each["format"] == "csv"]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for sheet in sheets:
        content = found.read(sheet["path"])
        assert sheet["bytes"] == len(content)
        assert sheet["hash"] == f"sha256:{sha256(content).hexdigest()}"
        header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        fields = sheet["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(field[f"description_{code}"] for field in fields for code in dump.LANGUAGES)
    kinds = {field["type"] for sheet in sheets for field in sheet["schema"]["fields"]}
    assert kinds == {"string", "integer", "number", "date"}


def test_nobody_and_no_draft_is_in_it(client, section, position_in, way):
    draft = position_in(State.FORWARDED)
    Position.objects.filter(pk=draft.pk).update(title="Nobody may read this yet")
    dump.make()

    whole = archive(client)
    text = " ".join(whole.read(name).decode() for name in whole.namelist())
    assert "Nobody may read this" not in text
    assert [person.name for person in way.cast("representatives") if person.name in text] == []


def test_a_formula_is_harmless(client, made):
    Library.objects.filter(slug="library-1").update(name="=HYPERLINK(1)")
    dump.make()

    assert rows(archive(client), "libraries")[0]["name"] == "'=HYPERLINK(1)"


def test_it_is_made_once_a_night_and_late_if_the_worker_slept(section):
    made = []
    with time_machine.travel(EVENING, tick=False) as clock:
        for hours in (0, 1, 3, 1, 12, 14, 72):
            clock.shift(timedelta(hours=hours))
            made.append(dump.make_if_due())

    # 21:00, 22:00, 1:00 the next day, 2:00, 14:00, 4:00 the day after, three days later
    assert made == [1, 0, 1, 0, 0, 1, 1]


def test_O_064_what_is_taken_back_is_gone_at_once_and_it_is_made_anew(client, section):
    with time_machine.travel(EVENING, tick=False) as clock:
        dump.make()
        before = download(client).status_code
        clock.shift(timedelta(minutes=10))
        library = Library.objects.get(slug="library-1")
        library.phone = ""
        library.save()
        at_once = download(client).status_code
        listed = client.get(reverse("open_data")).context["whole"]
        clock.shift(timedelta(minutes=1))
        again = dump.make_if_due()
        after = download(client).status_code

    assert (before, at_once, listed, again, after) == (200, 404, None, 1, 200)


def test_a_copy_that_is_known_is_not_sent_again(client, made):
    tag = download(client).headers["ETag"]

    answer = client.get(reverse("open_data_file", args=[dump.NAME]), headers={"If-None-Match": tag})
    assert answer.status_code == 304


def test_two_workers_leave_one_file_and_the_newer_one(section):
    with time_machine.travel(EVENING, tick=False):
        dump.make()
    with time_machine.travel(EVENING - timedelta(hours=1), tick=False):
        dump.make()  # began earlier, ends later

    made = OpenDataFile.objects.get(name=dump.NAME)
    assert made.counted_at == EVENING
    assert made.file.storage.exists(made.file.name)


def test_the_page_tells_every_table(client, made):
    with CaptureQueriesContext(connection) as queries:
        text = client.get(reverse("open_data")).content.decode()

    assert len(queries) == QUERIES_OF_THE_PAGE
    assert [table.name for table in dump.TABLES if f"table-{table.name}" not in text] == []


def test_the_interface_is_told_from_its_document(client, db):
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/en/open-data/interface/").content.decode()

    assert len(queries) == 0
    assert "GET /api/v1/positions/{series}/{number}" in text
    assert "curl &#x27;https://portal.example/api/v1/counties?limit=5&#x27;" in text
