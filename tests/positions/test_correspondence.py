"""The log with the authority: messages, letters, their days, and who reads them."""

import uuid
from io import BytesIO

import pytest

from core import audit, clock
from core.workflow import NotAllowed, SomethingMissing
from iksz_portal.waiting import waiting_for
from positions import corresponding, promising
from positions.choices import Action, Direction, LetterKind, Medium, ProfileKind, State
from positions.models import LawProfile, Message, Position, RecordFile, Submission
from tests import samples
from tests.jobs import run_jobs
from tests.office import docx_paragraphs
from tests.positions.web import at, errors_of, make

pytestmark = pytest.mark.usefixtures("english", "folder")

MESSAGE = {"direction": "from", "medium": "phone", "text": "They will look into it."}


@pytest.fixture
def submitted(way):
    return way.to(State.SUBMITTED)


@pytest.fixture
def overdue(submitted, way):
    Submission.objects.update(sent_on=way.in_days(-40), due_on=way.in_days(-10))
    return Position.objects.get(pk=submitted.pk)


@pytest.fixture
def logged(submitted, coordinator):
    def log(**facts):
        facts = {"direction": Direction.FROM, "medium": Medium.PHONE, "text": "Wait.", **facts}
        facts.setdefault("received_on", clock.today())
        return corresponding.log_message(position=submitted, by=coordinator, **facts)

    return log


def send(client, position, **sent):
    facts = {**MESSAGE, "received_on": clock.today(), **sent}
    return client.post(at(position, "log_message"), facts)


def in_days(days):
    return clock.days_after(clock.today(), days)


def letter(client, position, kind="reminder", **sent):
    facts = {"language": "en", "subject": "Our number", "text": "Please answer."}
    facts |= {"medium": "letter", "received_on": clock.today(), **sent}
    return client.post(at(position, "write_letter", kind), facts)


def correct(client, message, **sent):
    names = ("direction", "medium", "received_on", "subject", "text", "file_number")
    facts = {name: getattr(message, name) for name in names}
    facts |= {"seen": message.step, "reason": "A slip of the pen.", **sent}
    return client.post(at(message.submission.position, "correct_message", message.pk), facts)


# The log ---------------------------------------------------------------------------------------


def test_a_message_is_logged_with_its_file_and_its_day(submitted, client_of, coordinator):
    upload = BytesIO(samples.PDF)
    upload.name = "letter.pdf"

    response = send(
        client_of(coordinator), submitted, file_number="X/1", due_on=in_days(5), upload=upload
    )

    message = Message.objects.get()
    assert response.url == at(submitted, "correspondence")
    assert (message.kind, message.direction, message.medium) == ("other", "from", "phone")
    assert (message.text, message.file_number) == ("They will look into it.", "X/1")
    assert (message.due_on, message.is_open) == (in_days(5), True)
    assert [file.name for file in message.files.all()] == ["letter.pdf"]
    assert audit.last_of(submitted).action == "log_message"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"received_on": 1}, "received_on"),
        ({"due_on": -1}, "due_on"),
        ({"text": " "}, "text"),
        ({"direction": "sideways"}, "direction"),
        ({"medium": "pigeon"}, "medium"),
        ({"received_on": "yesterday"}, "received_on"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(submitted, client_of, coordinator, sent, field):
    sent = {name: in_days(value) if type(value) is int else value for name, value in sent.items()}

    response = send(client_of(coordinator), submitted, subject="What I typed", **sent)

    assert (response.status_code, len(errors_of(response, field))) == (200, 1)
    assert response.context["form"]["subject"].value() == "What I typed"
    assert Message.objects.count() == 0


def test_O_050_the_same_form_sent_twice_logs_one_message(submitted, client_of, coordinator):
    client, key = client_of(coordinator), str(uuid.uuid4())

    answers = [send(client, submitted, once=key).status_code for _time in range(5)]

    assert (answers, Message.objects.count()) == ([302] * 5, 1)


def test_O_038_the_form_sets_nothing_that_it_does_not_ask(submitted, client_of, coordinator):
    send(
        client_of(coordinator),
        submitted,
        kind="answer",
        published_text="Hello.",
        settled_on=clock.today(),
        recorded_by=1,
    )

    message = Message.objects.get()
    assert (message.kind, message.published_text, message.settled_on) == ("other", "", None)
    assert message.recorded_by == coordinator


def test_O_011_a_file_is_judged_by_what_it_is(submitted, client_of, coordinator):
    upload = BytesIO(samples.EXE)
    upload.name = "letter.pdf"

    response = send(client_of(coordinator), submitted, upload=upload)

    assert len(errors_of(response, "upload")) == 1
    assert (Message.objects.count(), RecordFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ANSWERED, State.CLOSED])
def test_a_proof_that_came_late_is_put_on_record(state, way, client_of, coordinator):
    position, client, key = way.to(state), client_of(coordinator), str(uuid.uuid4())
    sent = [{"upload": named("../<receipt>.pdf"), "once": key} for _time in range(2)]

    answers = [client.post(at(position, "add_proof"), each) for each in sent]

    proof = RecordFile.objects.get()
    page = client.get(at(position, "correspondence"))
    assert [answer.url for answer in answers] == [at(position, "correspondence")] * 2
    assert (proof.name, proof.message, proof.uploaded_by) == ("<receipt>.pdf", None, coordinator)
    assert page.context["proofs"] == [proof]
    assert audit.last_of(position).action == "keep_file"


@pytest.mark.parametrize("content", [None, samples.EXE], ids=["none", "program"])
def test_O_011_a_proof_that_is_none_is_told_beside_its_field(
    content, submitted, client_of, coordinator
):
    sent = {"upload": named("receipt.pdf", content)} if content else {}

    response = client_of(coordinator).post(at(submitted, "add_proof"), sent)

    assert (response.status_code, len(errors_of(response, "upload"))) == (200, 1)
    assert RecordFile.objects.count() == 0


def named(name, content=samples.PDF):
    upload = BytesIO(content)
    upload.name = name
    return upload


def test_nothing_is_logged_before_it_was_sent(way, coordinator):
    with pytest.raises(NotAllowed):
        corresponding.log_message(
            position=way.to(State.ACCEPTED),
            by=coordinator,
            direction=Direction.TO,
            medium=Medium.PHONE,
            received_on=clock.today(),
            text="Hello.",
        )


def test_the_log_is_read_inside_and_by_nobody_else(
    submitted, logged, client, client_of, representative, board_member, stranger
):
    logged(text="CANARY-message")

    pages = [
        client_of(person).get(at(submitted, "correspondence")).content.decode()
        for person in (representative, board_member)
    ]
    public = [each.get(at(submitted)).content.decode() for each in (client, client_of(stranger))]

    assert ["CANARY-message" in page for page in pages + public] == [True, True, False, False]


# Correcting and settling -------------------------------------------------------------------------


def test_an_entry_is_corrected_with_a_reason_and_keeps_what_it_said(
    logged, client_of, coordinator, submitted
):
    message = logged(text="On Tuseday.")

    response = correct(client_of(coordinator), message, text="On Tuesday.")

    message.refresh_from_db()
    last = audit.last_of(submitted)
    assert (response.status_code, message.text) == (302, "On Tuesday.")
    assert [each.text for each in message.history.order_by("history_id")] == [
        "On Tuseday.",
        "On Tuesday.",
    ]
    assert (last.action, last.note) == ("correct_message", "A slip of the pen.")
    assert last.payload["changed"] == ["text"]


def test_a_correction_without_a_reason_is_none(logged, client_of, coordinator):
    response = correct(client_of(coordinator), logged(), text="Other.", reason=" ")

    assert errors_of(response, "reason") == ["This field is required."]


def test_whoever_was_slower_sees_both_and_may_save_on_top(logged, client_of, coordinator, chair):
    message = logged(text="First.")
    correct(client_of(chair), message, text="Theirs.")

    late = correct(client_of(coordinator), message, text="Mine.")
    shown = late.content.decode()
    message.refresh_from_db()
    kept = message.text
    again = correct(client_of(coordinator), message, text="Mine.")

    message.refresh_from_db()
    assert (late.status_code, "Theirs." in shown, "Mine." in shown) == (409, True, True)
    assert (kept, again.status_code, message.text) == ("Theirs.", 302, "Mine.")
    assert late.context["form"]["seen"].value() == 1


def test_what_is_done_is_settled(logged, client_of, coordinator):
    message = logged(due_on=in_days(1))
    client = client_of(coordinator)
    address = at(message.submission.position, "settle_message", message.pk)

    for _time in range(2):
        client.post(address)

    message.refresh_from_db()
    assert (message.settled_on, message.step) == (clock.today(), 1)


def test_O_003_an_entry_is_found_under_its_own_position_only(logged, way, client_of, coordinator):
    message, other = logged(due_on=in_days(1)), way.to(State.SUBMITTED)
    client = client_of(coordinator)

    answers = [
        client.post(at(other, name, message.pk)).status_code
        for name in ("correct_message", "settle_message", "publish_answer", "withdraw_answer")
    ]

    message.refresh_from_db()
    assert (answers, message.settled_on) == ([404] * 4, None)


# What waits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "days", "what"),
    [
        (Direction.TO, 4, []),
        (Direction.TO, 3, ["Look for the authority's reply"]),
        (Direction.FROM, 3, ["Reply to the authority"]),
        (Direction.FROM, 0, ["Reply to the authority"]),
    ],
)
def test_a_day_that_nears_waits_for_the_coordinator(
    logged, coordinator, representative, other_coordinator, direction, days, what
):
    logged(direction=direction, due_on=in_days(days))

    people = (coordinator, representative, other_coordinator)
    assert [[str(task.what) for task in waiting_for(person)] for person in people] == [what, [], []]


def test_a_day_that_has_passed_is_overdue_until_it_is_settled(logged, coordinator):
    message = logged(received_on=in_days(-9), due_on=in_days(-1))
    before = [task.is_overdue for task in waiting_for(coordinator)]

    corresponding.settle_message(message=message, by=coordinator)

    assert (before, waiting_for(coordinator)) == ([True], [])


def test_the_answer_settles_reminders_and_leaves_requests_open(overdue, client_of, coordinator):
    client = client_of(coordinator)
    letter(client, overdue, due_on=in_days(8))
    letter(client, overdue, "request", due_on=in_days(15))

    make(
        client,
        overdue,
        Action.RECORD_ANSWER,
        received_on=clock.today(),
        medium="letter",
        text="Yes.",
        classified="accepted",
    )

    settled = dict(Message.objects.values_list("kind", "settled_on"))
    assert settled == {"reminder": clock.today(), "request": None, "answer": None}


# Letters -----------------------------------------------------------------------------------------


def test_a_reminder_is_made_as_files_and_logged_as_sent(overdue, client_of, coordinator):
    response = letter(client_of(coordinator), overdue, due_on=in_days(8))
    run_jobs()

    message = Message.objects.get()
    assert response.status_code == 302
    assert (message.kind, message.direction, message.due_on) == ("reminder", "to", in_days(8))
    names = [each["name"] for each in message.package.manifest]
    assert names == ["reminder.pdf", "reminder.docx"]
    answer = client_of(coordinator).get(at(overdue, "package_file", message.package.pk, 1))
    words = " ".join(text for _s, text in docx_paragraphs(b"".join(answer.streaming_content)))
    assert "Please answer." in words
    assert "Our number" in words


def test_a_reminder_waits_until_the_answer_is_late(submitted, client_of, coordinator):
    Submission.objects.update(due_on=in_days(3))

    response = letter(client_of(coordinator), submitted)

    assert response.context["missing"] != []
    assert Message.objects.count() == 0


def test_an_information_request_is_due_by_the_law_and_says_how(submitted, client_of, coordinator):
    law = LawProfile.objects.create(
        kind=ProfileKind.INFORMATION,
        name_hu="Adat",
        days=15,
        extension_days=15,
        ends_on_working_day=False,
        source="a sample law, § 29",
    )
    client = client_of(coordinator)
    offered = client.get(at(submitted, "write_letter", "request")).context["form"]

    letter(client, submitted, "request", law_profile=law.pk)

    message = Message.objects.get()
    page = client.get(at(submitted, "correspondence")).content.decode()
    assert offered["law_profile"].value() == law.pk
    assert message.due_on == in_days(15)
    assert "+ 15 days (a sample law, § 29)" in page


def test_a_letter_has_one_day(submitted, client_of, coordinator):
    law = LawProfile.objects.create(
        kind=ProfileKind.INFORMATION, name_hu="Adat", days=15, source="x"
    )

    response = letter(
        client_of(coordinator), submitted, "request", law_profile=law.pk, due_on=in_days(3)
    )

    assert errors_of(response, "due_on") == [
        "Choose the time the law sets or a day of your own, not both."
    ]


def test_a_letter_keeps_its_words(overdue, coordinator):
    message = corresponding.write_letter(
        position=overdue,
        by=coordinator,
        kind=LetterKind.REMINDER,
        language="hu",
        subject="A",
        text="B",
        medium=Medium.LETTER,
        received_on=clock.today(),
    )

    with pytest.raises(SomethingMissing):
        corresponding.correct_message(
            message=message, by=coordinator, seen=0, reason="x", facts={"text": "C"}
        )


# Silence -----------------------------------------------------------------------------------------


def test_silence_is_recorded_only_once_the_day_has_passed(submitted, client_of, coordinator):
    client = client_of(coordinator)
    unbound = make(client, submitted, Action.RECORD_SILENCE)
    Submission.objects.update(due_on=clock.today())
    early = make(client, submitted, Action.RECORD_SILENCE)
    Submission.objects.update(due_on=in_days(-1))
    late = make(client, submitted, Action.RECORD_SILENCE)

    submitted.refresh_from_db()
    assert len(unbound.context["missing"]) == len(early.context["missing"]) == 1
    assert (late.status_code, submitted.status) == (302, State.ANSWERED)
    assert Message.objects.count() == 0


def test_where_no_law_sets_a_day_the_one_of_our_letter_counts(way, submitted, coordinator):
    corresponding.log_message(
        position=submitted,
        by=coordinator,
        direction=Direction.TO,
        medium=Medium.EMAIL,
        received_on=in_days(-5),
        due_on=in_days(-1),
        text="Please answer.",
    )

    assert way.move(submitted, Action.RECORD_SILENCE).status == State.ANSWERED


def test_a_late_answer_is_recorded_after_a_silence_and_only_once(
    overdue, way, client, client_of, coordinator
):
    silent = way.move(overdue, Action.RECORD_SILENCE)
    told = client.get(at(silent)).content.decode()

    answered = way.answer(silent)

    again = make(client_of(coordinator), answered, Action.RECORD_ANSWER)
    assert "none came; recorded on" in told
    assert "none came; recorded on" not in client.get(at(answered)).content.decode()
    assert (answered.status, again.status_code) == (State.ANSWERED, 403)


# What cannot have been ---------------------------------------------------------------------------


def test_a_promise_is_for_those_inside_until_the_evaluation_is_concluded(
    submitted, way, coordinator, client, client_of
):
    day = {"due_on": in_days(9), "text": "Soon, they said."}
    promising.add_promise(position=submitted, by=coordinator, **day)
    outside = client.get(at(submitted))
    within = client_of(coordinator).get(at(submitted, "correspondence"))

    evaluated = way.to(State.EVALUATED, submitted)

    told = [page.content.decode().count("Soon, they said.") for page in (outside, within)]
    assert told == [0, 1]
    assert client.get(at(evaluated)).content.decode().count("Soon, they said.") == 1


def test_an_answer_is_not_corrected_to_before_the_submission(way, client_of, coordinator):
    message = Message.objects.get(submission__position=way.to(State.ANSWERED))
    earlier = clock.days_after(message.submission.sent_on, -1)
    facts = {"received_on": earlier, "classified": message.classified}

    response = correct(client_of(coordinator), message, **facts)

    assert errors_of(response, "received_on") == ["The answer cannot be older than the submission."]


def test_a_letter_of_the_last_day_there_is_is_refused(submitted, client_of, coordinator):
    law = LawProfile.objects.create(
        kind=ProfileKind.INFORMATION, name_hu="Adat", days=15, source="x"
    )
    sent = {"received_on": "9999-12-31", "law_profile": law.pk}

    response = letter(client_of(coordinator), submitted, "request", **sent)

    assert errors_of(response, "received_on") == [
        "This day has not come yet: choose today or an earlier one."
    ]


# Cost --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["coordinator", "representative", "board_secretary"])
def test_the_page_takes_few_queries(
    rows, who, overdue, coordinator, client_of, request, django_assert_max_num_queries
):
    for _row in range(rows):
        letter(client_of(coordinator), overdue)
        send(client_of(coordinator), overdue)
        overdue.promises.create(text="Soon.", due_on=clock.today(), recorded_by=coordinator)
    client = client_of(request.getfixturevalue(who))
    client.get("/en/")

    with django_assert_max_num_queries(12):
        assert client.get(at(overdue, "correspondence")).status_code == 200
