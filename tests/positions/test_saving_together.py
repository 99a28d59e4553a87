"""Two people who save on the same version."""

import pytest

from core import audit
from members.models import Authority
from positions.choices import Keep
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")

TEXT = "First paragraph.\n\nSecond paragraph."
POINTS = "The first thing.\nThe second thing."


def save(client, position, **sent):
    typed = {
        "title": "On the opening hours",
        "addressee": position.addressee_id,
        "addressed": position.addressee_id,
        "body": TEXT,
        "points": POINTS,
        "base": 1,
        "note": "",
    }
    return client.post(at(position, "edit"), {**typed, **sent}, follow=True)


@pytest.fixture
def position(way):
    return way.start()


@pytest.fixture
def mine(client_of, drafter):
    return client_of(drafter)


@pytest.fixture
def theirs(client_of, coordinator):
    return client_of(coordinator)


def current(position):
    position.refresh_from_db()
    text = position.current
    return text.title, text.body, [point.text for point in text.points.all()]


def told(response):
    return [str(message) for message in response.context["messages"]]


def decide(client, page, **keeps):
    """Send the form of the conflicts as the browser would, with these decisions."""
    form = page.context["decide"]
    sent = {name: form[name].value() for name in form.fields if not name.startswith("keep_")}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return client.post(at(page.context["position"], "edit"), {**sent, **keeps}, follow=True)


# Merging -----------------------------------------------------------------------------------------


def test_changes_to_different_parts_come_together(position, mine, theirs, drafter, coordinator):
    save(theirs, position, title="On opening", body="First paragraph, longer.\n\nSecond paragraph.")

    page = save(
        mine, position, body="First paragraph.\n\nSecond, too.", points=POINTS + "\nA third one."
    )

    assert current(position) == (
        "On opening",
        "<p>First paragraph, longer.</p><p>Second, too.</p>",
        ["The first thing.", "The second thing.", "A third one."],
    )
    assert told(page) == [
        "Version 3 was saved. What was saved meanwhile is in it: version 2 by Coordinator."
    ]
    assert audit.last_of(position).payload == {
        "version": 3,
        "new": True,
        "base": 1,
        "merged": [2],
        "authors": sorted([drafter.pk, coordinator.pk]),
    }


def test_the_history_tells_of_the_joining(position, mine, theirs):
    save(theirs, position, body="First paragraph, longer.\n\nSecond paragraph.")
    save(mine, position, points="Another thing.")

    entries = mine.get(at(position)).context["page"].timeline

    assert entries[0]["what"] == "Version 3 was saved, joined with version 2"


def test_what_others_have_saved_already_makes_no_version(position, mine, theirs):
    save(theirs, position, title="On opening")

    page = save(mine, position, title="On opening")

    assert told(page) == ["Nothing has changed, so no new version was made."]
    assert position.versions.count() == 2


def test_an_addressee_is_joined_as_well(position, mine, theirs, authority):
    other = Authority.objects.create(name_hu="Másik Hivatal", kind=authority.kind)
    save(theirs, position, addressee=other.pk)

    save(mine, position, title="On opening")

    position.refresh_from_db()
    assert (position.addressee, position.title) == (other, "On opening")


# Conflicts ---------------------------------------------------------------------------------------


def test_the_same_paragraph_is_decided_by_the_person_and_the_rest_is_joined(position, mine, theirs):
    save(theirs, position, title="On opening", body="First of theirs.\n\nSecond paragraph.")

    page = save(mine, position, body="First of mine.\n\nSecond, too.")

    assert page.status_code == 409
    assert [conflict["part"] for conflict in page.context["conflicts"]] == ["paragraph"]
    assert page.context["form"]["body"].value() == "First of mine.\n\nSecond, too."
    assert page.context["form"]["title"].value() == "On opening"
    assert position.versions.count() == 2


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        (Keep.THEIRS, "<p>First of theirs.</p>"),
        (Keep.MINE, "<p>First of mine.</p>"),
        (Keep.BOTH, "<p>First of theirs.</p><p>First of mine.</p>"),
    ],
)
def test_a_decided_conflict_is_saved(keep, kept, position, mine, theirs):
    save(theirs, position, title="On opening", body="First of theirs.\n\nSecond paragraph.")
    page = save(mine, position, body="First of mine.\n\nSecond, too.")

    decide(mine, page, keep_0=keep)

    assert current(position)[:2] == ("On opening", kept + "<p>Second, too.</p>")


@pytest.mark.parametrize("keeps", [{}, {"keep_0": "nonsense"}, {"keep_7": "mine"}])
def test_an_undecided_conflict_is_asked_again(keeps, position, mine, theirs):
    save(theirs, position, body="First of theirs.\n\nSecond paragraph.")
    page = save(mine, position, body="First of mine.\n\nSecond paragraph.")

    again = decide(mine, page, **keeps)

    assert again.status_code == 409
    assert position.versions.count() == 2


def test_a_decision_made_on_an_older_state_is_asked_again(position, mine, theirs):
    save(theirs, position, body="First of theirs.\n\nSecond paragraph.")
    page = save(mine, position, body="First of mine.\n\nSecond paragraph.")
    save(theirs, position, base=2, body="First, unseen by me.\n\nSecond paragraph.")

    again = decide(mine, page, keep_0="mine")

    assert again.status_code == 409
    assert "First, unseen by me." in position.versions.first().body


def test_title_point_and_addressee_can_collide_too(position, mine, theirs, authority):
    other = Authority.objects.create(name_hu="Másik Hivatal", kind=authority.kind)
    save(theirs, position, title="Theirs", points="The first of theirs.", addressee=other.pk)

    page = save(mine, position, title="Mine", points="The first of mine.", addressee="")

    assert [conflict["part"] for conflict in page.context["conflicts"]] == [
        "title",
        "addressee",
        "point",
    ]
    decide(mine, page, keep_0="mine", keep_1="theirs", keep_2="both")
    assert current(position) == (
        "Mine",
        "<p>First paragraph.</p><p>Second paragraph.</p>",
        ["The first of theirs.", "The first of mine."],
    )
    assert position.addressee == other


def test_there_is_no_keeping_two_titles(position, mine, theirs):
    save(theirs, position, title="Theirs")
    page = save(mine, position, title="Mine")

    assert decide(mine, page, keep_0="both").status_code == 409


def test_a_paragraph_removed_by_one_and_changed_by_the_other_is_asked_about(position, mine, theirs):
    save(theirs, position, body="Second paragraph.")

    page = save(mine, position, body="First paragraph, longer.\n\nSecond paragraph.")

    assert page.status_code == 409
    assert "Removed:" in page.content.decode()


@pytest.mark.parametrize("base", [0, 7, 99999])
def test_a_base_nobody_saved_overwrites_nothing(base, position, mine, theirs):
    save(theirs, position, body="First of theirs.\n\nSecond paragraph.")

    page = save(mine, position, base=base, body="First of mine.\n\nSecond paragraph.")

    assert page.status_code == 409
