"""What everybody reads of an answer, what was promised, and the words of the law."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import audit, clock, outbox
from core.models import Mail
from core.workflow import NotAllowed, SomethingMissing
from iksz_portal import tasks
from iksz_portal.mail import RENDERERS
from iksz_portal.waiting import waiting_for
from positions import corresponding, outcomes, promising
from positions.actions import record_outcome
from positions.choices import Action, AnswerClass, PointResult, PromiseState, State
from positions.models import Message, PointOutcome, Position, Promise
from tests.positions.web import at, errors_of, make

pytestmark = pytest.mark.usefixtures("english")

NAMED = "Dear Ms CANARY-name, we agree."
REDACTED = "Dear […], we agree."


@pytest.fixture
def answered(way):
    position = way.to(State.SUBMITTED)
    return way.move(
        position,
        Action.RECORD_ANSWER,
        received_on=clock.today(),
        text=NAMED,
        classified=AnswerClass.PARTLY,
    )


@pytest.fixture
def message(answered):
    return Message.objects.get()


def in_days(days):
    return clock.days_after(clock.today(), days)


def publish(client, message, **sent):
    facts = {"text": REDACTED, "is_clean": "on", "seen": message.step, **sent}
    return client.post(at(message.submission.position, "publish_answer", message.pk), facts)


# Recording ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("classified", ["", "great"])
def test_an_answer_is_classified(way, client_of, coordinator, classified):
    position = way.to(State.SUBMITTED)

    response = make(
        client_of(coordinator),
        position,
        Action.RECORD_ANSWER,
        received_on=clock.today(),
        medium="letter",
        text="Yes.",
        classified=classified,
    )

    assert len(errors_of(response, "classified")) == 1
    assert response.context["form"]["text"].value() == "Yes."
    assert Message.objects.count() == 0


# Publishing --------------------------------------------------------------------------------------


def pages(client_of, position, *people):
    return [client_of(person).get(at(position)).content.decode() for person in people]


def test_the_words_of_an_answer_stay_inside_until_they_are_published(
    answered, client, client_of, representative, stranger, foreign_representative
):
    inside = pages(client_of, answered, representative)
    outside = [client.get(at(answered)).content.decode()]
    outside += pages(client_of, answered, stranger, foreign_representative)

    assert ["CANARY-name" in page for page in inside + outside] == [True, False, False, False]
    assert ["accepts a part" in page for page in inside + outside] == [True] * 4


def test_everybody_reads_what_was_published_and_nothing_else(
    answered, message, client, client_of, coordinator
):
    response = publish(client_of(coordinator), message)

    page = client.get(at(answered)).content.decode()
    message.refresh_from_db()
    assert response.status_code == 302
    assert (REDACTED in page, "CANARY-name" in page) == (True, False)
    assert (message.text, message.published_by) == (NAMED, coordinator)
    assert audit.last_of(answered).action == "publish_answer"


@pytest.mark.parametrize(
    ("sent", "field"), [({"is_clean": ""}, "is_clean"), ({"text": " "}, "text")]
)
def test_it_is_published_by_somebody_who_has_read_it(message, client_of, coordinator, sent, field):
    response = publish(client_of(coordinator), message, **sent)

    message.refresh_from_db()
    assert len(errors_of(response, field)) == 1
    assert message.published_at is None


def test_a_published_answer_can_be_withdrawn(answered, message, client, client_of, coordinator):
    publish(client_of(coordinator), message)

    for _time in range(2):
        client_of(coordinator).post(at(answered, "withdraw_answer", message.pk))

    message.refresh_from_db()
    acts = list(audit.of(answered).values_list("action", flat=True)[:2])
    assert REDACTED not in client.get(at(answered)).content.decode()
    assert (message.published_at, message.published_text) == (None, REDACTED)
    assert acts == ["withdraw_answer", "publish_answer"]


def test_a_corrected_answer_is_published_anew(message, client, answered, client_of, coordinator):
    publish(client_of(coordinator), message)

    corresponding.correct_message(
        message=message, by=coordinator, seen=1, reason="A slip.", facts={"text": "Other words."}
    )

    assert REDACTED not in client.get(at(answered)).content.decode()


def test_whoever_publishes_on_top_of_another_is_told(message, client_of, coordinator, chair):
    publish(client_of(chair), message)

    late = publish(client_of(coordinator), message, text="Mine.")

    message.refresh_from_db()
    assert (late.status_code, message.published_text) == (409, REDACTED)
    assert REDACTED in late.content.decode()
    assert late.context["form"]["text"].value() == "Mine."


def test_only_answers_are_published(answered, coordinator):
    other = Message.objects.create(
        submission=answered.submission,
        received_on=clock.today(),
        text="A call.",
        recorded_by=coordinator,
    )

    with pytest.raises(NotAllowed):
        corresponding.publish_answer(message=other, by=coordinator, seen=0, text="A call.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=other.pk).update(published_at=clock.now(), published_text="x")


def test_O_038_publishing_sets_nothing_else(message, client_of, coordinator, chair):
    publish(client_of(coordinator), message, text_original="x", kind="other", published_by=chair.pk)

    message.refresh_from_db()
    assert (message.kind, message.text, message.published_by) == ("answer", NAMED, coordinator)


def test_O_040_nothing_is_published_or_withdrawn_by_looking(
    answered, message, client_of, coordinator
):
    client = client_of(coordinator)

    client.get(at(answered, "publish_answer", message.pk))
    refused = client.get(at(answered, "withdraw_answer", message.pk))

    message.refresh_from_db()
    assert (refused.status_code, message.published_at) == (405, None)


# Outcomes as a whole -----------------------------------------------------------------------------


def seen_on(client, position):
    return client.get(at(position, "outcomes")).context["whole"]["seen"].value()


def test_the_words_of_the_law_are_shown_as_what_changed(way, answered, client_of, coordinator):
    client = client_of(coordinator)
    told = {
        "point1-result": "enacted",
        "point1-law_before": "Open <b>until</b> six.",
        "point1-law_after": "Open <b>until</b> eight.",
        "point2-result": "no_answer",
    }

    client.post(at(answered, "outcomes"), {"seen": seen_on(client, answered), **told})
    way.move(answered, Action.EVALUATE)

    page = client.get(at(answered)).content.decode()
    assert "<del>six</del> <ins>eight</ins>" in page
    assert "&lt;b&gt;" in page


def test_nobody_saves_over_outcomes_they_have_not_seen(answered, client_of, coordinator, chair):
    slow, fast = client_of(coordinator), client_of(chair)
    seen = seen_on(slow, answered)
    theirs = {"point1-result": "rejected", "point1-reason": "Too dear."}
    fast.post(at(answered, "outcomes"), {"seen": seen_on(fast, answered), **theirs})

    mine = {"point1-result": "accepted", "point2-result": "partly"}
    late = slow.post(at(answered, "outcomes"), {"seen": seen, **mine})
    before = list(PointOutcome.objects.values_list("result", flat=True))
    again = slow.post(
        at(answered, "outcomes"), {"seen": late.context["whole"]["seen"].value(), **mine}
    )

    assert (late.status_code, "Too dear." in late.content.decode()) == (409, True)
    assert late.context["forms"][0]["result"].value() == "accepted"
    assert before == ["rejected"]
    assert again.status_code == 302
    assert set(PointOutcome.objects.values_list("result", flat=True)) == {"accepted", "partly"}


def test_the_whole_matrix_is_saved_or_nothing(answered, coordinator):
    points = answered.current.points.all()
    told = {1: {"result": PointResult.ACCEPTED}, 2: {"result": PointResult.REJECTED}}

    with pytest.raises(SomethingMissing):
        outcomes.record_matrix(
            position=answered, by=coordinator, seen=outcomes.fingerprint(points), told=told
        )

    assert PointOutcome.objects.count() == 0


# Promises ----------------------------------------------------------------------------------------


@pytest.fixture
def promise(answered, coordinator, message):
    return promising.add_promise(
        position=answered, by=coordinator, text="Lamps by May.", due_on=in_days(2), message=message
    )


def judge(client, promise, **sent):
    facts = {"state": "kept", "note": "They hang.", "seen": promise.state, **sent}
    return client.post(at(promise.position, "judge_promise", promise.pk), facts)


def test_a_promise_is_recorded_with_its_day(answered, message, client_of, coordinator):
    facts = {"text": "Lamps by May.", "due_on": in_days(9), "message": message.pk}

    response = client_of(coordinator).post(at(answered, "promise"), facts)

    made = Promise.objects.get()
    assert response.status_code == 302
    assert (made.text, made.due_on, made.state) == ("Lamps by May.", in_days(9), "open")
    assert (made.message, made.recorded_by) == (message, coordinator)


@pytest.mark.parametrize(
    ("sent", "field"), [({"due_on": in_days(-1)}, "due_on"), ({"text": ""}, "text")]
)
def test_a_promise_that_cannot_be_is_told_beside_its_field(
    answered, client_of, coordinator, sent, field
):
    facts = {"text": "Lamps.", "due_on": in_days(9), **sent}

    response = client_of(coordinator).post(at(answered, "promise"), facts)

    assert len(errors_of(response, field)) == 1
    assert Promise.objects.count() == 0


def test_a_promise_is_made_in_a_message_of_its_own_position(answered, way, client_of, coordinator):
    other = way.to(State.ANSWERED).submission.messages.get()
    facts = {"text": "Lamps.", "due_on": in_days(9), "message": other.pk}

    response = client_of(coordinator).post(at(answered, "promise"), facts)

    assert len(errors_of(response, "message")) == 1


def test_a_due_promise_waits_for_the_coordinators_and_reminds_them_once(
    promise, coordinator, chair, representative, time_machine
):
    early = (promising.remind(), [task.url for task in waiting_for(coordinator)])
    time_machine.move_to(clock.end_of_day(promise.due_on) - timedelta(hours=1))

    late = [promising.remind() for _time in range(2)]

    queued = set(Mail.objects.filter(kind=promising.DUE).values_list("to", flat=True))
    address = at(promise.position, "judge_promise", promise.pk)
    assert (early[0], address in early[1], late) == (0, False, [1, 0])
    assert queued == {coordinator.pk, chair.pk}
    assert address in [task.url for task in waiting_for(coordinator)]
    assert address not in [task.url for task in waiting_for(representative)]


def test_the_letter_is_written_only_while_the_promise_is_open(
    promise, coordinator, time_machine, mailoutbox
):
    time_machine.move_to(clock.end_of_day(promise.due_on) - timedelta(hours=1))
    tasks.make_due_moves()
    mail = Mail.objects.get(kind=promising.DUE, to=coordinator)
    written = RENDERERS[promising.DUE](mail)

    promising.judge_promise(
        promise=promise, by=coordinator, seen="open", state=PromiseState.KEPT, note="They hang."
    )

    assert "A promise is to be looked at" in written.subject or written.text
    assert RENDERERS[promising.DUE](mail) is None
    assert isinstance(written, outbox.Message)


def test_a_promise_is_kept_or_broken_with_how_it_is_known(promise, client_of, coordinator):
    client = client_of(coordinator)

    bare = judge(client, promise, state="broken", note="")
    judge(client, promise, state="broken", note="Still dark.")

    promise.refresh_from_db()
    assert len(errors_of(bare, "note")) == 1
    assert (promise.state, promise.note, promise.judged_by) == (
        "broken",
        "Still dark.",
        coordinator,
    )


def test_a_promise_that_is_put_off_is_looked_at_again(promise, client_of, coordinator):
    Promise.objects.update(reminded_at=clock.now())

    judge(client_of(coordinator), promise, state="open", due_on=in_days(30))

    promise.refresh_from_db()
    assert (promise.due_on, promise.reminded_at, promise.judged_at) == (in_days(30), None, None)


def test_whoever_judges_what_was_judged_already_is_told(promise, client_of, coordinator, chair):
    judge(client_of(chair), promise)

    late = judge(client_of(coordinator), promise, state="broken", note="No.")

    promise.refresh_from_db()
    assert (late.status_code, promise.state) == (409, "kept")


def test_a_promise_is_told_with_the_outcomes_and_not_how_it_is_known(
    promise, way, client, coordinator
):
    promising.judge_promise(
        promise=promise, by=coordinator, seen="open", state=PromiseState.KEPT, note="CANARY-note"
    )
    early = client.get(at(promise.position)).content.decode()
    way.evaluate(Position.objects.get(pk=promise.position_id))

    late = client.get(at(promise.position)).content.decode()

    assert ("Lamps by May." in early, "Lamps by May." in late) == (False, True)
    assert "CANARY-note" not in late


def test_the_day_of_review_comes_from_the_open_promises(promise, way, client_of, coordinator):
    position = way.evaluate(Position.objects.get(pk=promise.position_id))
    page = client_of(coordinator).get(at(position, "move", Action.CLOSE))

    closed = way.close(position)

    assert page.context["form"]["review_on"].value() == promise.due_on
    assert closed.review_on == promise.due_on


def test_the_page_of_outcomes_asks_the_same_however_many(
    answered, coordinator, client_of, django_assert_max_num_queries
):
    for point in answered.current.points.all():
        record_outcome(point=point, by=coordinator, result=PointResult.ACCEPTED)
    client = client_of(coordinator)
    client.get("/en/")

    with django_assert_max_num_queries(12):
        client.get(at(answered, "outcomes"))
