"""The JSON API: what it tells, to whom, in which language, page by page."""

import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.shelves import note_changes
from iksz_portal.api import served
from iksz_portal.harvest import SHELVES
from members.models import Library
from positions import actions, recounting
from positions.choices import PointResult, State
from positions.models import Position, Topic, Version
from tests.cast import make_library
from tests.portal.permissions import read
from tests.portal.table_of_interfaces import INTERFACES, things_to_ask_for

pytestmark = pytest.mark.django_db

# The address's limit 2; then the rows, and what is told of them whatever it is.
QUERIES = {
    "api:openapi": 1,
    "api:counties": 2,
    "api:county": 2,
    "api:libraries": 3,
    "api:library": 3,
    "api:sections": 4,
    "api:section": 4,
    "api:positions": 6,
    "api:position": 6,
    "api:resolutions": 3,
    "api:resolution": 3,
    "api:topics": 2,
    "api:topic": 2,
    "api:authorities": 3,
    "api:authority": 3,
}


def ask(path, language=None, **query):
    headers = {"Accept-Language": language} if language else {}
    return Client().get(f"/api/v1/{path}", query, headers=headers)


def references(answer):
    return [row["reference"] for row in answer.json()["items"]]


@pytest.fixture
def positions(position_in):
    """One in each of four states, of which two are public."""
    states = (State.DRAFT, State.FORWARDED, State.SUBMITTED, State.EVALUATED)
    return {state: position_in(state) for state in states}


# What is told ----------------------------------------------------------------------------------


def test_only_public_positions_are_told(positions):
    public = [positions[state].reference for state in (State.SUBMITTED, State.EVALUATED)]

    assert sorted(references(ask("positions"))) == sorted(public)
    draft = positions[State.FORWARDED].reference
    assert ask(f"positions/{draft}").status_code == 404


def test_a_position_is_told_with_what_became_of_its_points(positions):
    told = ask(f"positions/{positions[State.EVALUATED].reference}", lang="en").json()

    assert told["kind"] == {"code": "opinion", "label": "opinion"}
    assert told["state"] == {"code": "evaluated", "label": "evaluated"}
    assert told["points"] == [
        {"number": 1, "text": text, "outcome": {"code": "accepted", "label": "accepted"}}
        | {"number": number}
        for number, text in enumerate(("The first thing.", "The second thing."), start=1)
    ]
    assert told["text"] == "<p>First paragraph.</p><p>Second paragraph.</p>"
    assert told["url"] == f"https://portal.example/en/positions/{told['reference']}/"


def test_O_019_a_text_is_cleaned_when_it_is_told_whatever_the_row_holds(positions):
    position = positions[State.SUBMITTED]
    Version.objects.filter(pk=position.current_id).update(
        body="<p>First.<script>a</script><img src=x onerror=b></p>"
    )

    told = ask(f"positions/{position.reference}").json()

    assert told["text"] == "<p>First.</p>"


def test_a_title_is_told_in_the_language_asked_for_where_it_is_translated(positions, staff):
    position = positions[State.SUBMITTED]
    position.translations.create(
        language="sl", version=position.current, title="O odpiralnem času", saved_by=staff
    )

    told = [ask(f"positions/{position.reference}", lang=code).json() for code in ("sl", "en")]
    titles = [(each["title"], each["title_language"]) for each in told]
    assert titles == [("O odpiralnem času", "sl"), ("On the opening hours", "hu")]


def test_an_outcome_is_told_once_the_evaluation_is_concluded(way):
    position = way.to(State.ANSWERED)
    for point in position.current.points.all():
        actions.record_outcome(point=point, by=way.cast("coordinator"), result=PointResult.ACCEPTED)

    told = ask(f"positions/{position.reference}").json()
    assert [point["outcome"] for point in told["points"]] == [None, None]


def test_nobody_is_named(positions, way):
    recounting.recount()
    paths = ("positions", "resolutions", "sections", "libraries", "authorities", "topics")
    texts = [ask(path).content.decode() for path in paths]
    texts.append(ask(f"positions/{positions[State.EVALUATED].reference}").content.decode())

    people = ("drafter", "coordinator", "chair", "board_secretary", "representative")
    names = [way.cast(name).name for name in people]
    assert [name for name in names for text in texts if name in text] == []


def test_a_topic_of_drafts_only_is_not_told(positions):
    secret, told = (Topic.objects.create(name=name) for name in ("Titkos terv", "Nyitvatartás"))
    positions[State.DRAFT].topics.add(secret, told)
    positions[State.SUBMITTED].topics.add(told)

    assert ask("topics").json()["items"] == [{"id": told.pk, "name": told.name, "positions": 1}]
    assert ask(f"topics/{secret.pk}").status_code == 404


def test_the_fictional_and_those_that_left_are_not_in_the_directory(county, libraries):
    make_library(county, 7, is_fictional=True)
    libraries[2].memberships.update(ended_on="2020-01-01")

    told = ask("libraries").json()["items"]
    assert [library["slug"] for library in told] == ["library-1", "library-2"]
    assert ask("libraries/library-3").status_code == 404
    assert ask("counties").json()["items"][0]["libraries"] == 2


# What may be asked -----------------------------------------------------------------------------


def test_filters_narrow_positions(positions, authority):
    topic = Topic.objects.create(name="Nyitvatartás")
    submitted, evaluated = positions[State.SUBMITTED], positions[State.EVALUATED]
    submitted.topics.add(topic)

    assert references(ask("positions", state="submitted")) == [submitted.reference]
    assert references(ask("positions", topic=topic.pk)) == [submitted.reference]
    assert references(ask("positions", section="VT")) == []
    assert references(ask("positions", kind="proposal")) == []
    assert references(ask("positions", year=submitted.year + 1)) == []
    both = sorted([submitted.reference, evaluated.reference])
    assert sorted(references(ask("positions", authority=authority.pk))) == both
    assert sorted(references(ask("positions", section="MT", year=submitted.year))) == both


def test_filters_narrow_libraries(libraries, section):
    assert len(ask("libraries", county="HU-BK", kind="county").json()["items"]) == 3
    assert ask("libraries", county="HU-PE").json()["items"] == []
    assert len(ask("libraries", section="MT").json()["items"]) == 3


def test_what_has_changed_since_a_moment_is_found(positions):
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False):
        note_changes(SHELVES.values())
    Position.objects.filter(pk=positions[State.SUBMITTED].pk).update(title="Corrected")
    with time_machine.travel("2026-12-02T10:00:00Z", tick=False):
        note_changes(SHELVES.values())

    changed = ask("positions", changed_since="2026-12-02T00:00:00Z")
    assert references(changed) == [positions[State.SUBMITTED].reference]
    assert changed.json()["items"][0]["changed_at"] == "2026-12-02T10:00:00Z"
    assert len(references(ask("positions", changed_since="2026-12-01T11:00:00+01:00"))) == 2


def test_pages_follow_one_another_and_what_is_added_shifts_nothing(county, libraries):
    first = ask("libraries", limit=2, county="HU-BK").json()
    make_library(county, 4)
    second = Client().get(first["next"].removeprefix("https://portal.example")).json()

    slugs = [library["slug"] for page in (first, second) for library in page["items"]]
    assert slugs == ["library-1", "library-2", "library-3", "library-4"]
    assert second["next"] is None
    assert "county=HU-BK" in first["next"]


@pytest.mark.parametrize(
    "path, query, parameter",
    [
        ("libraries", {"limit": 0}, "limit"),
        ("libraries", {"limit": 101}, "limit"),
        ("libraries", {"limit": "many"}, "limit"),
        ("libraries", {"limit": ["1", "2"]}, "limit"),
        ("libraries", {"cursor": "made-up"}, "cursor"),
        ("libraries", {"cursor": ""}, "cursor"),
        ("libraries", {"county": "Pest"}, "county"),
        ("libraries", {"kind": "castle"}, "kind"),
        ("libraries", {"lang": "de"}, "lang"),
        ("libraries", {"colour": "red"}, "colour"),
        ("positions", {"year": 10**30}, "year"),
        ("positions", {"topic": 2**63}, "topic"),
        ("positions", {"changed_since": "yesterday"}, "changed_since"),
        ("positions", {"changed_since": "2026-02-30T00:00:00Z"}, "changed_since"),
        ("positions", {"changed_since": "0001-01-01T00:00:00+14:00"}, "changed_since"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_named(section, path, query, parameter):
    answer = ask(path, **query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


def test_a_cursor_serves_its_own_list_only(libraries, section, other_section):
    address = ask("libraries", limit=1).json()["next"]
    cursor = address.partition("cursor=")[2]

    assert ask("sections", cursor=cursor).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "",
        "positions/",
        "positions/MT-2026",
        "positions/MT-2026/999",
        "positions/MT-99999/1",
        "resolutions/2026/0",
        "resolutions/2026/999999999999999999999",
        "topics/9223372036854775808",
        "counties/Pest",
        "libraries/" + "x" * 500,
        "../admin/",
        "libraries/<script>",
    ],
)
def test_what_is_not_there_is_a_problem_and_never_a_page(db, path):
    answer = ask(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("path", ["/api/", "/api/v2/positions", "/api/v1"])
def test_nor_beside_it(db, path):
    assert Client().get(path)["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(db, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/positions")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"


def test_nul_and_other_encodings_are_refused_without_a_page(db):
    answers = [
        Client().get("/api/v1/libraries?county=%00"),
        Client().get("/api/v1/libraries/a%00b"),
        Client().get("/api/v1/libraries", CONTENT_TYPE="text/plain; charset=utf-7"),
    ]

    told = {(answer.status_code, answer["Content-Type"]) for answer in answers}
    assert told == {(400, "application/problem+json")}


# How it is served ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "accepted, lang, told",
    [
        (None, None, "hu"),
        ("sl, en;q=0.5", None, "sl"),
        ("de, en-GB;q=0.5", None, "en"),
        ("sl", "en", "en"),
        ("de", None, "hu"),
    ],
)
def test_the_language_asked_for_is_spoken(section, accepted, lang, told):
    names = {"hu": "Megyei Tagozat", "en": "County Libraries Section"}
    names["sl"] = "Sekcija županijskih knjižnic"

    answer = ask("sections", accepted, **({"lang": lang} if lang else {}))

    assert answer["Content-Language"] == told
    assert answer.json()["items"][0]["name"] == names[told]


def test_a_copy_that_is_known_is_not_sent_again(libraries):
    client = Client()
    tag = client.get("/api/v1/libraries")["ETag"]
    same = client.get("/api/v1/libraries", headers={"If-None-Match": tag})
    Library.objects.filter(slug="library-1").update(city="Elsewhere")
    other = client.get("/api/v1/libraries", headers={"If-None-Match": tag})

    assert (same.status_code, same.content, other.status_code) == (304, b"", 200)


def test_pages_of_others_may_read_it_without_cookies(libraries):
    answer = ask("libraries")
    before = Client().options("/api/v1/libraries")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer.cookies == {}
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (
        204,
        "GET, HEAD, OPTIONS",
    )


def test_head_is_answered_without_a_body(libraries):
    answer = Client().head("/api/v1/libraries")

    assert (answer.status_code, answer.content) == (200, b"")


def test_who_asks_too_much_is_told_when_to_come_back(libraries, monkeypatch):
    monkeypatch.setattr(served, "RATE", "2/m")

    answers = [ask("libraries") for _each in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Content-Type"] == "application/problem+json"
    assert int(answers[2]["Retry-After"]) > 0


def test_the_document_is_openapi_3_1_in_the_language_asked_for(db):
    found = {code: json.loads(ask("openapi.json", lang=code).content) for code in ("en", "hu")}

    assert found["en"]["openapi"] == "3.1.0"
    assert sorted(found["en"]["paths"]) == sorted(found["hu"]["paths"])
    summary = [each["paths"]["/api/v1/topics"]["get"]["summary"] for each in found.values()]
    assert summary == ["Topics of public positions", "A nyilvános állásfoglalások témái"]


def test_an_address_asks_the_same_however_many_rows_there_are(request, county, libraries):
    found = {}
    args = things_to_ask_for(request.getfixturevalue)
    for time in range(2):
        for name in QUERIES:
            with CaptureQueriesContext(connection) as queries:
                answer = Client().get(reverse(name, kwargs=args.get(name)))
            assert answer.status_code == 200, name
            found.setdefault(name, []).append(len(queries))
        if not time:
            things_to_ask_for_more(request, county)

    found["api:openapi"][0] = 1  # the limit of this address is made by the first request
    assert found == {name: [number] * 2 for name, number in QUERIES.items()}
    assert set(found) == {n for n in read(INTERFACES) if n.startswith("api:")} - {"api:nothing"}


def things_to_ask_for_more(request, county):
    way = request.getfixturevalue("way")
    for number in (4, 5):
        make_library(county, number)
        way.to(State.EVALUATED).topics.add(Topic.objects.create(name=f"More {number}"))
    recounting.recount()
