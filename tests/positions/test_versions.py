import re
import uuid

import pytest

from positions import actions
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")

FIRST, SECOND = "<p>First paragraph.</p>", "<p>Second paragraph.</p>"


def rewrite(position, by, *blocks, **text):
    position.refresh_from_db()
    facts = {"title": position.title, "points": [], **text}
    return actions.save_draft(
        position=position,
        by=by,
        base=position.current.number,
        body="".join(blocks),
        addressee=position.addressee,
        **facts,
    )


def html_of(response):
    return response.content.decode()


def told(response):
    return [str(message) for message in response.context["messages"]]


# Comparing ---------------------------------------------------------------------------------------


def test_any_two_versions_are_compared(way, client_of, drafter):
    position = way.start()
    rewrite(position, drafter, FIRST)
    rewrite(position, drafter, FIRST, "<p>Third paragraph.</p>")

    page = client_of(drafter).get(at(position, "compare"), {"old": 1, "new": 3})

    assert "<p><del>Second</del> <ins>Third</ins> paragraph.</p>" in html_of(page)


def test_the_last_two_are_compared_unless_others_are_asked_for(way, client_of, drafter):
    position = rewrite(way.start(), drafter, FIRST)

    page = client_of(drafter).get(at(position, "compare"))

    assert (page.context["old"].number, page.context["new"].number) == (1, 2)


def test_two_versions_stand_side_by_side(way, client_of, drafter):
    position = rewrite(way.start(), drafter, FIRST, "<p>Second part.</p>")

    html = html_of(client_of(drafter).get(at(position, "compare"), {"view": "sides"}))

    assert re.search(r"<p>Second <del>paragraph</del> ?\.</p>", html)
    assert re.search(r"<p>Second  ?<ins>part</ins>\.</p>", html)


def test_a_moved_paragraph_is_said_to_have_moved(way, client_of, drafter):
    position = rewrite(way.start(), drafter, SECOND, FIRST, points=["The first thing."])

    html = html_of(client_of(drafter).get(at(position, "compare")))

    assert "Moved: now it is paragraph 1." in html
    assert "Moved here; it was paragraph 2." in html
    assert [word for word in ("First", "Second") if f"<del>{word}" in html] == []


@pytest.mark.parametrize("asked", [{"old": 9}, {"new": "x"}, {"view": "upside down"}])
def test_a_version_that_does_not_exist_cannot_be_compared(asked, way, client_of, drafter):
    page = client_of(drafter).get(at(way.start(), "compare"), asked)

    assert (page.status_code, page.context["difference"]) == (200, None)


def test_a_version_says_the_same_as_itself(way, client_of, drafter):
    page = client_of(drafter).get(at(way.start(), "compare"), {"old": 1, "new": 1})

    assert "Both versions say the same." in html_of(page)


# Restoring ---------------------------------------------------------------------------------------


def test_an_older_version_is_restored_as_the_next_one(way, client_of, drafter):
    position = rewrite(way.start(), drafter, "<p>Worse words.</p>", title="Worse")

    page = client_of(drafter).post(at(position, "restore", 1), {"base": 2}, follow=True)

    position.refresh_from_db()
    assert told(page) == ["Version 1 was restored; it is version 3 now."]
    assert (position.title, position.current.body) == ("On the opening hours", FIRST + SECOND)
    assert position.current.note == "Restored from version 1."
    assert [p.text for p in position.current.points.all()] == [
        "The first thing.",
        "The second thing.",
    ]


def test_restoring_what_the_text_says_already_makes_no_version(way, client_of, drafter):
    position = way.start()

    page = client_of(drafter).post(at(position, "restore", 1), {"base": 1}, follow=True)

    assert told(page) == ["The text says what version 1 says, so no new version was made."]
    assert position.versions.count() == 1


def test_a_version_restored_five_times_by_one_form_is_restored_once(way, client_of, drafter):
    position = rewrite(way.start(), drafter, "<p>Worse words.</p>")
    client, key = client_of(drafter), str(uuid.uuid4())

    for _time in range(5):
        client.post(at(position, "restore", 1), {"base": 2, "once": key})

    assert position.versions.count() == 3


def test_restoring_keeps_what_was_saved_meanwhile(way, client_of, drafter, coordinator):
    position = rewrite(way.start(), drafter, FIRST, "<p>Worse words.</p>")
    rewrite(position, coordinator, FIRST, "<p>Worse words.</p>", "<p>Quite new.</p>")

    client_of(drafter).post(at(position, "restore", 1), {"base": 2})

    assert position.versions.first().body == FIRST + SECOND + "<p>Quite new.</p>"


def test_restoring_over_a_change_of_the_same_paragraph_asks(way, client_of, drafter, coordinator):
    position = rewrite(way.start(), drafter, FIRST, "<p>Worse words.</p>")
    rewrite(position, coordinator, FIRST, "<p>Better words.</p>")

    page = client_of(drafter).post(at(position, "restore", 1), {"base": 2})

    assert page.status_code == 409
    assert position.versions.count() == 3


def test_restoring_is_offered_to_those_who_may_edit(way, client_of, drafter, coordinator, staff):
    position = rewrite(way.start(), drafter, FIRST)

    offers = [
        client_of(person).get(at(position, "version", 1)).context["restore"] is not None
        for person in (drafter, coordinator, staff)
    ]

    assert offers == [True, True, False]
    assert client_of(drafter).get(at(position, "version", 2)).context["restore"] is None


# Citing ------------------------------------------------------------------------------------------


def test_the_paragraphs_of_every_version_can_be_cited(way, client_of, drafter):
    position = rewrite(way.start(), drafter, FIRST, "<p>Quite new.</p>", SECOND)

    pages = [html_of(client_of(drafter).get(at(position, "version", n))) for n in (1, 2)]

    assert [re.findall(r'id="(p\d+)"', page) for page in pages] == [
        ["p1", "p2"],
        ["p1", "p2", "p3"],
    ]


def test_a_version_says_who_spoke_and_decided_on_it(way, client_of, coordinator, drafter):
    position = rewrite(way.start(), drafter, FIRST)
    for step in (way.consult, way.consolidate, way.open_vote, way.adopt, way.forward):
        position = step(position)
    position = way.accept(way.take_up(position))
    client = client_of(coordinator)

    first, second = (client.get(at(position, "version", n)).context["seen_by"] for n in (1, 2))

    assert first == []
    assert [term for term, _value in second] == [
        "Opened for comments",
        "Vote of the section opened",
        "Vote of the board opened",
        "Resolution of the board",
    ]
