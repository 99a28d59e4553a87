import uuid
from datetime import timedelta

import pytest

from core.workflow import NotAllowed, SomethingMissing
from positions import actions, commenting
from positions.choices import Audience, State
from positions.models import Comment
from tests.positions.web import at, errors_of

pytestmark = pytest.mark.usefixtures("english")


def send(client, position, **sent):
    form = {"text": "Shorter!", "version": 1, "audience": "section", **sent}
    return client.post(at(position, "comment"), form)


def test_a_library_comments_on_a_paragraph(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)

    response = send(client_of(representative), position, library=library.pk, paragraph=2)

    comment = Comment.objects.get()
    assert response.url == f"{at(position)}#c{comment.pk}"
    assert (comment.library, comment.author, comment.paragraph, comment.text) == (
        library,
        representative,
        2,
        "Shorter!",
    )


def test_a_paragraph_is_chosen_beforehand(way, client_of, representative):
    position = way.to(State.CONSULTATION)

    page = client_of(representative).get(at(position, "comment"), {"paragraph": "2"})

    assert page.context["form"]["paragraph"].value() == "2"


def test_an_office_holder_speaks_without_a_library(way, client_of, coordinator):
    position = way.to(State.CONSULTATION)

    send(client_of(coordinator), position, library="")

    assert (Comment.objects.get().library, Comment.objects.get().paragraph) == (None, None)


def test_a_representative_speaks_only_for_a_library(way, representative):
    version = way.to(State.CONSULTATION).current

    with pytest.raises(NotAllowed):
        commenting.comment(version=version, by=representative, text="My own view.")

    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"paragraph": "3"}, "paragraph"),
        ({"paragraph": "x"}, "paragraph"),
        ({"library": ""}, "library"),
        ({"library": "999"}, "library"),
    ],
)
def test_an_error_stands_beside_its_field(sent, field, way, client_of, representative, library):
    position = way.to(State.CONSULTATION)

    response = send(client_of(representative), position, **{"library": library.pk, **sent})

    assert list(response.context["form"].errors) == [field]
    assert Comment.objects.count() == 0


def test_nobody_comments_for_a_library_of_others(way, client_of, representative, libraries):
    position = way.to(State.CONSULTATION)

    response = send(client_of(representative), position, library=libraries[1].pk)

    assert errors_of(response, "library") != []


def test_a_comment_on_a_text_that_has_changed_is_shown_again(way, client_of, coordinator):
    position = way.to(State.CONSOLIDATION)
    actions.save_draft(
        position=position,
        by=coordinator,
        base=1,
        title="T",
        body="<p>New words.</p>",
        points=[],
        addressee=position.addressee,
    )
    client = client_of(coordinator)

    response = send(client, position)

    assert errors_of(response, None) == [
        "The text has changed meanwhile. Look at it again, then send your comment."
    ]
    assert response.context["form"]["text"].value() == "Shorter!"
    assert response.context["form"]["version"].value() == 2
    assert send(client, position, version=2).status_code == 302


def test_the_same_comment_sent_twice_is_one_comment(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    client, key = client_of(representative), str(uuid.uuid4())

    for _time in range(3):
        send(client, position, library=library.pk, once=key)

    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "who", "status"),
    [
        (State.DRAFT, "drafter", 200),
        (State.DRAFT, "representative", 404),
        (State.CONSOLIDATION, "representative", 200),
        (State.SECTION_VOTE, "representative", 409),
        (State.FORWARDED, "board_chair", 403),
        (State.SUBMITTED, "stranger", 403),
    ],
)
def test_comments_are_written_while_the_text_is_open(
    state, who, status, position_in, client_of, request
):
    position = position_in(state)

    client = client_of(request.getfixturevalue(who))

    assert client.get(at(position, "comment")).status_code == status


def test_the_last_second_for_comments_is_the_last(
    way, client_of, representative, library, time_machine
):
    position = way.to(State.CONSULTATION)
    end = position.comments_close_at
    time_machine.move_to(end, tick=False)
    client = client_of(representative)
    assert send(client, position, library=library.pk).status_code == 302

    time_machine.move_to(end + timedelta(seconds=1), tick=False)

    assert send(client_of(representative), position, library=library.pk).status_code == 403
    assert Comment.objects.count() == 1


def test_hostile_words_in_a_comment_are_only_words(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)
    client = client_of(representative)

    send(client, position, library=library.pk, text="<script>window.__xss=1</script>", paragraph=1)

    html = client.get(at(position)).content.decode()
    assert "&lt;script&gt;window.__xss=1&lt;/script&gt;" in html


# Who reads it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", Audience)
def test_whoever_comments_says_who_reads_it(audience, way, client_of, representative, library):
    position = way.to(State.CONSULTATION)

    send(client_of(representative), position, library=library.pk, audience=audience)

    assert Comment.objects.get().audience == audience


@pytest.mark.parametrize("forged", ["", "everybody", "SECTION", "drafters,members"])
def test_an_audience_that_does_not_exist_is_refused(forged, way, client_of, coordinator):
    position = way.to(State.CONSULTATION)

    response = send(client_of(coordinator), position, audience=forged)

    assert list(response.context["form"].errors) == ["audience"]
    assert response.context["form"]["text"].value() == "Shorter!"


@pytest.mark.parametrize(
    ("state", "usual"),
    [(State.DRAFT, Audience.DRAFTERS), (State.CONSULTATION, Audience.SECTION)],
)
def test_the_usual_readers_are_chosen_beforehand(state, usual, way, client_of, coordinator):
    position = way.to(state)

    page = client_of(coordinator).get(at(position, "comment"))

    assert page.context["form"]["audience"].value() == usual
    assert commenting.comment(version=position.current, by=coordinator, text="A").audience == usual


# The paragraph -----------------------------------------------------------------------------------


def test_paragraphs_are_listed_with_their_first_words(way, client_of, coordinator):
    position = way.start(body=f"<p>Short.</p><ul><li>{'word ' * 50}</li></ul><hr>")

    form = client_of(coordinator).get(at(position, "comment")).context["form"]

    labels = [str(label) for _value, label in form.fields["paragraph"].choices]
    assert labels == ["the whole text", "1. Short.", f"2. {'word ' * 11}word…", "3. "]


def test_the_chosen_paragraph_is_shown_and_no_other(way, client_of, coordinator):
    position, client = way.to(State.CONSULTATION), client_of(coordinator)

    def shown(**asked):
        passages = client.get(at(position, "comment"), asked).context["passages"]
        return [passage.number for passage in passages]

    assert shown(paragraph="2") == [2]
    assert [shown(), shown(paragraph="9"), shown(paragraph="x")] == [[1, 2], [1, 2], [1, 2]]


def test_the_action_takes_no_paragraph_the_text_does_not_have(way, coordinator):
    version = way.to(State.CONSULTATION).current

    for number in (0, 3):
        with pytest.raises(SomethingMissing):
            commenting.comment(version=version, by=coordinator, text="Yes.", paragraph=number)

    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    ("chosen", "found"), [("1", 2), ("2", 1), ("3", ""), ("", ""), ("99", ""), ("x", "")]
)
def test_the_paragraph_chosen_is_found_again_in_a_text_that_has_changed(
    chosen, found, way, client_of, coordinator
):
    said = [
        f"<p>Here the {word} one says its own words.</p>" for word in ("first", "second", "3rd")
    ]
    position = way.consolidate(way.consult(way.start(body="".join(said))))
    actions.save_draft(
        position=position,
        by=coordinator,
        base=1,
        title="T",
        body=said[1] + said[0],
        points=[],
        addressee=position.addressee,
    )

    response = send(client_of(coordinator), position, paragraph=chosen)

    assert list(response.context["form"].errors) == ["__all__"]
    assert response.context["form"]["paragraph"].value() == found


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 5000, "²"])
def test_O_018_nonsense_for_the_version_seen_is_shown_again(seen, way, client_of, coordinator):
    position = way.to(State.CONSULTATION)

    response = send(client_of(coordinator), position, version=seen, paragraph="1")

    assert list(response.context["form"].errors) == ["__all__"]
    assert send(client_of(coordinator), position, paragraph="1").status_code == 302
