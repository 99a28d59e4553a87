"""Replying to comments, answering them, opening them again; and who must not."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.models import AuditEntry
from core.workflow import NotAllowed
from positions import actions, commenting
from positions.choices import Audience, State
from positions.models import Comment, Position
from tests.positions.web import at, errors_of, page_of, said_in

pytestmark = pytest.mark.usefixtures("english")


# Replying ----------------------------------------------------------------------------------------


def test_a_reply_stands_under_the_comment(
    consulted, thread, client_of, other_representative, libraries
):
    client = client_of(other_representative)

    answer = client.post(
        at(consulted, "reply", thread.pk), {"text": "We agree.", "library": libraries[1].pk}
    )

    reply = Comment.objects.get(parent=thread)
    assert answer.url == f"{at(consulted)}#c{reply.pk}"
    assert (reply.author, reply.library, reply.paragraph) == (other_representative, libraries[1], 2)
    assert [said_in(each) for each in page_of(client, consulted).remarks.beside[2]] == [
        ["Shorter!", "We agree."]
    ]


def test_a_reply_to_a_reply_is_put_under_the_comment_that_began(
    consulted, thread, client_of, coordinator
):
    first = commenting.reply(thread=thread, by=coordinator, text="Why?")

    client_of(coordinator).post(at(consulted, "reply", first.pk), {"text": "Say more."})

    assert Comment.objects.get(text="Say more.").parent == thread


def test_a_reply_is_read_by_whoever_reads_the_comment(
    consulted, secret, client_of, drafter, representative
):
    client_of(drafter).post(
        at(consulted, "reply", secret.pk), {"text": "Yes.", "audience": "members"}
    )

    assert Comment.objects.get(text="Yes.").audience == Audience.DRAFTERS
    assert Comment.objects.visible_to(representative, consulted).count() == 0


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"text": " "}, "text"), ({"text": "x" * 5001}, "text"), ({"library": "999"}, "library")],
)
def test_what_is_wrong_with_a_reply_stands_beside_its_field(
    sent, field, consulted, thread, client_of, representative, library
):
    form = {"text": "Yes.", "library": library.pk, **sent}

    response = client_of(representative).post(at(consulted, "reply", thread.pk), form)

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["text"].value() == form["text"]
    assert Comment.objects.count() == 1


def test_nobody_replies_for_a_library_of_others(consulted, thread, representative, libraries):
    with pytest.raises(NotAllowed):
        commenting.reply(thread=thread, by=representative, text="Yes.", library=libraries[1])


def test_a_representative_does_not_reply_alone(consulted, thread, representative):
    with pytest.raises(NotAllowed):
        commenting.reply(thread=thread, by=representative, text="Yes.")


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.CONSOLIDATION, 200),
        (State.SECTION_VOTE, 200),
        (State.NOT_ADOPTED, 200),
        (State.ADOPTED, 409),
        (State.FORWARDED, 409),
    ],
)
def test_replies_are_taken_until_the_section_has_adopted_the_text(
    state, status, way, consulted, thread, client_of, representative
):
    position = way.to(state, consulted)

    client = client_of(representative)

    assert client.get(at(position, "reply", thread.pk)).status_code == status


def test_no_reply_comes_after_the_time_for_comments(
    consulted, thread, client_of, representative, library, way
):
    with way.after(consulted.comments_close_at):
        answer = client_of(representative).post(
            at(consulted, "reply", thread.pk), {"text": "Late.", "library": library.pk}
        )

    assert (answer.status_code, Comment.objects.count()) == (403, 1)


def test_O_050_the_same_reply_sent_five_times_is_one(
    consulted, thread, client_of, representative, library
):
    client = client_of(representative)
    form = {"text": "Once.", "library": library.pk, "once": str(uuid.uuid4())}

    answers = [client.post(at(consulted, "reply", thread.pk), form).url for _time in range(5)]

    assert (Comment.objects.filter(text="Once.").count(), len(set(answers))) == (1, 1)


# Answering ---------------------------------------------------------------------------------------


def answer_form(thread, **sent):
    last = Comment.objects.filter(parent=thread).order_by("pk").last() or thread
    return {"answer": "It is shorter now.", "last": last.pk, **sent}


@pytest.mark.parametrize("who", ["coordinator", "chair", "drafter"])
def test_those_who_write_the_text_answer_a_comment(who, consulted, thread, client_of, request):
    person = request.getfixturevalue(who)

    client_of(person).post(at(consulted, "resolve", thread.pk), answer_form(thread))

    thread.refresh_from_db()
    assert (thread.answer, thread.resolved_by) == ("It is shorter now.", person)
    assert thread.resolved_at is not None


@pytest.mark.parametrize("who", ["representative", "third_representative", "staff"])
@pytest.mark.parametrize("act", ["resolve", "reopen"])
def test_nobody_else_answers_a_comment(act, who, consulted, thread, client_of, request):
    client = client_of(request.getfixturevalue(who))

    answers = [client.get(at(consulted, act, thread.pk))]
    answers.append(client.post(at(consulted, act, thread.pk), answer_form(thread)))

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Comment.objects.get().resolved_at is None


@pytest.mark.parametrize("sent", ["", "  ", "x" * 2001])
def test_an_answer_has_words(sent, consulted, thread, client_of, coordinator):
    response = client_of(coordinator).post(
        at(consulted, "resolve", thread.pk), answer_form(thread, answer=sent)
    )

    assert len(errors_of(response, "answer")) == 1
    assert response.context["form"]["answer"].value() == sent


def test_an_answered_comment_is_folded_and_its_answer_shown(
    consulted, thread, client_of, coordinator, representative
):
    commenting.resolve(thread=thread, by=coordinator, answer="It is shorter now.")

    response = client_of(representative).get(at(consulted))

    [shown] = response.context["page"].remarks.beside[2]
    assert (shown.answer.text, shown.answer.author) == ("It is shorter now.", "Coordinator")
    folded = response.content.decode().split("<details>")[1].split("</details>")
    assert ("Shorter!" in folded[0], "It is shorter now." in folded[0]) == (True, False)


def test_open_comments_stand_before_the_answered_ones(consulted, thread, coordinator, client_of):
    commenting.comment(version=consulted.current, by=coordinator, text="Later.", paragraph=2)
    commenting.resolve(thread=thread, by=coordinator, answer="Yes.")

    shown = page_of(client_of(coordinator), consulted).remarks

    assert [each.first.text for each in shown.beside[2]] == ["Later.", "Shorter!"]
    assert shown.open_beside == [(2, 1)]


def test_an_answer_that_has_not_seen_the_last_reply_is_shown_again(
    consulted, thread, client_of, coordinator, representative, library
):
    form, client = answer_form(thread), client_of(coordinator)
    late = commenting.reply(thread=thread, by=representative, text="No, longer!", library=library)

    response = client.post(at(consulted, "resolve", thread.pk), form)

    assert errors_of(response, None) == [
        "Somebody has replied meanwhile. Read it, then send your answer."
    ]
    assert response.context["form"]["answer"].value() == "It is shorter now."
    assert "No, longer!" in response.content.decode()
    again = client.post(at(consulted, "resolve", thread.pk), {**form, "last": late.pk})
    assert again.status_code == 302


def test_what_was_answered_meanwhile_is_shown_beside_ones_own(
    consulted, thread, client_of, coordinator, drafter
):
    form = answer_form(thread, answer="My own answer.")
    commenting.resolve(thread=thread, by=drafter, answer="The drafter's answer.")

    response = client_of(coordinator).post(at(consulted, "resolve", thread.pk), form)

    told = response.context["error"]
    assert (response.status_code, told.mine, told.theirs, told.who) == (
        409,
        "My own answer.",
        "The drafter's answer.",
        "Drafter",
    )
    assert Comment.objects.get().answer == "The drafter's answer."


def test_answering_twice_is_refused_below_the_page_too(consulted, thread, coordinator, drafter):
    commenting.resolve(thread=thread, by=drafter, answer="Yes.")

    with pytest.raises(commenting.AlreadyResolved):
        commenting.resolve(thread=thread, by=coordinator, answer="No.")


@pytest.mark.parametrize(
    ("state", "status"),
    [(State.CONSOLIDATION, 200), (State.SECTION_VOTE, 200), (State.ADOPTED, 409)],
)
def test_comments_are_answered_until_the_section_has_adopted_the_text(
    state, status, way, consulted, thread, client_of, coordinator
):
    position = way.to(state, consulted)

    client = client_of(coordinator)

    assert client.get(at(position, "resolve", thread.pk)).status_code == status


def test_an_author_who_left_the_group_answers_no_more(way, thread, drafter, coordinator):
    position = way.consolidate(Position.objects.get())
    actions.remove_author(position=position, by=coordinator, author=drafter)

    with pytest.raises(NotAllowed):
        commenting.resolve(thread=thread, by=drafter, answer="Yes.")


# Opening again -----------------------------------------------------------------------------------


def test_what_was_answered_stays_as_a_reply_when_it_is_opened_again(
    consulted, thread, client_of, coordinator, drafter
):
    commenting.resolve(thread=thread, by=drafter, answer="It is shorter now.")
    client = client_of(coordinator)

    client.post(at(consulted, "reopen", thread.pk))

    [shown] = page_of(client, consulted).remarks.beside[2]
    assert (shown.answer, said_in(shown)) == (None, ["Shorter!", "It is shorter now."])
    assert shown.replies[0].author == "Drafter"


def test_what_is_open_cannot_be_opened(consulted, thread, client_of, coordinator):
    client = client_of(coordinator)

    answers = [client.get(at(consulted, "reopen", thread.pk))]
    answers.append(client.post(at(consulted, "reopen", thread.pk)))

    assert [answer.status_code for answer in answers] == [409, 409]


def test_an_answered_comment_has_all_of_answer_person_and_moment(thread, coordinator):
    for half in ({"answer": "Yes."}, {"resolved_by": coordinator}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=thread.pk).update(**half)


# What happened -----------------------------------------------------------------------------------


def test_answering_and_opening_again_are_told_and_in_the_chain(
    consulted, thread, coordinator, client_of
):
    for answer in ("Yes.", "No."):
        commenting.resolve(thread=thread, by=coordinator, answer=answer)
        commenting.reopen(thread=thread, by=coordinator)

    told = [entry["what"] for entry in page_of(client_of(coordinator), consulted).timeline]

    again, answered = "A comment was opened again", "A comment was answered"
    assert told[:4] == [again, answered, again, answered]
    payloads = AuditEntry.objects.filter(action="resolve_comment").values_list("payload", flat=True)
    assert list(payloads) == [{"comment": thread.pk}] * 2
    assert audit.faults() == []


def test_what_happened_tells_only_of_comments_one_may_read(
    consulted, secret, thread, coordinator, client_of, representative, drafter
):
    commenting.reply(thread=secret, by=drafter, text="CANARY")
    commenting.resolve(thread=secret, by=coordinator, answer="CANARY")

    def told(person):
        shown = page_of(client_of(person), consulted)
        return shown.remarks.count, [entry["what"] for entry in shown.timeline[:2]]

    assert told(representative) == (1, ["A comment was written", "It was opened for comments"])
    assert told(drafter) == (2, ["A comment was answered", "3 comments were written"])
