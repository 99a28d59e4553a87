"""Earlier positions on the same law or topic, with their points and what was answered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from positions import actions, memory
from positions.choices import Kind, PointResult, State
from positions.models import Position, Topic
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")

LIBRARY_ACT = "1997. évi CXL. törvény"
DECREE = "379/2017. (XII. 11.) Korm. rendelet"
CANARY = "CANARY-D1-7f3a"


def on(way, *laws, topics=(), **text):
    """A position that cites these laws."""
    body = "".join(f"<p>Lásd: {law}.</p>" for law in laws) or "<p>No law.</p>"
    return way.start(**{"body": body, "topics": list(topics), **text})


def offered(position, person):
    return [other.title for other in memory.on_the_same_as(position, person)]


@pytest.fixture
def mine(way):
    """The text that is being written: two laws, two topics."""
    return on(way, LIBRARY_ACT, DECREE, topics=["Kölcsönzés", "Busz"], title="Mine")


@pytest.fixture
def answered(way, mine):
    """An earlier position of the section on the same law: answered, its outcomes recorded."""
    position = on(way, LIBRARY_ACT, title="Answered", points=["First wish.", "Second wish."])
    position = way.adopt(way.open_vote(way.consolidate(way.consult(position))))
    position = way.submit(way.accept(way.take_up(way.forward(position))))
    position = way.answer(position)
    first, second = position.current.points.all()
    record = actions.record_outcome
    by = way.cast("coordinator")
    record(point=first, by=by, result=PointResult.ACCEPTED)
    why = {"reason": "No money for it.", "source": "Letter 7/2026"}
    record(point=second, by=by, result=PointResult.REJECTED, **why)
    return position


@pytest.fixture
def theirs(other_section, foreign_representative):
    """A draft of another section on the same law and topic."""
    return actions.start_position(
        section=other_section,
        by=foreign_representative,
        kind=Kind.OPINION,
        title="Theirs",
        body=f"<p>Lásd: {LIBRARY_ACT}.</p>",
        topics=["Kölcsönzés"],
    )


# Which are offered -------------------------------------------------------------------------------


def test_laws_count_for_more_than_topics_and_newer_ones_come_first(way, mine, drafter):
    on(way, topics=["Kölcsönzés", "Busz"], title="Two topics")
    on(way, LIBRARY_ACT, title="One law")
    on(way, LIBRARY_ACT, DECREE, title="Two laws")
    on(way, DECREE, topics=["Busz"], title="A law and a topic")
    on(way, DECREE, title="One law, newer")
    on(way, "2012. évi I. törvény", topics=["Sajtó"], title="Something else")

    assert offered(mine, drafter) == [
        "Two laws",
        "A law and a topic",
        "One law, newer",
        "One law",
        "Two topics",
    ]


def test_each_says_why_it_is_offered(way, mine, drafter):
    on(way, DECREE, LIBRARY_ACT, "2012. évi I. törvény", topics=["Busz", "Sajtó"])

    (found,) = memory.read(memory.on_the_same_as(mine, drafter), drafter)

    assert (found.laws, found.topics) == ([LIBRARY_ACT, DECREE], ["Busz"])


def test_a_text_without_laws_and_topics_is_reminded_of_nothing(way, mine, drafter):
    assert offered(way.start(title="Plain"), drafter) == []


def test_a_person_is_offered_what_they_may_see(
    way, mine, theirs, drafter, foreign_representative, other_representative, staff
):
    on(way, LIBRARY_ACT, title="Draft")
    way.consult(on(way, LIBRARY_ACT, title="Consulted"))

    assert offered(mine, drafter) == ["Consulted", "Draft"]
    assert offered(mine, other_representative) == ["Consulted"]
    assert offered(theirs, foreign_representative) == []
    assert offered(mine, staff) == ["Theirs", "Consulted", "Draft"]


# The pages ---------------------------------------------------------------------------------------


def test_points_and_answers_are_shown(answered, mine, client_of, drafter):
    page = client_of(drafter).get(at(mine, "earlier")).content.decode()

    for words in ("Answered", "Same law:", "First wish.", "No money for it. (Letter 7/2026)"):
        assert words in page
    assert page.count("badge-place") == 2


def test_the_answers_of_others_are_told_once_they_are_evaluated(
    way, answered, theirs, client_of, foreign_representative
):
    client = client_of(foreign_representative)
    before = client.get(at(theirs, "earlier")).content.decode()
    way.evaluate(answered)
    after = client.get(at(theirs, "earlier")).content.decode()

    assert ("Second wish." in before, "No money for it." in before) == (True, False)
    assert before.count("badge-place") == 0
    assert after.count("badge-place") == 2


def test_the_edit_page_offers_five_and_the_rest_on_a_page(way, mine, client_of, drafter):
    for number in range(6):
        on(way, LIBRARY_ACT, title=f"Number {number}")
    client = client_of(drafter)

    edit = client.get(at(mine, "edit")).content.decode()
    page = client.get(at(mine, "earlier")).content.decode()

    assert [f"Number {number}" in edit for number in range(6)] == [False, *[True] * 5]
    assert "All earlier positions" in edit
    assert all(f"Number {number}" in page for number in range(6))


def test_where_there_is_none_the_edit_page_offers_nothing(mine, client_of, drafter):
    client = client_of(drafter)

    assert "earlier-panel" not in client.get(at(mine, "edit")).content.decode()
    assert "There is none yet" in client.get(at(mine, "earlier")).content.decode()


def test_the_page_of_a_position_leads_its_writers_there(way, mine, client_of, drafter, coordinator):
    def leads(person):
        return at(mine, "earlier") in client_of(person).get(at(mine)).content.decode()

    assert (leads(drafter), leads(coordinator)) == (True, True)
    way.consult(mine)
    assert (leads(drafter), leads(coordinator)) == (False, False)


def test_only_writers_read_it(way, mine, client_of, drafter, representative, staff):
    way.consult(mine)
    status = {
        person.name: client_of(person).get(at(mine, "earlier")).status_code
        for person in (drafter, representative, staff)
    }

    assert status == {"Drafter": 200, "Representative": 403, "Staff": 403}


def test_it_costs_the_same_however_many_there_are(way, mine, drafter, client_of):
    client = client_of(drafter)
    pages = [at(mine, "edit"), at(mine, "earlier"), reverse("positions:lookup") + "?q=Busz"]

    def queries(url):
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    on(way, LIBRARY_ACT, topics=["Busz"])
    one = [queries(url) for url in [*pages, *pages]][3:]
    for _number in range(3):
        on(way, LIBRARY_ACT, DECREE, topics=["Busz"])

    assert [queries(url) for url in pages] == one


def test_offering_takes_two_queries(way, mine, drafter, django_assert_num_queries):
    for number in range(3):
        on(way, LIBRARY_ACT, DECREE, points=[f"Point {number}", "Another"], topics=["Busz"])
    list(Position.objects.visible_to(drafter))

    with django_assert_num_queries(2):
        for found in memory.read(memory.on_the_same_as(mine, drafter)[:5], drafter):
            assert (found.laws, found.topics, len(found.points)) == (
                [LIBRARY_ACT, DECREE],
                ["Busz"],
                2,
            )


# Looking up --------------------------------------------------------------------------------------


def look_up(client, typed):
    page = client.get(reverse("positions:lookup"), {"q": typed})
    return [each.position.title for each in page.context.get("earlier", [])]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1997. évi CXL. tv.", ["By law"]),
        ("a BUSZ, meg a raktár", ["By topic"]),
        ("konyvtar (epulet)", ["By another topic"]),
        ("az 1997. évi CXL. törvény és a busz", ["By law", "By topic"]),
        ("busztársaság", []),
        ("%", []),
        ("", []),
    ],
)
def test_laws_and_topics_are_looked_up(typed, found, way, client_of, drafter):
    on(way, LIBRARY_ACT, title="By law")
    on(way, topics=["Busz"], title="By topic")
    on(way, topics=["Könyvtár (épület)"], title="By another topic")

    assert look_up(client_of(drafter), typed) == found


@pytest.mark.parametrize("typed", ["a", "[", "<b>", ">", "@@@@", "1/1997. ("])
def test_O_017_an_endless_question_is_an_error_beside_the_field(typed, client_of, drafter):
    page = client_of(drafter).get(reverse("positions:lookup"), {"q": (typed * 5000)[:5000]})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["q"]


# Nothing of what one may not see -----------------------------------------------------------------


@pytest.fixture
def secret(way):
    """A confidential draft: its title, points, law and topic are nobody else's business."""
    return on(
        way,
        LIBRARY_ACT,
        "7/2019. (I. 1.) CANARY rendelet",
        title=CANARY,
        points=[CANARY],
        topics=[CANARY, "Kölcsönzés"],
    )


def test_O_005_nothing_of_a_hidden_draft_is_offered(
    secret, theirs, client_of, foreign_representative
):
    client = client_of(foreign_representative)
    pages = [
        client.get(at(theirs, "earlier")),
        client.get(at(theirs, "edit")),
        client.get(reverse("positions:lookup"), {"q": LIBRARY_ACT}),
    ]

    assert [CANARY in page.content.decode() for page in pages] == [False] * 3
    assert [len(page.context.get("earlier", [])) for page in pages[::2]] == [0, 1]
    assert pages[2].context["page"].paginator.count == 1


@pytest.mark.parametrize("typed", [CANARY, "7/2019. (I. 1.) CANARY rendelet"])
def test_O_005_looking_for_a_hidden_draft_finds_what_nonsense_finds(
    typed, secret, client_of, foreign_representative, stranger
):
    for person in (foreign_representative, stranger):
        client = client_of(person)
        assert look_up(client, typed) == look_up(client, "no such thing") == []


def test_O_004_typing_the_topic_of_a_hidden_draft_brings_nothing_of_it(
    secret, theirs, client_of, foreign_representative
):
    theirs.topics.add(Topic.objects.get(name=CANARY))

    page = client_of(foreign_representative).get(at(theirs, "earlier"))

    assert page.context["earlier"] == []


@pytest.mark.parametrize("name", ["foreign_representative", "other_coordinator", "stranger"])
def test_O_001_the_page_of_a_hidden_draft_is_not_found(request, name, secret, client_of):
    client = client_of(request.getfixturevalue(name))
    missing = at(secret, "earlier").replace("/001/", "/999/")

    assert client.get(at(secret, "earlier")).status_code == 404
    assert client.get(missing).status_code == 404


def test_a_page_of_the_list_that_is_not_there_is_the_last_one(way, mine, client_of, drafter):
    way.to(State.CONSULTATION, on(way, LIBRARY_ACT, title="Only"))
    client = client_of(drafter)

    for wanted in ("99999999999999999999", "-1", "abc"):
        page = client.get(at(mine, "earlier"), {"page": wanted})
        assert [each.position.title for each in page.context["earlier"]] == ["Only"]


def test_what_was_said_first_is_remembered_longest(way, mine, drafter):
    """Age alone takes nothing out of the memory."""
    old = on(way, LIBRARY_ACT, title="Old")
    Position.objects.filter(pk=old.pk).update(created_at=clock.now().replace(year=2001))

    assert offered(mine, drafter) == ["Old"]
