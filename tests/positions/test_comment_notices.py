"""Who hears of a reply and of an answer, and that letters tell nothing but where to read it."""

import pytest
from django.core import mail

from core import outbox
from core.models import Mail
from iksz_portal.mail import RENDERERS
from positions import actions, commenting
from positions.choices import Action, Audience
from positions.comment_notices import ANSWER, REPLY
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def sent(settings):
    """`sent()`: the letters about comments that go now, as address and text."""

    def send():
        mail.outbox.clear()
        Mail.objects.exclude(kind__in=[REPLY, ANSWER]).delete()
        outbox.send_due(RENDERERS)
        return {letter.to[0].split("@")[0]: letter for letter in mail.outbox}

    return send


def reply(thread, by, text="Yes.", library=None):
    return commenting.reply(thread=thread, by=by, text=text, library=library)


def test_the_others_in_a_thread_hear_of_a_reply(
    thread, coordinator, other_representative, libraries, sent
):
    reply(thread, coordinator)
    assert set(sent()) == {"representative"}

    reply(thread, other_representative, library=libraries[1])

    assert set(sent()) == {"representative", "coordinator"}


def test_whoever_answered_hears_of_a_reply_too(
    thread, drafter, representative, library, coordinator, sent
):
    commenting.resolve(thread=thread, by=drafter, answer="Yes.")
    sent()

    reply(thread, representative, library=library)

    assert set(sent()) == {"drafter"}


def test_whoever_began_a_thread_hears_of_the_answer(thread, coordinator, drafter, sent):
    reply(thread, drafter)
    sent()

    commenting.resolve(thread=thread, by=coordinator, answer="It is shorter now.")

    assert set(sent()) == {"representative"}


def test_nobody_hears_of_their_own_answer(secret, coordinator, sent):
    commenting.resolve(thread=secret, by=coordinator, answer="Done.")

    assert sent() == {}


def test_each_answer_has_its_letter(thread, coordinator, sent):
    for answer in ("Yes.", "No."):
        commenting.resolve(thread=thread, by=coordinator, answer=answer)
        assert set(sent()) == {"representative"}
        commenting.reopen(thread=thread, by=coordinator)


def test_an_answer_that_was_taken_back_is_not_told(thread, coordinator, sent):
    commenting.resolve(thread=thread, by=coordinator, answer="Yes.")
    commenting.reopen(thread=thread, by=coordinator)

    assert sent() == {}


# O-059: rights are looked at when the letter is sent ---------------------------------------------


def test_O_059_whoever_acts_no_more_hears_nothing(way, thread, representative, coordinator, sent):
    reply(thread, coordinator)
    representative.mandates.update(ended_on=way.in_days(-1))

    assert (sent(), Mail.objects.exclude(dropped_at=None).count()) == ({}, 1)


def test_O_059_an_author_who_left_the_group_hears_nothing_of_it(
    way, consulted, secret, drafter, coordinator, sent
):
    reply(secret, drafter)
    sent()
    position = way.consolidate(consulted)
    reply(secret, coordinator, "CANARY")
    actions.remove_author(position=position, by=coordinator, author=drafter)

    assert sent() == {}


def test_a_withdrawn_position_is_still_told_of_to_those_who_see_it(
    way, consulted, thread, coordinator, sent
):
    reply(thread, coordinator)
    way.move(consulted, Action.WITHDRAW, note="It is pointless now.")

    assert set(sent()) == {"representative"}


# What a letter says ------------------------------------------------------------------------------


def test_O_025_a_letter_holds_no_words_and_no_name_that_somebody_typed(
    consulted, thread, coordinator, library, sent
):
    vector = "[Log in](https://evil.test) www.evil.test <b>x</b>"
    coordinator.name = library.name = vector
    coordinator.save()
    library.save()
    reply(thread, coordinator, vector)
    commenting.resolve(thread=thread, by=coordinator, answer=vector)

    outbox.send_due(RENDERERS)

    letters = [letter for letter in mail.outbox if consulted.reference in letter.body]
    texts = [f"{letter.subject}{letter.body}" for letter in letters]
    assert len(texts) >= 2
    assert [text for text in texts if "evil" in text or "<b>" in text] == []


def test_a_letter_leads_to_the_reply_in_the_reader_s_language(
    consulted, thread, representative, coordinator, sent
):
    representative.language = "sl"
    representative.save()
    said = reply(thread, coordinator)

    letter = sent()["representative"]

    assert f"/sl/stalisca/{consulted.reference}/#c{said.pk}\n" in letter.body
    assert letter.alternatives == []


def test_what_a_form_foretells_is_what_happens(
    consulted, thread, client_of, coordinator, drafter, representative, library, sent
):
    reply(thread, drafter)
    sent()
    client = client_of(coordinator)
    url = at(consulted, "reply", thread.pk)
    told = [str(sentence) for _icon, sentence in client.get(url).context["consequences"]]

    client.post(url, {"text": "Yes."})

    assert told == [
        "The section reads it, and the board once the position is forwarded to it.",
        "It never becomes public.",
        "2 people get mail: those who take part in the thread.",
    ]
    assert set(sent()) == {"drafter", "representative"}


def test_the_form_says_when_nobody_gets_mail(consulted, secret, client_of, coordinator):
    client = client_of(coordinator)

    for name in ("reply", "resolve"):
        told = client.get(at(consulted, name, secret.pk)).context["consequences"]
        assert told[-1] == ("envelope", "Nobody gets mail.")


@pytest.mark.parametrize("audience", Audience)
def test_the_form_of_a_reply_says_who_reads_it(audience, consulted, client_of, coordinator):
    thread = commenting.comment(
        version=consulted.current, by=coordinator, text="Yes.", audience=audience
    )

    told = client_of(coordinator).get(at(consulted, "reply", thread.pk)).context["consequences"]

    beginnings = {
        Audience.DRAFTERS: "The drafting group reads it",
        Audience.SECTION: "The section reads it, and the board",
        Audience.MEMBERS: "The section reads it; once the position is public",
    }
    assert str(told[0][1]).startswith(beginnings[audience])
