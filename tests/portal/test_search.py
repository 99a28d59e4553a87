"""Search: only what one may see, at once; hostile words; kept current; the page."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from core import clock
from core.search import finding, keeping
from core.search.asking import Question
from core.search.index import FTS
from core.search.models import SearchDocument, SearchProgress
from core.search.sources import Entry, Words
from iksz_portal import searching, tasks
from iksz_portal.searching import SEARCH
from members.models import Library, Person
from positions import actions
from positions.choices import Confidentiality, ConsultationState, MeetingState, State
from positions.models import Consultation, Meeting, Message, Position
from positions.searching import scopes_of
from tests.cast import make_library, signed_in, yesterday
from tests.portal.permissions import ROLES

pytestmark = pytest.mark.django_db


def afresh(person):
    """As the next request meets them."""
    return Person.objects.get(pk=person.pk) if person.pk else person


def found(words, person, **narrowed):
    """{kind: ids} of the hits."""
    rows = SEARCH.find(
        Question(words, **narrowed), Person.objects.get(pk=person.pk) if person.pk else person
    ).rows
    return {(row.kind, row.object_id) for row in rows}


def positions_found(words, person):
    return {key for kind, key in found(words, person) if kind == "position"}


def visible(person):
    return set(Position.objects.visible_to(afresh(person)).values_list("pk", flat=True))


@pytest.fixture
def people(request):
    return {role: request.getfixturevalue(name) for role, name in ROLES.items()}


def asked_for(source, person):
    """What the database is asked, with its values, when this person looks for things of a kind."""
    try:
        return source.visible(person).query.sql_with_params()
    except EmptyResultSet:
        return None


@pytest.fixture
def former(former_representative, left_representative):
    return {"former": former_representative, "left": left_representative}


# Only what one may see ---------------------------------------------------------------------------


def test_search_finds_exactly_what_each_role_may_see_in_every_state(way, people, former):
    for state in way.STEPS:
        way.to(state)
    searching.follow()

    hits = {role: positions_found("opening", person) for role, person in (people | former).items()}

    assert hits == {role: visible(person) for role, person in (people | former).items()}
    assert len(hits["staff"]) > len(hits["library"]) > len(hits["visitor"]) > 0
    assert hits["former"] == hits["visitor"]


def test_every_kind_is_found_by_exactly_those_who_may_see_it(coming, way, people, former):
    for confidentiality in Confidentiality:
        coming.to(ConsultationState.ASSIGNED, confidentiality=confidentiality)
        coming.record(confidentiality=confidentiality)
    answered = way.to(State.ANSWERED)
    Message.objects.filter(submission__position=answered).update(
        published_text="What they say of opening.", published_at=clock.now()
    )
    way.to(State.REJECTED)
    Meeting.objects.create(
        year=2026, number=1, starts_at=clock.now(), place="Here", created_by=people["secr"]
    )
    searching.reindex()
    words = {
        **{"consultation": "reading", "resolution": "opening", "answer": "opening"},
        **{"meeting": "meeting", "section": "tagozat", "library": "library"},
    }

    for role, person in (people | former).items():
        for kind, asked in words.items():
            source, reader = SEARCH.sources[kind], afresh(person)
            seen = set(source.visible(reader).values_list("pk", flat=True))
            hits = {key for each, key in found(asked, person) if each == kind}
            assert (role, kind, hits) == (role, kind, seen)


def test_who_has_the_same_scopes_on_the_same_day_is_shown_the_same(people, former):
    """As what the database is asked is kept for all of them, for a day."""
    rooms = [source for source in SEARCH.sources.values() if source.visible]
    asked, scopes = {}, set()
    for hour, person in product((1, 12, 20), (people | former).values()):
        with clock.at(clock.now().replace(hour=hour)):
            reader = afresh(person)
            theirs = frozenset(scopes_of(reader) or ["everything"])
            with CaptureQueriesContext(connection) as queries:
                asks = {source.kind: asked_for(source, reader) for source in rooms}
        assert asked.setdefault(theirs, asks) == asks
        assert len(queries) == 0
        scopes.add(theirs)
    assert 3 < len(scopes) < len(people | former)


def test_the_day_after_a_mandate_ended_its_hits_are_gone(way, representative):
    position = way.to(State.CONSULTATION)
    searching.follow()
    representative.mandates.update(ended_on=clock.today())

    assert positions_found("opening", representative) == {position.pk}
    with clock.at(clock.now() + timedelta(days=1)):
        assert positions_found("opening", representative) == set()


def test_an_author_finds_the_draft_until_taken_from_it(way, drafter, representative, coordinator):
    position = way.start()
    searching.follow()
    assert positions_found("opening", drafter) == {position.pk}
    assert positions_found("opening", representative) == set()

    actions.add_author(position=position, author=representative, by=coordinator)
    searching.follow()
    assert positions_found("opening", representative) == {position.pk}

    position.authors.remove(representative)
    assert positions_found("opening", representative) == set()


def test_O_064_what_is_not_listed_any_more_is_gone_at_once(library, county):
    library.name = "Egyetlen Mesekönyvtár"
    library.save()
    searching.follow()
    assert found("mesekönyvtár", AnonymousUser()) == {("library", library.pk)}

    library.memberships.update(ended_on=yesterday())

    result = SEARCH.find(Question("mesekönyvtár"), AnonymousUser())
    assert (result.rows, result.count, result.facets()["county"]) == ([], 0, [])
    assert SEARCH.find(Question("mesekönyvtra"), AnonymousUser()).suggestion == ""


@pytest.mark.parametrize("words", ["zebrafinch", "zebrafinch opening", "zebrafinch zzz"])
def test_O_005_what_is_there_but_not_listed_is_answered_like_what_is_not(client, library, words):
    Library.objects.filter(pk=library.pk).update(name="Zebrafinch Library")
    searching.reindex()
    library.memberships.update(ended_on=yesterday())

    def told(asked):
        found = client.get(reverse("search:page"), {"q": asked}).context["results"].found
        return found.rows, found.has_more, found.some_only, found.suggestion

    assert told(words) == told(words.replace("finch", "crow"))


def test_O_005_a_word_of_a_hidden_text_is_answered_like_any_other(way, representative):
    """What the index still counts as an author's own, and the room does not."""
    hidden, _known = way.start(body="<p>Zebrafinch opening.</p>"), way.to(State.CONSULTATION)
    hidden.authors.add(representative)
    searching.reindex()
    hidden.authors.clear()

    def told(words):
        answer = SEARCH.find(Question(words), afresh(representative))
        return [row.object_id for row in answer.rows], answer.some_only, answer.has_more

    assert told("opening zebrafinch") == told("opening zebracrow") != ([], False, False)


def test_notes_of_minutes_are_not_found_before_all_is_decided(sitting, board):
    """They tell votes, also to whoever takes no part in a decision (`policy.reads_minutes`)."""
    meeting = sitting.plan()
    sitting.add_position(meeting)
    sitting.came(sitting.open(sitting.move(meeting, "convene")))
    meeting.agenda.update(note="Zebrafinch said no.")

    seen = {}
    for state in (MeetingState.IN_SESSION, MeetingState.HELD, MeetingState.DRAFTED):
        Meeting.objects.filter(pk=meeting.pk).update(status=state)
        searching.reindex()
        seen[str(state)] = found("zebrafinch", board[0])

    assert list(seen.values()) == [set(), set(), {("meeting", meeting.pk)}]


def test_what_is_made_less_public_is_gone_before_the_index_hears_of_it(coming):
    consultation = coming.record(confidentiality=Confidentiality.PUBLIC, title="Sajátos tervezet")
    searching.follow()
    assert found("sajátos", AnonymousUser()) == {("consultation", consultation.pk)}

    Consultation.objects.update(confidentiality=Confidentiality.SECTIONS)

    assert found("sajátos", AnonymousUser()) == set()


def test_what_was_deleted_is_gone_at_once(library):
    searching.follow()
    alone = Library.objects.create(name="Elárvult", slug="e", county=library.county, city="E")
    searching.follow()
    alone.delete()

    assert found("elárvult", AnonymousUser()) == set()


def test_words_of_a_draft_are_in_no_excerpt_facet_count_or_suggestion_of_others(
    way, client, english
):
    way.start(title="Unheardof matter", body="<p>Canaries sing.</p>")
    searching.follow()

    for words in ("unheardof", "canaries", "unheardf"):
        page = client.get(reverse("search:page"), {"q": words}).text
        assert "Nothing was found" in page
        assert "MT-" not in page.replace("MT-2026/014", "")


# Kept current ------------------------------------------------------------------------------------


def test_a_new_text_is_found_and_the_old_one_no_more(way, rewrite, drafter):
    position = way.to(State.CONSOLIDATION)
    searching.follow()
    rewrite(position, "<p>Zebras only.</p>")
    searching.follow()

    assert positions_found("zebra", drafter) == {position.pk}
    assert positions_found("paragraph", drafter) == set()


def test_a_library_renamed_in_the_back_office_is_found_by_its_new_name(library):
    searching.follow()
    library.name = "Átkeresztelt Könyvtár"
    library.save()

    assert searching.follow() == 1
    assert found("átkeresztelt", AnonymousUser()) == {("library", library.pk)}


def test_following_when_nothing_happened_changes_nothing(way):
    way.to(State.SUBMITTED)
    assert searching.follow() > 0
    assert searching.follow() == 0


def test_reindexing_repairs_what_is_wrong_and_then_changes_nothing(way, library):
    way.to(State.SUBMITTED)
    searching.reindex()
    whole = list(SearchDocument.objects.values_list("id", "digest"))
    SearchDocument.objects.filter(kind="library").delete()
    SearchDocument.objects.filter(kind="position").update(digest="other", tokens="wnonsense")
    SearchDocument.objects.create(id=1, kind="forgotten", object_id=1, words={}, tokens="")

    searching.reindex()

    assert list(SearchDocument.objects.values_list("id", "digest")) == whole
    assert searching.reindex() == "Search: nothing new."


def test_the_index_is_followed_from_where_it_was_made(way):
    searching.reindex()
    position = way.to(State.SUBMITTED)
    searching.follow()

    seen = SearchProgress.objects.get(stream="acts").seen
    assert positions_found("opening", AnonymousUser()) == {position.pk}
    searching.follow()
    assert SearchProgress.objects.get(stream="acts").seen == seen


# Hostile words -----------------------------------------------------------------------------------

HOSTILE = [
    "opening AND",
    "opening OR hours",
    "NOT opening",
    '"opening hours',
    "opening* -hours",
    "tokens:opening",
    "opening NEAR/2 hours",
    "{a b} : opening",
    "'); DROP TABLE core_searchdocument; --",
    "opening' | !x & (",
    "opening:*",
    "<b>opening</b>",
    "%_\\opening",
    "spublic",
    "ssection1",
    "kposition",
    "opening 🦓",
    "opening ⑴ x⑵",
    "🄀 opening ㈠ ½",
    "орening",
    "İstanbul ﬁne ŁÓDŹ ß",
    "a",
    "aaaaaaaa" * 20,
]


@pytest.mark.parametrize("words", HOSTILE)
def test_O_017_no_word_is_an_operator(way, client, words):
    way.to(State.SUBMITTED)
    searching.follow()

    response = client.get(reverse("search:page"), {"q": words})

    assert response.status_code == 200
    assert escape(words) in response.text
    assert SearchDocument.objects.exists()


def test_O_017_a_text_of_foreign_words_is_not_too_long_for_the_index():
    words = " ".join(f"{number:05}字字字字字字字字" for number in range(14_000))
    entry = Entry(key=1, words={"": Words("Long", words)}, address="1")

    made = keeping.document_of(SEARCH.sources["position"], entry)

    assert len(made.tokens) < 2**20  # what a tsvector holds


def test_a_thing_that_cannot_be_indexed_keeps_no_other_from_it(county, caplog):
    good, bad = make_library(county, 1), make_library(county, 2)
    source = SEARCH.sources["library"]

    def entries(keys):
        if bad.pk in keys:
            raise ValueError("unreadable")
        return source.entries(keys)

    SearchDocument.objects.all().delete()
    keeping.refresh(replace(source, entries=entries), [good.pk, bad.pk])

    assert SearchDocument.objects.get().object_id == good.pk
    assert f"Not in the search index: library {bad.pk}." in caplog.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL joins them by itself")
def test_the_pieces_that_changes_leave_are_joined_by_the_sweep(library):
    def pieces():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(DISTINCT segid) FROM {FTS}_idx")
            return cursor.fetchone()[0]

    for number in range(5):
        library.name = f"Bibliotheca {number}"
        library.save()
        searching.follow()
    before = pieces()
    tasks.sweep()

    assert (before > 1, pieces()) == (True, 1)
    assert found("bibliotheca", AnonymousUser()) == {("library", library.pk)}


def test_the_longest_words_of_a_row_fit_into_the_index(library):
    Library.objects.filter(pk=library.pk).update(name="ő" * 200, city="ű" * 100)
    source = SEARCH.sources["library"]

    (entry,) = source.entries([library.pk])
    made = keeping.document_of(source, entry)

    made.clean_fields(exclude=["section", "year", "day", "state"])


@pytest.mark.parametrize("words", ["---", "🦓🦓", "‑‑ … !", "   ", '"', "''"])
def test_signs_alone_ask_for_nothing(client, words, english):
    page = client.get(reverse("search:page"), {"q": words})

    assert (page.status_code, "What can be found here" in page.text) == (200, True)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 10_000},
        {"q": "a", "kind": "nonsense"},
        {"q": "a", "section": "1 OR 1"},
        {"q": "a", "section": "9" * 40},
        {"q": "a", "year": "20a6"},
        {"q": "a", "state": "x'y"},
        {"q": "a", "county": "%"},
    ],
)
def test_what_makes_no_sense_is_said_beside_the_box(client, asked, english):
    page = client.get(reverse("search:page"), asked)

    assert (page.status_code, "This cannot be searched for" in page.text) == (200, True)


def test_unknown_parameters_and_pages_are_left_aside(way, client):
    way.to(State.SUBMITTED)
    searching.follow()

    for asked in ({"page": "999999999999"}, {"page": "x"}, {"order_by": "-x"}, {"kind": ""}):
        page = client.get(reverse("search:page"), {"q": "opening", **asked})
        assert (page.status_code, page.context["results"].found.count) == (200, 2)


# The page ----------------------------------------------------------------------------------------


def test_each_hit_says_what_it_is_and_where_the_words_stand(way, client, english):
    position = way.to(State.SUBMITTED)
    searching.follow()

    page = client.get(reverse("search:page"), {"q": "paragraphs opening"}).text

    assert "On the <mark>opening</mark> hours" in page
    assert "First <mark>paragraph</mark>." in page
    assert f'href="{position.get_absolute_url()}"' in page


def test_marks_do_not_open_a_way_for_markup(way, client):
    position = way.to(State.SUBMITTED)
    Position.objects.filter(pk=position.pk).update(title="<script>opening</script>")
    searching.reindex()

    page = client.get(reverse("search:page"), {"q": "opening"}).text

    assert "&lt;script&gt;<mark>opening</mark>&lt;/script&gt;" in page


def test_hits_are_narrowed_by_kind_and_told_how_many(way, client, english):
    way.to(State.SUBMITTED)
    searching.follow()

    page = client.get(reverse("search:page"), {"q": "opening", "kind": "resolution"})

    results = page.context["results"]
    assert [row.kind for row in results.found.rows] == ["resolution"]
    assert [(facet.name, facet.chosen) for facet in results.chosen] == [("kind", "Resolutions")]


def states():
    return [
        (source.kind, state)
        for source in SEARCH.sources.values()
        if source.states
        for state in source.states.values
    ]


@pytest.mark.parametrize(("kind", "state"), states())
def test_hits_are_narrowed_by_each_state_there_is(client, way, kind, state):
    way.to(State.SUBMITTED)
    searching.follow()
    asked = {"q": "opening", "kind": kind, "state": state}

    results = client.get(reverse("search:page"), asked).context["results"]

    found = 1 if (kind, state) in {("position", "submitted"), ("resolution", "accepted")} else 0
    assert results.found.count == found


def test_a_state_of_two_words_is_found(way, staff):
    position = way.to(State.SECTION_VOTE)
    searching.follow()

    hits = found("opening", staff, kind="position", state="section_vote")

    assert hits == {("position", position.pk)}


def test_more_than_are_read_is_said_so(monkeypatch, way, client, english):
    monkeypatch.setattr(finding.Search.find, "__kwdefaults__", {"most": 1})
    way.to(State.SUBMITTED)
    searching.follow()

    page = client.get(reverse("search:page"), {"q": "opening"})

    assert (page.context["results"].found.count, page.context["results"].found.has_more) == (
        1,
        True,
    )
    assert "more than" in page.text


def test_in_place_only_the_hits_are_sent(way, client):
    way.to(State.SUBMITTED)
    searching.follow()

    page = client.get(reverse("search:page"), {"q": "opening"}, headers={"HX-Request": "true"})

    assert ("<html" in page.text, 'id="results"' in page.text, 'role="status"' in page.text) == (
        False,
        True,
        True,
    )


def test_in_place_the_window_is_named_after_what_was_asked(client):
    asked = {"q": "<opening>"}
    whole = client.get(reverse("search:page"), asked).text
    part = client.get(reverse("search:page"), asked, headers={"HX-Request": "true"}).text

    titles = [text[text.index("<title>") : text.index("</title>")] for text in (whole, part)]

    assert titles[0] == titles[1]
    assert "&lt;opening&gt;" in titles[0]


def test_a_visitor_asks_so_often_a_minute_and_a_member_as_often_as_need_be(
    client, client_of, drafter, settings
):
    settings.SEARCHES_PER_MINUTE = 2
    page = reverse("search:page")

    with time_machine.travel(clock.now(), tick=False) as traveller:
        asked = [client.get(page, {"q": "opening"}) for _time in range(3)]
        in_place = client.get(page, {"q": "opening"}, headers={"HX-Request": "true"})
        by_member = [client_of(drafter).get(page, {"q": "opening"}) for _time in range(3)]
        unasked = client.get(page)
        traveller.shift(timedelta(seconds=30))
        later = client.get(page, {"q": "opening"})

    assert [each.status_code for each in asked] == [200, 200, 429]
    assert asked[-1]["Retry-After"] == "30"
    assert (in_place.status_code, in_place["HX-Redirect"]) == (429, f"{page}?q=opening")
    assert [each.status_code for each in (*by_member, unasked, later)] == [200] * 5


def test_the_page_is_not_to_be_indexed(client):
    page = client.get(reverse("search:page"), {"q": "opening"})

    assert (page["X-Robots-Tag"], '<meta name="robots" content="noindex">' in page.text) == (
        "noindex",
        True,
    )


@pytest.mark.parametrize("words", ["opening", "opning", "paragraph hours", "nothinglikeit", "lib"])
def test_a_visitor_costs_seven_queries_at_most_whatever_is_asked(way, client, county, words):
    make_library(county, 7)
    way.to(State.SUBMITTED)
    searching.follow()
    client.get(reverse("search:page"), {"q": "the first"})  # from now on the tries are counted

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("search:page"), {"q": words})

    assert len(asked) <= 7


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_hits_changes_no_number_of_queries(way, representative, rows):
    for _each in range(rows):
        way.to(State.CONSULTATION)
    searching.follow()
    reader = signed_in(representative)
    reader.get(reverse("home"))

    with CaptureQueriesContext(connection) as asked:
        reader.get(reverse("search:page"), {"q": "opening"})

    assert len(asked) == 9
