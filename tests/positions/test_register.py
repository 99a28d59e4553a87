import csv
import io

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from core import clock
from core.models import Bucket
from members.choices import AuthorityKind
from members.models import Authority
from positions import actions
from positions.choices import PUBLIC_STATES, Kind, PointResult, State
from positions.models import PointOutcome, Position
from positions.workflow import WORKFLOW
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

CANARY = "CANARY-D1"
ENDLESS = ["a", "[", "<b>", ">", "@@@@", "%", "\\"]


def register(client, **query):
    return client.get(reverse("positions:register"), query)


def titles(response):
    return [position.title for position in response.context["page"]]


def rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def make_public(*positions):
    pks = [position.pk for position in positions]
    Position.objects.filter(pk__in=pks).update(published_at=clock.now())


@pytest.fixture
def secret(way, db):
    """A confidential draft to an authority nobody else writes to."""
    secret_authority = Authority.objects.create(
        name_hu=f"{CANARY} Hivatal", kind=AuthorityKind.STATE
    )
    return way.start(title=CANARY, addressee=secret_authority)


@pytest.fixture
def public(way):
    """Two public positions, the newer one first."""
    older = way.start(title="On opening hours", kind=Kind.OPINION)
    newer = way.start(title="On the book bus", kind=Kind.PROPOSAL)
    make_public(older, newer)
    return [newer, older]


# Who sees what ---------------------------------------------------------------------------------


def test_visitors_see_what_is_public_newest_first(client, public, secret):
    response = register(client)

    assert response.status_code == 200
    assert titles(response) == ["On the book bus", "On opening hours"]
    assert CANARY not in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "representative",
        "deputy",
        "former_representative",
        "foreign_representative",
        "other_coordinator",
        "board_member",
        "board_secretary",
        "stranger",
    ],
)
def test_O_001_a_draft_is_in_nobody_elses_register(request, secret, name):
    client = signed_in(request.getfixturevalue(name))

    response = register(client)

    assert response.status_code == 200
    assert titles(response) == []
    assert CANARY not in response.content.decode()


@pytest.mark.parametrize("name", ["drafter", "coordinator", "chair", "staff"])
def test_a_draft_is_in_the_register_of_those_who_write_it(request, secret, name):
    client = signed_in(request.getfixturevalue(name))

    assert titles(register(client)) == [CANARY]


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (State.CONSULTATION, {"representative", "coordinator"}),
        (State.FORWARDED, {"representative", "coordinator", "board_member"}),
        (State.SUBMITTED, {"representative", "coordinator", "board_member", "stranger"}),
    ],
)
def test_more_people_see_a_position_as_it_goes_its_way(request, position_in, state, seen_by):
    position = position_in(state)
    readers = ["representative", "coordinator", "board_member", "stranger"]

    found = {name for name in readers if titles(register(signed_in(request.getfixturevalue(name))))}

    assert position.status == state
    assert found == seen_by


def test_what_is_not_public_is_marked_so(request, coordinator, secret, public):
    answer = register(signed_in(coordinator)).content.decode()

    assert answer.count("not public") == 1


# Filters ---------------------------------------------------------------------------------------


def test_the_words_of_the_title_find_a_position_whatever_the_case(client, public):
    assert titles(register(client, q="BOOK bus")) == ["On the book bus"]


def test_the_number_finds_a_position(client, public):
    assert titles(register(client, q=public[1].reference)) == ["On opening hours"]


def test_topics_and_laws_narrow_the_register(client, way):
    bus = way.start(title="On the bus", topics=["Busz"], body="<p>1997. évi CXL. törvény</p>")
    loans = way.start(title="On loans", topics=["Kölcsönzés"])
    make_public(bus, loans)

    assert titles(register(client, topic=bus.topics.get().pk)) == ["On the bus"]
    assert titles(register(client, topic=loans.topics.get().pk)) == ["On loans"]
    assert titles(register(client, law=bus.laws.get().pk)) == ["On the bus"]


def test_O_005_topics_and_laws_of_hidden_positions_are_not_offered(client, way, public):
    hidden = way.start(topics=[CANARY], body="<p>A 7/2019. (I. 1.) CANARY rendelet.</p>")

    page = register(client)
    by_topic = register(client, topic=hidden.topics.get().pk)
    by_law = register(client, law=hidden.laws.get().pk)
    by_nonsense = register(client, topic=10**9)

    assert CANARY not in page.content.decode()
    assert "7/2019" not in page.content.decode()
    assert by_topic.context["form"].errors == by_nonsense.context["form"].errors
    assert titles(by_topic) == titles(by_law) == titles(by_nonsense) == []


def test_the_filters_narrow_the_register(
    client, coordinator, public, section, authority, other_section
):
    year = clock.today().year

    assert titles(register(client, kind=Kind.PROPOSAL)) == ["On the book bus"]
    assert len(titles(register(client, section=section.slug))) == 2
    assert titles(register(client, section=other_section.slug)) == []
    assert titles(register(client, state=State.CLOSED)) == []
    assert len(titles(register(signed_in(coordinator), state=State.DRAFT, year=year))) == 2
    assert len(titles(register(client, addressee=authority.pk))) == 2


@pytest.mark.parametrize(
    ("name", "is_all"),
    [("stranger", False), ("board_member", True), ("representative", True), ("staff", True)],
)
def test_only_states_the_reader_can_meet_are_offered(client, request, db, name, is_all):
    def offered(client):
        return {value for value, _label in register(client).context["form"].fields["state"].choices}

    assert offered(client) == {"", *PUBLIC_STATES}
    found = offered(signed_in(request.getfixturevalue(name)))
    assert found == ({"", *State} if is_all else {"", *PUBLIC_STATES})


def test_what_is_public_stays_among_the_public_states():
    led = {target for move in WORKFLOW if move.sources & PUBLIC_STATES for target in move.targets()}

    assert led <= PUBLIC_STATES


def test_the_outcome_of_a_point_narrows_the_register_and_its_file(client, way):
    evaluated = way.to(State.EVALUATED)
    way.to(State.SUBMITTED)
    point = evaluated.current.points.first()
    PointOutcome.objects.filter(point=point).update(result=PointResult.PARTLY)

    assert titles(register(client, outcome="partly")) == [evaluated.title]
    assert titles(register(client, outcome="accepted")) == [evaluated.title]
    assert titles(register(client, outcome="enacted")) == []
    assert [row[0] for row in rows(download(client, outcome="partly"))[1:]] == [evaluated.reference]


def test_an_outcome_that_is_not_told_yet_finds_it_for_those_inside_only(
    client, way, coordinator, stranger
):
    answered = way.to(State.ANSWERED)
    for point in answered.current.points.all():
        actions.record_outcome(point=point, by=coordinator, result=PointResult.NO_ANSWER)

    found = [
        len(titles(register(reader, outcome="no_answer")))
        for reader in (client, signed_in(stranger), signed_in(coordinator))
    ]

    assert found == [0, 0, 1]


@pytest.mark.parametrize(
    "query",
    [
        {"section": "nowhere"},
        {"kind": "poem"},
        {"state": "lost"},
        {"year": "1848"},
        {"year": "１"},
        {"addressee": "1e3"},
        {"addressee": str(2**70)},
        {"outcome": "lost"},
        {"q": "a" * 101},
    ],
)
def test_a_value_that_does_not_exist_is_an_error_beside_its_field(client, public, query):
    response = register(client, **query)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(query)
    assert titles(response) == []
    assert "The register cannot be filtered like this" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"order_by": "-drafts__title"},
        {"owner__password__startswith": "p"},
        {"section__drafts__body__icontains": CANARY},
        {"authors": "1"},
        {"status": "draft"},
        {"published_at__isnull": "1"},
    ],
)
def test_O_005_an_unknown_filter_changes_nothing(client, public, secret, query):
    response = register(client, **query)

    assert titles(response) == ["On the book bus", "On opening hours"]


def test_O_005_searching_tells_nothing_of_a_draft(client, public, secret):
    found = register(client, q=CANARY)
    nonsense = register(client, q="zzzzzzzzz")

    assert titles(found) == titles(nonsense) == []
    assert found.context["page"].paginator.count == 0
    assert found.content.decode().replace(CANARY, "zzzzzzzzz") == nonsense.content.decode()


def test_the_addressee_of_a_draft_is_no_choice_for_others(client, public, secret):
    response = register(client, addressee=secret.addressee_id)
    unknown = register(client, addressee=987654)

    wrong, missing = response.context["form"].errors, unknown.context["form"].errors
    assert str(wrong).replace(str(secret.addressee_id), "987654") == str(missing)
    assert CANARY not in response.content.decode()


def test_the_year_of_a_draft_is_no_choice_for_others(client, public, secret):
    Position.objects.filter(pk=secret.pk).update(year=1999)

    assert "1999" not in register(client).content.decode()


@pytest.mark.parametrize("page", ["99999999999999999999", "-1", "abc", "0", "1e3", "１", ""])
def test_O_018_a_strange_page_number_is_clamped(client, public, page):
    response = register(client, page=page, per_page=1_000_000)

    assert response.status_code == 200
    assert len(titles(response)) == 2


@pytest.mark.parametrize("unit", ENDLESS)
@pytest.mark.parametrize("name", ["q", "section", "addressee", "year"])
def test_O_017_endless_input_is_answered(client, public, name, unit):
    response = register(client, **{name: unit * 100_000})

    assert response.status_code == 200
    assert titles(response) == []


def test_a_page_holds_twenty(client, way):
    make_public(*[way.start(title=f"Number {number}") for number in range(21)])

    first, second = register(client), register(client, page=2)

    assert [len(titles(first)), len(titles(second))] == [20, 1]
    assert "21" in first.content.decode()


def test_the_results_come_alone_when_they_are_replaced_in_place(client, public):
    response = client.get(reverse("positions:register"), headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert 'id="results"' in response.content.decode()


# What a line says ------------------------------------------------------------------------------


def test_an_answer_past_its_day_is_marked_overdue(client, position_in):
    position = position_in(State.SUBMITTED)
    sent = position.submission
    assert "overdue" not in register(client).content.decode()

    sent.due_on = clock.days_after(clock.today(), -1)
    sent.save()

    assert "overdue" in register(client).content.decode()


def test_a_position_is_linked_by_its_number(client, public):
    assert f'href="{public[0].get_absolute_url()}"' in register(client).content.decode()


def test_an_empty_register_says_what_would_be_here(client, db):
    assert "No position is public yet" in register(client).content.decode()


def test_a_search_in_vain_says_what_to_do(client, public):
    assert "No position fits these filters" in register(client, q="zzz").content.decode()


# The register as a file ------------------------------------------------------------------------


def download(client, **query):
    return client.get(reverse("positions:register_csv"), query)


def test_the_file_holds_what_the_register_shows(client, position_in, secret, settings):
    position = position_in(State.SUBMITTED)
    today = clock.today().isoformat()

    response = download(client)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows(response)[1:] == [
        [
            *(position.reference, "On the opening hours", "opinion", "County Libraries Section"),
            *("submitted", today, "Mintaügyi Minisztérium", today, "", "", ""),
            settings.SITE_URL + position.get_absolute_url(),
        ]
    ]


def test_the_file_names_topics_and_laws(client, way):
    body = "<p>Az 1997. évi CXL. törvény és a 2012. évi I. törvény.</p>"
    position = way.start(body=body, topics=["=Kölcsönzés", "Busz"])
    make_public(position, way.start())

    _header, plain, row = rows(download(client))

    assert row[9:11] == ["'=Kölcsönzés; Busz", "1997. évi CXL. törvény; 2012. évi I. törvény"]
    assert plain[9:11] == ["", ""]


def test_the_file_honours_the_filters(client, public):
    assert [row[1] for row in rows(download(client, q="bus"))[1:]] == ["On the book bus"]


def test_those_who_write_a_draft_find_it_in_their_file(drafter, secret):
    assert [row[1] for row in rows(download(signed_in(drafter)))[1:]] == [CANARY]


@pytest.mark.parametrize("opening", ["=", "+", "-", "@"])
def test_O_023_a_formula_in_a_title_stays_text(client, way, opening):
    make_public(way.start(title=f"{opening}HYPERLINK(0)"))

    assert rows(download(client))[1][1] == f"'{opening}HYPERLINK(0)"


def test_a_wrong_filter_leads_to_the_register_that_explains_it(client, public):
    response = download(client, kind="poem")

    asked = {"q": "", "section": "", "kind": "poem", "state": "", "year": "", "addressee": ""}
    asked |= {"topic": "", "law": "", "outcome": ""}
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('positions:register')}?{urlencode(asked)}"


def test_downloads_are_limited(client, public):
    download(client)
    Bucket.objects.update(tokens=0)

    assert download(client).status_code == 429


# Costs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_register_costs_a_visitor_the_same_at_any_length(
    client, way, django_assert_num_queries, count
):
    make_public(*[way.start(title=f"Number {number}") for number in range(count)])

    with django_assert_num_queries(6):  # sections, addressees, topics, count, rows, journeys
        register(client)
    PointOutcome.objects.bulk_create(outcomes_of(Position.objects.all(), PointResult.PARTLY))
    Position.objects.update(evaluated_at=clock.now())
    with django_assert_num_queries(6):
        assert len(titles(register(client, outcome="partly"))) == min(count, 20)


def outcomes_of(positions, result):
    return [
        PointOutcome(point=point, result=result, recorded_by=position.created_by)
        for position in positions
        for point in position.current.points.all()
    ]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_register_costs_a_coordinator_the_same_at_any_length(
    way, coordinator, django_assert_num_queries, count
):
    for number in range(count):
        way.consult(way.start(title=f"Number {number}"))
    way.to(State.SECTION_VOTE)
    client = signed_in(coordinator)
    register(client)

    with django_assert_num_queries(11):  # session, person, mandates, offices; the six; ballots
        register(client)
