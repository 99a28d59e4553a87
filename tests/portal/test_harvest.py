"""OAI-PMH 2.0 at /oai, read by sickle and by hand."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from sickle.oaiexceptions import (
    BadArgument,
    BadResumptionToken,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
)

from core import shelves
from core.models import PublicRecord
from core.shelves import note_changes
from iksz_portal.harvest import SHELVES
from iksz_portal.harvest import note_changes as note_by_time
from positions.choices import Kind, State
from positions.models import Position, Topic
from tests.portal.harvester import Harvester

pytestmark = pytest.mark.django_db

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = {"metadataPrefix": "oai_dc"}
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
QUERIES_OF_A_LIST = 11  # the limit 1, count and page 2, positions 6, resolutions 2


@pytest.fixture
def note():
    """`note(hours)`: the worker looks at what is public, so many hours after noon."""

    def look(hours=0):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            return note_changes(SHELVES.values())

    return look


@pytest.fixture
def submitted(position_in, note):
    """A public position with its resolution, noted at noon."""
    position = position_in(State.SUBMITTED)
    note()
    return position


@pytest.fixture
def many(submitted, note):
    """A hundred and more of them, so that a list takes three pages."""
    for number in range(100, 310):
        copy = Position.objects.get(pk=submitted.pk)
        copy.pk, copy.number, copy.current, copy.kind = None, number, None, Kind.PROPOSAL
        copy.save()
        version = submitted.versions.get(number=1)
        version.pk, version.position, version.title = None, copy, f"Number {number}"
        version.save()
        Position.objects.filter(pk=copy.pk).update(current=version, title=f"Number {number}")
    note(1)
    return Position.objects.public()


def identifiers(records):
    return [record.identifier.removeprefix("oai:portal.example:") for record in records]


def ask(**arguments):
    return ElementTree.fromstring(Client().get("/oai", arguments).content)


def error(**arguments):
    found = ask(**arguments).find(f"{OAI}error")
    return None if found is None else found.get("code")


def test_it_says_who_it_is(submitted):
    found = Harvester().Identify()

    assert found.baseURL == "https://portal.example/oai"
    assert found.protocolVersion == "2.0"
    assert found.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert found.deletedRecord == "persistent"
    assert found.earliestDatestamp == "2026-11-22T12:00:00Z"


def test_sets_are_by_kind_and_by_section(submitted, other_section):
    assert [each.setSpec for each in Harvester().ListSets()] == [
        "position",
        "position:opinion",
        "position:proposal",
        "position:statement",
        "section",
        "section:megyei",
        "section:varosi",
        "resolution",
    ]


def test_a_position_is_described(submitted, section):
    record = Harvester().GetRecord(
        identifier=f"oai:portal.example:{submitted.reference}", metadataPrefix="oai_dc"
    )

    assert record.header.datestamp == "2026-11-22T12:00:00Z"
    assert record.header.setSpecs == ["position", "position:opinion", "section", "section:megyei"]
    assert record.metadata["title"] == ["On the opening hours"]
    assert record.metadata["creator"] == [section.name_hu]
    assert record.metadata["language"] == ["hu"]
    assert record.metadata["type"] == ["Text", "vélemény", "opinion", "mnenje"]
    assert record.metadata["identifier"] == [
        f"https://portal.example{submitted.get_absolute_url()}",
        submitted.reference,
    ]
    assert record.metadata["description"][:2] == ["1. The first thing.", "2. The second thing."]


def test_a_translated_title_stands_beside_the_original(submitted, staff, note):
    submitted.translations.create(
        language="sl", version=submitted.current, title="O odpiralnem času", saved_by=staff
    )
    note(1)

    answer = Client().get("/oai", {"verb": "ListRecords", "set": "position", **DC})
    assert '<dc:title xml:lang="sl">O odpiralnem času</dc:title>' in answer.content.decode()
    assert PublicRecord.objects.get(kind="position").changed_at == NOON + timedelta(hours=1)


def test_nobody_is_named(submitted, way):
    text = Client().get("/oai", {"verb": "ListRecords", **DC}).content.decode()

    people = ("drafter", "coordinator", "chair", "board_secretary", "representative")
    assert [name for name in people if way.cast(name).name in text] == []


def test_what_is_not_public_is_not_there(position_in, note):
    draft = position_in(State.FORWARDED)
    note()

    assert PublicRecord.objects.count() == 0
    with pytest.raises(IdDoesNotExist):
        Harvester().GetRecord(
            identifier=f"oai:portal.example:{draft.reference}", metadataPrefix="oai_dc"
        )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_harvester_takes_everything_in_pieces(many, method):
    harvester = Harvester(method)

    found = identifiers(record.header for record in harvester.ListRecords(**DC))

    assert len(harvester.answers) == 3
    assert len(found) == len(set(found)) == 212
    assert {number for number in found if not number.startswith("resolution")} == {
        position.reference for position in many.select_related("section")
    }


def test_the_pieces_say_how_far_they_are(many):
    first = ask(verb="ListIdentifiers", **DC)
    token = first.find(f".//{OAI}resumptionToken")
    second = ask(verb="ListIdentifiers", resumptionToken=token.text)
    token_of_second = second.find(f".//{OAI}resumptionToken")
    third = ask(verb="ListIdentifiers", resumptionToken=token_of_second.text)
    last = third.find(f".//{OAI}resumptionToken")

    told = [(each.get("cursor"), each.get("completeListSize")) for each in (token, last)]
    assert told == [("0", "212"), ("200", "212")]
    assert last.text is None


def test_what_changes_meanwhile_is_not_missed_and_shifts_nothing(many, note):
    first = ask(verb="ListIdentifiers", **DC)
    seen = [each.text for each in first.iter(f"{OAI}identifier")]
    Position.objects.filter(number=100).update(title="Said otherwise")
    note(2)

    token = first.find(f".//{OAI}resumptionToken").text
    rest = []
    while token:
        piece = ask(verb="ListIdentifiers", resumptionToken=token)
        rest += [each.text for each in piece.iter(f"{OAI}identifier")]
        token = piece.find(f".//{OAI}resumptionToken").text

    changed = [each for each in rest if each.endswith("/100")]
    assert len(changed) == 1
    assert len(set(seen) | set(rest)) == 212


def test_sets_narrow_the_list(many):
    harvester = Harvester()

    found = {
        spec: len(list(harvester.ListIdentifiers(set=spec, **DC)))
        for spec in ("position", "position:opinion", "position:proposal", "resolution")
    }

    assert found == {
        "position": 211,
        "position:opinion": 1,
        "position:proposal": 210,
        "resolution": 1,
    }
    assert len(list(harvester.ListIdentifiers(set="section:megyei", **DC))) == 212


@pytest.mark.parametrize(
    "window, found",
    [
        ({"from": "2026-11-22"}, 212),
        ({"until": "2026-11-22"}, 212),
        ({"from": "2026-11-22T12:00:01Z"}, 210),
        ({"until": "2026-11-22T12:00:00Z"}, 2),
        ({"from": "2026-11-22T12:00:00Z", "until": "2026-11-22T13:00:00Z"}, 212),
        ({"from": "2026-11-22", "until": "2026-11-22"}, 212),
    ],
)
def test_both_ends_of_the_time_are_included(many, window, found):
    assert len(list(Harvester().ListIdentifiers(**window, **DC))) == found


@pytest.mark.parametrize(
    "wrong, code",
    [
        ({}, "badVerb"),
        ({"verb": "Delete"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "set": "position"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({"verb": "ListRecords", "from": "2026", **DC}, "badArgument"),
        ({"verb": "ListRecords", "from": "2026-02-30", **DC}, "badArgument"),
        ({"verb": "ListRecords", "from": "2026-11-22T12:00:00", **DC}, "badArgument"),
        ({"verb": "ListRecords", "from": "2026-11-23", "until": "2026-11-22", **DC}, "badArgument"),
        (
            {"verb": "ListRecords", "from": "2026-11-22", "until": "2026-11-23T00:00:00Z", **DC},
            "badArgument",
        ),
        ({"verb": "ListRecords", "resumptionToken": "x", **DC}, "badArgument"),
        ({"verb": "ListRecords", "set": "x" * 5000, **DC}, "badArgument"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": ""}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "metadataPrefix": "marcxml"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "set": "events", **DC}, "noRecordsMatch"),
        ({"verb": "ListRecords", "from": "2999-01-01", **DC}, "noRecordsMatch"),
        ({"verb": "ListRecords", "until": "0001-01-01", **DC}, "noRecordsMatch"),
        ({"verb": "ListRecords", "from": "9999-12-31", **DC}, "noRecordsMatch"),
        ({"verb": "GetRecord", "identifier": "oai:other.org:1", **DC}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "MT"}, "idDoesNotExist"),
    ],
)
def test_what_is_wrong_is_told_by_its_code(submitted, wrong, code):
    assert error(**wrong) == code


def test_sickle_understands_the_errors(submitted):
    for arguments, fault in (
        ({"metadataPrefix": "x"}, CannotDisseminateFormat),
        ({"from": "x", **DC}, BadArgument),
        ({"from": "2999-01-01", **DC}, NoRecordsMatch),
        ({"resumptionToken": "x"}, BadResumptionToken),
    ):
        with pytest.raises(fault):
            Harvester().ListRecords(**arguments)


def test_a_token_serves_its_own_verb_only(many):
    token = ask(verb="ListIdentifiers", **DC).find(f".//{OAI}resumptionToken").text

    assert error(verb="ListRecords", resumptionToken=token) == "badResumptionToken"
    assert error(verb="ListIdentifiers", resumptionToken=token[:-2]) == "badResumptionToken"
    assert error(verb="ListIdentifiers", resumptionToken=token) is None


def test_what_is_public_no_more_is_told_to_be_deleted_at_once_and_for_ever(many, note):
    gone = many.get(number=100)
    Position.objects.filter(pk=gone.pk).update(published_at=None)
    at_once = Harvester().GetRecord(
        identifier=f"oai:portal.example:{gone.reference}", metadataPrefix="oai_dc"
    )
    note(3)
    later = list(Harvester().ListRecords(**{"from": "2026-11-22T14:00:00Z"}, **DC))

    assert at_once.header.deleted
    assert identifiers([each.header for each in later]) == [gone.reference]
    assert [each.header.deleted for each in later] == [True]


def test_what_is_looked_at_for_long_is_stamped_when_it_is_written(position_in, monkeypatch):
    position_in(State.SUBMITTED)
    with time_machine.travel(NOON, tick=False) as time:

        def slowly(shelf, thing):
            time.shift(5)
            return "f" * 64

        monkeypatch.setattr(shelves, "fingerprint_of", slowly)
        note_changes(SHELVES.values())

    stamps = PublicRecord.objects.order_by("pk").values_list("changed_at", flat=True)
    assert list(stamps) == [NOON + timedelta(seconds=5), NOON + timedelta(seconds=10)]


def test_what_comes_back_is_told_anew(submitted, note):
    shown = submitted.published_at
    Position.objects.filter(pk=submitted.pk).update(published_at=None)
    note(1)
    Position.objects.filter(pk=submitted.pk).update(published_at=shown)
    note(2)

    record = PublicRecord.objects.get(number=submitted.reference)
    assert (record.is_gone, record.changed_at) == (False, NOON + timedelta(hours=2))


def test_a_topic_renamed_is_a_change_and_nothing_else_is(submitted, note):
    topic = Topic.objects.create(name="Nyitvatartás")
    submitted.topics.add(topic)

    assert note(1) == 1
    assert note(2) == 0
    Topic.objects.filter(pk=topic.pk).update(name="Nyitva tartás")
    assert note(3) == 1


def test_a_superseded_position_stays_and_names_its_successor(submitted, position_in, note):
    successor = position_in(State.SUBMITTED)
    Position.objects.filter(pk=submitted.pk).update(status=State.SUPERSEDED, successor=successor)
    note(1)

    record = Harvester().GetRecord(
        identifier=f"oai:portal.example:{submitted.reference}", metadataPrefix="oai_dc"
    )
    assert f"https://portal.example{successor.get_absolute_url()}" in record.metadata["relation"]


def test_the_worker_looks_again_when_something_was_recorded_and_hourly(submitted, position_in):
    with time_machine.travel(NOON, tick=False) as clock:
        note_by_time()
        Position.objects.filter(pk=submitted.pk).update(title="Corrected by staff")
        clock.shift(timedelta(minutes=5))
        untouched = note_by_time()
        clock.shift(timedelta(hours=1))
        hourly = note_by_time()

    assert (untouched, hourly) == (0, 2)


def test_no_text_breaks_the_xml(submitted):
    Position.objects.filter(pk=submitted.pk).update(title="a\x0b\x1f<b>&😀]]>")

    record = Harvester().GetRecord(
        identifier=f"oai:portal.example:{submitted.reference}", metadataPrefix="oai_dc"
    )
    assert record.metadata["title"] == ["a<b>&😀]]>"]


def queries_of_a_list():
    Client().get("/oai", {"verb": "Identify"})  # the limit of this address is there from now on
    with CaptureQueriesContext(connection) as queries:
        Client().get("/oai", {"verb": "ListRecords", **DC})
    return len(queries)


def test_a_page_asks_the_same_however_much_there_is(submitted, request):
    few = queries_of_a_list()
    request.getfixturevalue("many")

    assert (few, queries_of_a_list()) == (QUERIES_OF_A_LIST, QUERIES_OF_A_LIST)


def test_other_methods_and_unreadable_requests_get_no_page(db):
    client = Client()

    assert client.put("/oai").status_code == 405
    assert client.get("/oai?verb=%00")["Content-Type"] == "application/problem+json"
    assert client.get("/oai?verb=Identify").cookies == {}
