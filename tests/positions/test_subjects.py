"""What a position is about: the laws its text cites, and its topics."""

import time
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positions import actions, subjects
from positions.choices import Action, Choice, State
from positions.models import Law, Position, Topic
from tests.positions.web import at

LIBRARY_ACT = "1997. évi CXL. törvény"
DECREE = "379/2017. (XII. 11.) Korm. rendelet"


def laws_of(position):
    return [law.citation for law in position.laws.all()]


def save(position, by, **sent):
    text = position.current
    facts = {
        "title": text.title,
        "body": text.body,
        "points": [point.text for point in text.points.all()],
        "addressee": position.addressee,
        "addressed": position.addressee,
    }
    return actions.save_draft(position=position, by=by, base=text.number, **{**facts, **sent})


# Laws --------------------------------------------------------------------------------------------


def test_the_laws_of_title_text_and_points_are_found(way):
    position = way.start(
        title="Az 1997. évi CXL. törvényről",
        body=f"<p>A <strong>{DECREE}</strong> szerint.</p>",
        points=["Az (EU) 2019/790 irányelvet ültessék át."],
    )

    assert laws_of(position) == ["(EU) 2019/790", LIBRARY_ACT, DECREE]


def test_the_laws_follow_the_text_as_it_is_saved(way, drafter):
    position = way.start(body=f"<p>Az {LIBRARY_ACT} és a {DECREE}.</p>")

    position = save(position, drafter, body=f"<p>A {DECREE} és az (EU) 2019/790.</p>")

    assert laws_of(position) == ["(EU) 2019/790", DECREE]


def test_a_restored_version_brings_its_laws_back(way, drafter):
    position = way.start(body=f"<p>Az {LIBRARY_ACT}.</p>")
    first = position.current
    position = save(position, drafter, body="<p>No law at all.</p>")

    position = actions.restore_version(position=position, by=drafter, version=first, base=2)

    assert laws_of(position) == [LIBRARY_ACT]


def test_the_wording_of_the_board_brings_its_laws_once_the_section_agrees(way):
    position = way.to(State.BOARD_REVIEW)
    way.vote(position, Choice.YES, Choice.YES, Choice.YES, ballot="board_ballot")
    text = {"title": position.title, "body": f"<p>Az {LIBRARY_ACT}.</p>", "points": []}
    position = way.decide(position, Action.ACCEPT_WITH_CHANGES, **text)
    before = laws_of(position)

    position = way.move(position, Action.AGREE_TO_CHANGES, note="Agreed.")

    assert (before, laws_of(position)) == ([], [LIBRARY_ACT])


def test_two_positions_on_the_same_law_share_it(way):
    way.start(body="<p>az 1997. évi CXL. tv.</p>")
    way.start(body="<p>az 1997.&nbsp;évi CXL. törvénnyel</p>")

    assert Law.objects.get().positions.count() == 2


def test_texts_from_before_are_searched_once(way):
    position = way.start(body=f"<p>Az {LIBRARY_ACT}.</p>")
    Law.objects.all().delete()
    migration = import_module("positions.migrations.0010_find_the_laws_texts_cite")

    migration.find(apps, None)

    assert laws_of(Position.objects.get(pk=position.pk)) == [LIBRARY_ACT]


# Topics ------------------------------------------------------------------------------------------


def topics_of(position):
    return [topic.name for topic in position.topics.all()]


def type_topics(client, position, typed, *, opened="", **sent):
    """Send the form of the text with nothing changed but the line of topics."""
    position.refresh_from_db()
    text = position.current
    as_opened = {
        "title": text.title,
        "body": text.body,
        "points": "\n".join(point.text for point in text.points.all()),
        "addressee": position.addressee_id,
        "addressed": position.addressee_id,
        "base": text.number,
        "note": "",
        "topics": typed,
        "topics_opened": opened,
    }
    return client.post(at(position, "edit"), {**as_opened, **sent}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def position(way):
    return way.start(topics=["Kölcsönzés"])


@pytest.fixture
def author(client_of, drafter):
    return client_of(drafter)


def test_a_position_is_started_with_topics(author, section):
    typed = {
        "section": section.pk,
        "kind": "opinion",
        "title": "On",
        "topics": "Buses;loans, Loans",
    }
    author.post(reverse("positions:start"), typed)

    assert topics_of(Position.objects.get()) == ["Buses", "Loans"]


def test_a_known_topic_is_found_however_it_is_written(author, position):
    other = Position.objects.get(pk=position.pk)

    type_topics(author, position, "KOLCSONZES; Nyitva\u2011tartás", opened="Kölcsönzés")

    assert topics_of(other) == ["Kölcsönzés", "Nyitva\u2011tartás"]
    assert Topic.objects.count() == 2


def test_topics_saved_alone_make_no_version(english, author, position):
    page = type_topics(author, position, "Kölcsönzés; Buses", opened="Kölcsönzés")

    assert told(page) == ["The topics were saved; the text has not changed."]
    assert position.versions.count() == 1
    assert page.context["page"].timeline[0]["what"] == "The topics were saved"


def test_topics_and_addressee_are_told_together(english, author, position):
    page = type_topics(author, position, "", opened="Kölcsönzés", addressee="")

    told_both = "The addressee and the topics were saved; the text has not changed."
    assert told(page) == [told_both]
    assert page.context["page"].timeline[0]["what"] == "The addressee and the topics were saved"


def test_what_two_people_add_and_remove_at_once_is_all_added_and_removed(
    author, client_of, coordinator, position
):
    type_topics(author, position, "Kölcsönzés; Raktár", opened="Kölcsönzés")

    type_topics(client_of(coordinator), position, "Busz; Raktár", opened="Kölcsönzés; Raktár")
    type_topics(author, position, "Kölcsönzés; Sajtó", opened="Kölcsönzés; Raktár")

    assert topics_of(position) == ["Busz", "Sajtó"]


TOPICS = st.lists(st.sampled_from(["a", "b", "c", "d", "é"]), unique=True, max_size=4)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(TOPICS, TOPICS, TOPICS)
def test_topics_merge_as_sets(position, opened, mine, theirs):
    position.topics.set(subjects.topics_named(opened))

    for named in (theirs, mine):
        subjects.change_topics(position, named=named, opened=opened)

    added, removed = {*mine, *theirs} - {*opened}, {*opened} - ({*mine} & {*theirs})
    assert {*topics_of(position)} == ({*opened} | added) - removed


def test_a_restored_version_keeps_the_topics_of_today(position, drafter):
    save(position, drafter, body="<p>Other words.</p>")

    restored = actions.restore_version(
        position=position, by=drafter, version=position.versions.get(number=1), base=2
    )

    assert topics_of(restored) == ["Kölcsönzés"]


def test_topics_typed_into_a_text_that_has_moved_are_not_lost(author, position, drafter):
    save(position, drafter, body="<p>Theirs.</p><p>Second paragraph.</p>")
    mine = {"body": "<p>Mine.</p><p>Second paragraph.</p>", "base": 1}
    page = type_topics(author, position, "Busz", opened="Kölcsönzés", **mine)
    form = page.context["decide"]
    sent = {name: form[name].value() for name in form.fields if not name.startswith("keep_")}

    author.post(at(position, "edit"), {**sent, "note": "", "keep_0": "mine"})

    assert page.status_code == 409
    assert topics_of(position) == ["Busz"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("; ".join("abcdefghijk"), ["That is too many topics: name at most 10."]),
        ("a" * 81, [f"“{'a' * 20}…” is too long for a topic: at most 80 characters."]),
        ("-; –;  , ;", []),
    ],
)
def test_what_topics_may_be(english, author, position, typed, said):
    page = type_topics(author, position, typed)

    form = page.context.get("form")
    assert (form.errors.get("topics", []) if form else []) == said
    assert topics_of(position) == ["Kölcsönzés"]


@pytest.mark.parametrize("piece", ["a", "[", "<b>", ">", "@@@@", "a;", "\u0301"])
@pytest.mark.parametrize("field", ["topics", "topics_opened"])
def test_O_017_an_endless_line_of_topics_is_no_fault(author, position, piece, field):
    began = time.process_time()

    page = type_topics(author, position, **{"typed": "", field: (piece * 100_000)[:100_000]})

    assert page.status_code == 200
    assert time.process_time() - began < 2


def test_O_020_a_topic_is_shown_as_text(author, position):
    typed = '"><svg onload=__xss=1>'
    page = type_topics(author, position, typed)
    edit = author.get(at(position, "edit"))

    assert "<svg onload" not in page.content.decode() + edit.content.decode()
    assert typed in topics_of(position)


# Suggestions --------------------------------------------------------------------------------------

CANARY = "CANARY-D1-7f3a"


def test_topics_of_what_one_may_see_are_suggested(author, position):
    page = author.get(reverse("positions:start")).content.decode()

    assert '<option value="Kölcsönzés">' in page


def test_O_005_topics_of_hidden_drafts_are_not_suggested(client_of, way, foreign_representative):
    way.start(topics=[CANARY])

    page = client_of(foreign_representative).get(reverse("positions:start"))

    assert page.status_code == 200
    assert CANARY not in page.content.decode()
