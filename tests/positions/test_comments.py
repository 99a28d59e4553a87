import uuid
from datetime import timedelta

import pytest

from core.workflow import NotAllowed
from positions import actions
from positions.choices import State
from positions.models import Comment
from tests.positions.web import at, errors_of

pytestmark = pytest.mark.usefixtures("english")


def send(client, position, **sent):
    return client.post(at(position, "comment"), {"text": "Shorter!", "version": 1, **sent})


def test_a_library_comments_on_a_paragraph(way, client_of, representative, library):
    position = way.to(State.CONSULTATION)

    response = send(client_of(representative), position, library=library.pk, paragraph=2)

    assert response.url == at(position)
    comment = Comment.objects.get()
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
        actions.comment(version=version, by=representative, text="My own view.")

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
