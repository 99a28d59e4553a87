"""What somebody who means harm would try with comments and their threads."""

import re

import pytest

from positions import commenting
from positions.choices import Audience, State
from positions.models import Comment
from tests.positions.web import at, errors_of, said_in

pytestmark = pytest.mark.usefixtures("english")

PAGES = ("reply", "resolve", "reopen")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["representative", "foreign_representative", "stranger"])
def test_O_001_a_thread_one_may_not_read_is_like_one_that_is_not_there(
    name, who, consulted, secret, client_of, request
):
    client = client_of(request.getfixturevalue(who))

    hidden = client.get(at(consulted, name, secret.pk))
    missing = client.get(at(consulted, name, 99_999_999))

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert masked(hidden) == masked(missing)
    assert "CANARY" not in hidden.content.decode()


def masked(response):
    text = response.content.decode().replace(str(response.context["csrf_token"]), "")
    return re.sub(r"/\d+/", "/number/", text)


@pytest.mark.parametrize("name", PAGES)
def test_O_002_nothing_is_sent_to_a_thread_one_may_not_read(
    name, consulted, secret, client_of, representative, library
):
    form = {"text": "Yes.", "answer": "Yes.", "library": library.pk, "last": secret.pk}

    answer = client_of(representative).post(at(consulted, name, secret.pk), form)

    assert answer.status_code == 404
    assert Comment.objects.get().resolved_at is None


@pytest.mark.parametrize("name", PAGES)
def test_O_003_a_comment_of_another_position_is_not_found(
    name, way, thread, client_of, coordinator
):
    other = way.to(State.CONSULTATION)

    client = client_of(coordinator)
    answers = [client.get(at(other, name, thread.pk)), client.post(at(other, name, thread.pk))]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("name", PAGES)
def test_O_006_head_tells_no_more_than_get(name, consulted, secret, client_of, representative):
    client = client_of(representative)

    hidden, missing = (client.head(at(consulted, name, pk)) for pk in (secret.pk, 99_999_999))

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.headers.keys() == missing.headers.keys()


@pytest.mark.parametrize("pk", [0, 2**63, 10**30])
def test_O_018_a_comment_that_cannot_exist_is_not_found(pk, consulted, client_of, coordinator):
    assert client_of(coordinator).get(at(consulted, "reply", pk)).status_code == 404


@pytest.mark.parametrize("last", ["", "x", "9" * 5000, "-1"])
def test_O_018_nonsense_for_what_was_read_last_is_shown_again(
    last, consulted, thread, client_of, coordinator
):
    response = client_of(coordinator).post(
        at(consulted, "resolve", thread.pk), {"answer": "Yes.", "last": last}
    )

    assert len(errors_of(response, None)) == 1


def test_O_007_no_page_of_the_position_tells_others_what_is_for_the_drafters(
    consulted, secret, client_of, representative, coordinator
):
    commenting.resolve(thread=secret, by=coordinator, answer="CANARY")
    pages = [at(consulted), at(consulted, "comment"), at(consulted, "version", 1)]

    def found(person):
        client = client_of(person)
        return ["CANARY" in client.get(url).content.decode() for url in pages]

    assert found(representative) == [False, False, False]
    assert found(coordinator) == [True, False, True]


def test_a_visitor_reads_no_comment_whoever_it_was_meant_for(way, client, coordinator):
    position = way.to(State.CONSULTATION)
    commenting.comment(
        version=position.current, by=coordinator, text="CANARY", audience=Audience.MEMBERS
    )
    position = way.to(State.SUBMITTED, position)

    assert "CANARY" not in client.get(at(position)).content.decode()


def test_member_libraries_read_what_is_for_them_once_the_position_is_public(
    way, client_of, coordinator, foreign_representative
):
    position = way.to(State.CONSULTATION)
    for audience in Audience:
        commenting.comment(
            version=position.current, by=coordinator, text=audience, audience=audience
        )
    client = client_of(foreign_representative)
    before = client.get(at(position)).status_code
    position = way.to(State.SUBMITTED, position)

    response = client.get(at(position))

    shown = response.context["page"]
    assert (before, said_in(shown.remarks.whole[0]), shown.remarks.count) == (404, ["members"], 1)
    assert (shown.versions, shown.remarks.reads_versions) == ([], False)
    assert at(position, "version", 1) not in response.content.decode()


def test_O_020_hostile_words_in_a_thread_are_only_words(consulted, thread, coordinator, client_of):
    vector = '"><svg onload=__xss=1><script>__xss=1</script>'
    coordinator.name = vector
    coordinator.save()
    commenting.reply(thread=thread, by=coordinator, text=vector)
    commenting.resolve(thread=thread, by=coordinator, answer=vector)
    client = client_of(coordinator)

    for url in (at(consulted), at(consulted, "reply", thread.pk), at(consulted, "version", 1)):
        html = client.get(url).content.decode()
        assert ("<svg onload" in html, "<script>__xss" in html) == (False, False)
        assert "&lt;svg onload=__xss=1&gt;" in html
