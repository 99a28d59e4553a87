import uuid

import pytest
from django.urls import reverse

from core import audit
from core.models import OnceKey
from members.models import Person
from positions import actions, timeline
from positions.choices import Kind, State
from positions.models import Position
from tests.positions.web import at, errors_of

pytestmark = pytest.mark.usefixtures("english")


def start_url():
    return reverse("positions:start")


@pytest.fixture
def typed(section, authority):
    return {
        "section": section.pk,
        "kind": Kind.PROPOSAL,
        "title": "On the mobile libraries",
        "addressee": authority.pk,
        "body": "First paragraph.\r\n\r\n## A heading\r\n\r\n- one\r\n- two",
        "points": "More money.\r\n\r\n  New buses. \r\n",
    }


def save(client, position, **sent):
    typed = {"title": position.title, "body": "First.", "points": "", "base": 1, "note": ""}
    return client.post(at(position, "edit"), {**typed, **sent})


# Starting ----------------------------------------------------------------------------------------


def test_whoever_acts_in_the_section_starts_a_draft(client_of, representative, typed):
    response = client_of(representative).post(start_url(), typed)

    position = Position.objects.get()
    assert response.url == at(position)
    assert (position.status, position.kind, position.created_by) == (
        State.DRAFT,
        Kind.PROPOSAL,
        representative,
    )
    assert position.current.body == (
        "<p>First paragraph.</p><h2>A heading</h2><ul><li>one</li><li>two</li></ul>"
    )
    assert [p.text for p in position.current.points.all()] == ["More money.", "New buses."]


def test_the_section_is_chosen_beforehand(client_of, representative, section):
    response = client_of(representative).get(start_url(), {"section": section.slug})

    assert response.context["form"].initial["section"] == section


def test_only_sections_one_acts_in_can_be_chosen(client_of, representative, typed, other_section):
    response = client_of(representative).post(start_url(), {**typed, "section": other_section.pk})

    assert errors_of(response, "section") != []
    assert Position.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "board_secretary", "former_representative"])
def test_others_cannot_start_a_position(who, client_of, request, typed):
    client = client_of(request.getfixturevalue(who))

    assert client.get(start_url()).status_code == 403
    assert client.post(start_url(), typed).status_code == 403
    assert Position.objects.count() == 0


def test_a_visitor_is_asked_to_sign_in(client, typed):
    assert client.get(start_url()).status_code == 302


def test_the_same_form_sent_five_times_starts_one_draft(client_of, representative, typed):
    client, key = client_of(representative), str(uuid.uuid4())

    answers = {client.post(start_url(), {**typed, "once": key}).url for _time in range(5)}

    assert answers == {at(Position.objects.get())}


def test_a_refused_form_may_be_sent_again_with_its_key(client_of, representative, typed):
    client, key = client_of(representative), str(uuid.uuid4())

    refused = client.post(start_url(), {**typed, "title": " ", "once": key})
    accepted = client.post(start_url(), {**typed, "once": key})

    assert errors_of(refused, "title") == ["This field is required."]
    assert accepted.status_code == 302
    assert OnceKey.objects.count() == 1


def test_more_than_was_asked_for_is_ignored(client_of, representative, typed, chair):
    extra = {
        "status": State.CLOSED,
        "number": 77,
        "year": 1999,
        "created_by": chair.pk,
        "published_at": "2026-01-01",
        "authors": chair.pk,
        "step": 9,
    }

    client_of(representative).post(start_url(), {**typed, **extra})

    position = Position.objects.get()
    assert (position.status, position.number, position.step) == (State.DRAFT, 1, 0)
    assert (position.created_by, position.published_at) == (representative, None)
    assert list(position.authors.all()) == [representative]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
        ("kind", "decree", "Select a valid choice. decree is not one of the available choices."),
        ("points", "x\n" * 51, "That is too many points; join some of them."),
        ("points", "y\n" + "x" * 1001, "Point 2 is longer than 1000 characters."),
    ],
)
def test_an_error_stands_beside_its_field(field, value, error, client_of, representative, typed):
    response = client_of(representative).post(start_url(), {**typed, field: value})

    assert errors_of(response, field) == [error]
    assert Position.objects.count() == 0


def test_line_breaks_in_a_title_become_spaces(client_of, representative, typed):
    client_of(representative).post(start_url(), {**typed, "title": "On\r\nBcc: x  buses"})

    assert Position.objects.get().title == "On Bcc: x buses"


# Editing -----------------------------------------------------------------------------------------


def test_saving_makes_a_version(way, client_of, drafter):
    position = way.start()

    response = save(client_of(drafter), position, title="New title", note="Shorter.")

    position.refresh_from_db()
    assert response.status_code == 302
    assert (position.title, position.current.number, position.current.note) == (
        "New title",
        2,
        "Shorter.",
    )


def test_the_form_says_what_the_draft_says(way, client_of, drafter):
    position = way.start()

    form = client_of(drafter).get(at(position, "edit")).context["form"]

    assert form["body"].value() == "First paragraph.\n\nSecond paragraph."
    assert form["points"].value() == "The first thing.\nThe second thing."


def test_saving_what_has_not_changed_makes_no_version_and_says_so(way, client_of, drafter):
    position = way.start()
    client = client_of(drafter)
    form = client.get(at(position, "edit")).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    response = client.post(at(position, "edit"), sent, follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "Nothing has changed, so no new version was made."
    ]
    assert position.versions.count() == 1


def test_a_text_that_has_moved_is_shown_beside_the_other_and_nothing_is_lost(
    way, client_of, drafter, coordinator
):
    position = way.start()
    save(client_of(coordinator), position, body="Theirs is here.")

    response = save(client_of(drafter), position, body="Mine is here.", points="A thing.")

    assert response.status_code == 409
    form = response.context["form"]
    assert form["body"].value() == "Mine is here."
    assert form["points"].value() == "A thing."
    assert form["base"].value() == 2
    html = response.content.decode()
    assert "<p>Mine is here.</p>" in html
    assert "<p>Theirs is here.</p>" in html
    assert "<del>Theirs</del> <ins>Mine</ins>" in html
    assert position.versions.count() == 2

    saved = save(client_of(drafter), position, body="Mine is here.", points="A thing.", base=2)

    assert saved.status_code == 302
    assert position.versions.first().body == "<p>Mine is here.</p>"


def test_an_addressee_chosen_meanwhile_stays(way, client_of, drafter, coordinator, authority):
    position = way.start(addressee=None)
    save(client_of(coordinator), position, body="Theirs.", addressee=authority.pk)

    response = save(client_of(drafter), position, body="Mine.", addressee="")

    assert response.status_code == 409
    assert response.context["form"]["addressee"].value() == authority.pk


def test_the_history_tells_a_new_version_from_a_new_addressee(way, drafter, authority):
    position = way.start(addressee=None)
    same = {"title": position.title, "body": position.current.body}
    same["points"] = [point.text for point in position.current.points.all()]
    text = {"position": position, "by": drafter, "base": 1}

    actions.save_draft(**text, **same, addressee=authority)
    actions.save_draft(**text, **{**same, "body": "<p>New.</p>"}, addressee=authority)

    told = timeline.entries(list(audit.of(position)), inside=True)
    assert [each["what"] for each in told][:2] == [
        "Version 2 was saved",
        "The addressee was saved",
    ]


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        (State.DRAFT, "coordinator", 200),
        (State.DRAFT, "representative", 404),
        (State.CONSULTATION, "representative", 403),
        (State.CONSULTATION, "drafter", 409),
        (State.CONSOLIDATION, "representative", 403),
        (State.CONSOLIDATION, "drafter", 200),
        (State.SECTION_VOTE, "coordinator", 409),
        (State.FORWARDED, "board_secretary", 403),
    ],
)
def test_the_text_is_edited_by_its_authors_while_it_is_written(
    state, who, status, position_in, client_of, request
):
    position = position_in(state)
    client = client_of(request.getfixturevalue(who))

    assert client.get(at(position, "edit")).status_code == status


def test_a_text_sent_too_late_is_handed_back(way, client_of, drafter):
    position = way.to(State.CONSULTATION)

    response = save(client_of(drafter), position, body="A whole evening of work.")

    assert response.status_code == 409
    assert "A whole evening of work." in response.content.decode()
    assert position.versions.count() == 1


def test_hostile_html_is_cleaned_on_the_way_in(way, client_of, drafter):
    position = way.start()

    save(
        client_of(drafter),
        position,
        body="<p onclick=x>Kind</p><script>x</script><a href='javascript:x'>words</a>",
    )

    assert position.versions.first().body == "<p>Kind</p><p>words</p>"


# Authors -----------------------------------------------------------------------------------------


def test_an_author_joins_and_leaves(way, client_of, drafter, representative):
    position = way.start()
    client = client_of(drafter)

    client.post(at(position, "authors"), {"author": representative.pk})
    assert set(position.authors.all()) == {drafter, representative}

    client.post(at(position, "authors"), {"remove": drafter.pk})
    assert set(position.authors.all()) == {representative}


def test_only_people_who_act_in_the_section_can_join(
    way, client_of, drafter, foreign_representative, former_representative, left_representative
):
    position = way.start()
    client = client_of(drafter)

    for person in (foreign_representative, former_representative, left_representative):
        response = client.post(at(position, "authors"), {"author": person.pk})
        assert errors_of(response, "author") != []
    offered = client.get(at(position, "authors")).context["form"].fields["author"].queryset
    assert set(offered) == set(
        Person.objects.filter(
            name__in=[
                "Representative",
                "Other.Representative",
                "Third.Representative",
                "Coordinator",
                "Chair",
            ]
        )
    )


@pytest.mark.parametrize("wrong", ["x", "0", "99999999999999999999", "-1"])
def test_somebody_who_is_no_author_cannot_be_removed(wrong, way, client_of, drafter):
    position = way.start()

    response = client_of(drafter).post(at(position, "authors"), {"remove": wrong})

    assert response.status_code == 404
    assert position.authors.count() == 1


def test_a_changed_text_makes_a_step_seen_before_it_stale(way, coordinator):
    position = way.start()

    saved = actions.save_draft(
        position=position,
        by=coordinator,
        base=1,
        title="T",
        body="<p>x</p>",
        points=[],
        addressee=position.addressee,
    )

    assert saved.step == position.step + 1
