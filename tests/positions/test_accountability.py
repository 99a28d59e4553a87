"""The page of public accountability and its open data, as everybody reads them."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from members.models import Authority
from positions import actions, publishing, recounting
from positions.accountability import share
from positions.choices import Action, Confidentiality, PointResult, State
from positions.models import Consultation, OpenDataFile, Recount
from positions.opendata import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def overview(client, **query):
    recounting.recount()
    return client.get(reverse("positions:accountability"), query)


def cells(response, name):
    """{row: cells} of a table of figures."""
    tables = [*response.context["by_authority"], *response.context["by_year"]]
    table = next(table for table in tables if table.id == name)
    return {row.label: row.cells for row in table.rows}


def judged(way, *results):
    position = way.to(State.ANSWERED)
    for point, result in zip(position.current.points.all(), results, strict=True):
        actions.record_outcome(
            point=point, by=way.cast("coordinator"), result=result, reason="They said so."
        )
    return way.move(position, Action.EVALUATE)


def consultation(authority, staff, **facts):
    day = clock.days_after(clock.today(), -20)
    facts = {"received_on": day, "confidentiality": Confidentiality.PUBLIC, **facts}
    return Consultation.objects.create(
        kind="decree", title="A decree", authority=authority, recorded_by=staff, **facts
    )


# The page --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "–"),
        (1, 1, "1 of 1"),
        (3, 4, "3 of 4"),
        (4, 5, "80% (4 of 5)"),
        (1, 3000, "0% (1 of 3000)"),
    ],
)
def test_a_share_says_what_it_is_of_and_of_few_no_per_cent(part, whole, said):
    assert share(part, whole) == said


def test_an_empty_portal_says_what_would_be_here(client, db):
    response = overview(client)

    assert "Nothing has been counted yet" in response.content.decode()


def test_each_authority_with_how_it_answered(client, way, authority):
    way.to(State.SUBMITTED)
    way.to(State.ANSWERED)

    response = overview(client)

    assert cells(response, "answers-authority") == {
        "Mintaügyi Minisztérium": [*"2001010", "–", "0 (n = 1)"]
    }
    assert cells(response, "answers-year") == {
        str(clock.today().year): [*"2001010", "–", "0 (n = 1)"]
    }


def test_the_points_with_how_they_ended(client, way):
    judged(way, PointResult.ACCEPTED, PointResult.ENACTED)
    judged(way, PointResult.PARTLY, PointResult.ACCEPTED)
    judged(way, PointResult.REJECTED, PointResult.NO_ANSWER)
    way.to(State.SUBMITTED)

    response = overview(client)

    assert cells(response, "points-authority") == {
        "Mintaügyi Minisztérium": [*"8211112", "33% (2 of 6)"]
    }


def test_what_the_chart_draws_stands_in_the_table_beside_it(client, way):
    judged(way, PointResult.ACCEPTED, PointResult.PARTLY)

    text = overview(client).content.decode()

    assert 'aria-label="Mintaügyi Minisztérium. accepted: 1; partly accepted: 1"' in text
    assert 'x="50.000%" width="50.000%"' in text


def test_public_consultations_are_measured_and_others_are_not(client, way, authority, staff):
    day = clock.days_after(clock.today(), -20)
    until = {"due_on": clock.days_after(day, 5), "given_days": 5}
    law = {"lawful_until": clock.days_after(day, 8), "minimum_days": 8}
    consultation(authority, staff, **until, **law)
    consultation(authority, staff, **until)  # no law sets a minimum
    consultation(authority, staff, **law | {"due_on": clock.days_after(day, 8), "given_days": 8})
    consultation(authority, staff, summary_awaited_on=clock.days_after(clock.today(), -1))
    consultation(authority, staff, summary_awaited_on=clock.today())
    consultation(authority, staff, confidentiality=Confidentiality.MEMBERS, **until, **law)

    response = overview(client)

    assert cells(response, "consultations-authority") == {
        "Mintaügyi Minisztérium": ["5", "1 of 2", "1 of 1"]
    }


def test_a_year_is_chosen(client, way):
    way.to(State.SUBMITTED)
    year = clock.today().year

    assert cells(overview(client, year=year), "answers-authority")
    wrong = overview(client, year="1900")
    assert "There is no such choice: take one of the list." in wrong.content.decode()


def test_the_page_says_as_of_when(client, way):
    way.to(State.SUBMITTED)
    recount = recounting.recount()

    shown = client.get(reverse("positions:accountability")).context["recount"]

    assert shown.counted_at == recount.counted_at


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_page_asks_the_same_however_much_there_is(
    client, way, django_assert_num_queries, count
):
    for number in range(count):
        position = way.to(State.SUBMITTED)
        position.submission.addressee = Authority.objects.create(name_hu=f"A{number}", kind="state")
        position.submission.save()
    recounting.recount()

    with django_assert_num_queries(4):  # everybody, authorities counted and listed, the recount
        client.get(reverse("positions:accountability"))


# One authority ---------------------------------------------------------------------------------


def test_an_authority_shows_each_position_and_how_its_points_ended(client, way, authority):
    judged(way, PointResult.ACCEPTED, PointResult.REJECTED)
    recounting.recount()

    response = client.get(reverse("positions:authority", args=[authority.pk]))

    text = response.content.decode()
    assert [each["ending"].value for each in response.context["dealings"]] == ["unbound"]
    assert "On the opening hours" in text
    assert "rejected" in text


def test_outcomes_are_not_told_before_the_evaluation_is_concluded(client, way, authority):
    position = way.to(State.ANSWERED)
    point = position.current.points.first()
    coordinator = way.cast("coordinator")
    actions.record_outcome(point=point, by=coordinator, result=PointResult.ENACTED)
    recounting.recount()

    text = client.get(reverse("positions:authority", args=[authority.pk])).content.decode()

    assert "badge-place" not in text


def test_an_authority_nothing_public_went_to_is_not_there(client, way, authority):
    way.to(State.ACCEPTED)
    recounting.recount()

    response = client.get(reverse("positions:authority", args=[authority.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_authority_asks_the_same(
    client, way, authority, django_assert_num_queries, count
):
    for _number in range(count):
        way.to(State.SUBMITTED)
    recounting.recount()

    with django_assert_num_queries(4):  # figures, recount, submissions, points
        client.get(reverse("positions:authority", args=[authority.pk]))


# Open data -------------------------------------------------------------------------------------


def made():
    recounting.recount()
    return publishing.make_if_changed()


def read(client, name):
    response = client.get(reverse("positions:data_file", args=[name]))
    return b"".join(response.streaming_content)


def read_csv(client, name):
    text = read(client, f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def read_json(client, name):
    return json.loads(read(client, f"{name}.json"))


def test_both_formats_hold_the_same_rows(client, way):
    judged(way, PointResult.ACCEPTED, PointResult.PARTLY)
    way.to(State.SUBMITTED)
    made()

    for name, table in TABLES.items():
        sheet, listed = read_csv(client, name), read_json(client, name)["rows"]
        as_text = [{key: "" if v is None else str(v) for key, v in row.items()} for row in listed]
        assert [list(row) for row in sheet] == [table.header] * len(sheet), name
        assert sheet == as_text, name


def test_the_rows_of_a_position_and_its_points(client, way):
    position = judged(way, PointResult.ACCEPTED, PointResult.PARTLY)
    made()

    (row,) = read_json(client, "positions")["rows"]
    points = read_json(client, "points")["rows"]
    (resolution,) = read_json(client, "resolutions")["rows"]
    today = clock.today().isoformat()
    assert (
        row["position"],
        row["sent_on"],
        row["answered_on"],
        row["ending"],
        row["accepted"],
    ) == (
        position.reference,
        today,
        today,
        "unbound",
        1,
    )
    assert [(point["number"], point["result"]) for point in points] == [
        (1, "accepted"),
        (2, "partly"),
    ]
    assert (resolution["position"], resolution["verdict"]) == (position.reference, "accepted")


def test_nothing_that_is_not_public_is_in_any_file(client, way):
    way.start(title="CANARY-draft")
    hidden = way.start(title="CANARY-accepted", points=["CANARY-point"])
    for state in (State.CONSULTATION, State.CONSOLIDATION, State.SECTION_VOTE, State.ADOPTED):
        hidden = way.STEPS[state][1](way, hidden)
    way.accept(way.take_up(way.forward(hidden)))
    answered = way.to(State.ANSWERED)
    point = answered.current.points.first()
    facts = {"result": PointResult.ENACTED, "reason": "CANARY-reason"}
    actions.record_outcome(point=point, by=way.cast("coordinator"), **facts)
    made()

    files = [read(client, name).decode() for name in publishing.file_names()]

    assert [text for text in files if "CANARY" in text] == []
    assert {row["result"] for row in read_json(client, "points")["rows"]} == {None}


def test_a_title_that_a_spreadsheet_would_run_is_text(client, way):
    position = way.start(title="=1+1", points=["@SUM(A1)", "-2"])
    for state in (State.CONSULTATION, State.CONSOLIDATION, State.SECTION_VOTE, State.ADOPTED):
        position = way.STEPS[state][1](way, position)
    way.submit(way.accept(way.take_up(way.forward(position))))
    made()

    assert read_csv(client, "positions")[0]["title"] == "'=1+1"
    assert [row["text"] for row in read_csv(client, "points")] == ["'@SUM(A1)", "'-2"]
    assert read_json(client, "positions")["rows"][0]["title"] == "=1+1"


def test_files_are_made_anew_after_a_change_and_at_most_once_an_hour(way):
    way.to(State.SUBMITTED)
    assert [made(), made()] == [8, 0]
    names = set(OpenDataFile.objects.values_list("file", flat=True))

    with clock.at(clock.now() + timedelta(minutes=61)):
        assert [made(), made()] == [8, 0]

    storage = OpenDataFile.objects.first().file.storage
    assert [name for name in names if storage.exists(name)] == []


def test_an_older_file_never_replaces_a_newer_one(client, way):
    way.to(State.SUBMITTED)
    made()
    late = Recount(counted_at=clock.now() - timedelta(hours=1))
    before = dict(OpenDataFile.objects.values_list("name", "file"))

    publishing.make(TABLES["positions"], late)

    assert dict(OpenDataFile.objects.values_list("name", "file")) == before


def test_a_file_comes_as_a_download_with_its_type(client, way):
    way.to(State.SUBMITTED)
    made()

    response = client.get(reverse("positions:data_file", args=["figures.json"]))

    list(response)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="figures.json"'
    assert client.get(reverse("positions:data_file", args=["other.json"])).status_code == 404


def test_O_064_the_archive_of_all_is_not_given_out_here(client, way):
    way.to(State.SUBMITTED)
    made()
    OpenDataFile.objects.filter(name="figures.json").update(name="open-data.zip")

    response = client.get(reverse("positions:data_file", args=["open-data.zip"]))

    assert response.status_code == 404


def test_downloads_are_limited(client, way):
    way.to(State.SUBMITTED)
    made()
    address = reverse("positions:data_file", args=["figures.json"])

    answers = []
    for _each in range(61):
        response = client.get(address)
        answers.append(response.status_code)
        list(response)

    assert answers == [200] * 60 + [429]


def test_every_column_is_described(client, way):
    way.to(State.SUBMITTED)
    made()

    former = client.get(reverse("positions:open_data"))
    text = client.get(reverse("open_data")).content.decode()

    missing = [n for t in TABLES.values() for n in t.header if f"<code>{n}</code>" not in text]
    assert (former.status_code, former.url) == (301, reverse("open_data"))
    assert missing == []
    assert [name for name in publishing.file_names() if name not in text] == []


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_no_authority_can_have_is_not_found(client, number):
    assert client.get(reverse("positions:authority", args=[number])).status_code == 404
