from datetime import timedelta

import pytest

from core import audit, clock
from core.models import Mail
from core.workflow import CLOCK
from positions.choices import Action, Channel, Choice, State, Verdict
from positions.forms.moves import MOVE_FORMS
from positions.models import Position
from positions.workflow import WORKFLOW
from sections.choices import Majority
from tests.positions.web import at, errors_of, make, step
from tests.way import Way

pytestmark = pytest.mark.usefixtures("english")
in_days = Way.in_days


def test_every_move_has_a_form():
    assert set(MOVE_FORMS) == set(Action)


@pytest.mark.parametrize(
    "state", sorted({state for m in WORKFLOW.moves.values() for state in m.sources})
)
@pytest.mark.parametrize("days", [None, 10, 100])
def test_the_page_of_every_move_that_is_offered_opens(way, client_of, section, state, days):
    """With a deadline of the authority and without, in a section that knows every procedure."""
    section.decides_by_silence = True
    section.save()
    position = way.to(State(state))
    position.authority_deadline = in_days(days) if days else None
    position.save()

    for name in ("coordinator", "chair", "board_secretary"):
        person = way.cast(name)
        for offer in WORKFLOW.offered_to(person, position):
            answer = client_of(person).get(step(position, offer.move.action))
            assert (offer.move.action, answer.status_code) == (offer.move.action, 200)


def test_a_vote_is_opened_by_silence_and_another_repeated(way, client_of, coordinator, section):
    section.decides_by_silence = True
    section.save()
    client = client_of(coordinator)
    silent, repeated = way.to(State.CONSOLIDATION), way.to(State.SECTION_VOTE)
    with way.after(repeated.section_ballot.closes_at):
        repeated = WORKFLOW.perform(Action.CLOSE_VOTE, repeated, by=CLOCK)

    make(client, silent, Action.OPEN_VOTE, closes_on=in_days(7), by_silence="on")
    make(client, repeated, Action.REPEAT_VOTE, closes_on=in_days(7))

    rules = [
        Position.objects.get(pk=each.pk).section_ballot.majority for each in (silent, repeated)
    ]
    assert rules == [Majority.UNOPPOSED, Majority.SIMPLE]


# The whole way -----------------------------------------------------------------------------------


def test_a_position_goes_the_whole_way_by_its_forms(
    way, client_of, coordinator, chair, board_secretary, authority
):
    position = way.start()
    section, board, second = map(client_of, (coordinator, board_secretary, chair))
    today = clock.today()
    text = {"cover_note": "Please.", "signatory": "The chair", "addressee": authority.pk}
    letter = {"letter_language": "hu", "letter_subject": "Hours", "letter_body": "Please."}
    came = {"received_on": today, "medium": "letter"}
    read = {"classified": "partly", "text": "Read."}
    legs = [
        (section, Action.OPEN_CONSULTATION, {"closes_on": in_days(8)}, State.CONSULTATION),
        (section, Action.CLOSE_CONSULTATION, {"note": "All have spoken."}, State.CONSOLIDATION),
        (section, Action.OPEN_VOTE, {"closes_on": in_days(7)}, State.SECTION_VOTE),
        (section, Action.CLOSE_VOTE, {}, State.ADOPTED),
        (section, Action.FORWARD, text, State.FORWARDED),
        (board, Action.TAKE_UP, {"decide_on": in_days(7)}, State.BOARD_REVIEW),
        (board, Action.ACCEPT, {"decided_on": today, "note": "Yes."}, State.ACCEPTED),
        (
            section,
            Action.PREPARE_SUBMISSION,
            {**text, **letter, "channel": "email"},
            State.ACCEPTED,
        ),
        (second, Action.CONFIRM_SUBMISSION, {}, State.ACCEPTED),
        (section, Action.SUBMIT, {"sent_on": today, "file_number": "M/1"}, State.SUBMITTED),
        (section, Action.RECORD_INTERIM_ANSWER, {**came, "text": "Wait."}, None),
        (section, Action.RECORD_ANSWER, {**came, **read}, State.ANSWERED),
    ]
    ballots = {Action.CLOSE_VOTE: "section_ballot", Action.ACCEPT: "board_ballot"}
    for client, action, sent, state in legs:
        if action in ballots:
            way.vote(position, *[Choice.YES] * 3, ballot=ballots[action])
        assert client.get(step(position, action)).status_code == 200
        response = make(client, position, action, **sent)
        assert (action, response.status_code) == (action, 302)
        position.refresh_from_db()
        assert position.status == (state or State.SUBMITTED)
        if action == Action.PREPARE_SUBMISSION:
            way.packed(position)

    points = {f"point{n}-result": "accepted" for n in (1, 2)}
    page = section.get(at(position, "outcomes"))
    points["seen"] = page.context["whole"]["seen"].value()
    assert section.post(at(position, "outcomes"), points).status_code == 302
    make(section, position, Action.EVALUATE)
    make(section, position, Action.CLOSE, result="All was accepted.", review_on=in_days(365))

    position.refresh_from_db()
    assert (position.status, position.result) == (State.CLOSED, "All was accepted.")
    assert position.sent.channel == Channel.EMAIL


def test_the_board_changes_the_wording_and_the_section_agrees(
    way, client_of, coordinator, board_secretary
):
    position = way.to(State.BOARD_REVIEW)
    way.vote(position, *[Choice.YES] * 3, ballot="board_ballot")
    board, section = client_of(board_secretary), client_of(coordinator)
    form = board.get(step(position, Action.ACCEPT_WITH_CHANGES)).context["form"]
    assert form["body"].value() == "First paragraph.\n\nSecond paragraph."
    sent = {
        "decided_on": clock.today(),
        "title": form["title"].value(),
        "body": "First paragraph.\n\nSecond part.",
        "points": form["points"].value(),
        "note": "Shorter.",
    }

    make(board, position, Action.ACCEPT_WITH_CHANGES, **sent)
    page = section.get(step(position, Action.AGREE_TO_CHANGES))
    make(section, position, Action.AGREE_TO_CHANGES)

    assert "Second <del>paragraph</del> <ins>part</ins>." in page.content.decode()
    position.refresh_from_db()
    assert (position.status, position.current.number) == (State.ACCEPTED, 2)
    assert position.decisions.get().verdict == Verdict.CHANGED


def test_a_successor_is_chosen_among_the_sections_own_positions(way, client_of, coordinator):
    old, new = way.to(State.ADOPTED), way.to(State.CONSULTATION)
    gone = way.to(State.WITHDRAWN)
    client = client_of(coordinator)

    offered = client.get(step(old, Action.SUPERSEDE)).context["form"].fields["successor"].queryset
    make(client, old, Action.SUPERSEDE, successor=new.pk, note="Better said.")

    assert gone not in offered
    old.refresh_from_db()
    assert (old.status, old.successor) == (State.SUPERSEDED, new)


# What is missing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "action", "who", "sent", "field", "error"),
    [
        (
            State.DRAFT,
            Action.OPEN_CONSULTATION,
            "coordinator",
            {"closes_on": ""},
            "closes_on",
            "This field is required.",
        ),
        (
            State.DRAFT,
            Action.OPEN_CONSULTATION,
            "coordinator",
            {"closes_on": -1},
            "closes_on",
            "This day has passed: choose a later one.",
        ),
        (
            State.DRAFT,
            Action.OPEN_CONSULTATION,
            "coordinator",
            {"closes_on": 7},
            "closes_on",
            "Comments stay open for at least 8 days; give the reason if it is urgent.",
        ),
        (
            State.CONSULTATION,
            Action.CLOSE_CONSULTATION,
            "coordinator",
            {},
            "note",
            "Give the reason for closing the comments before their deadline.",
        ),
        (
            State.CONSOLIDATION,
            Action.OPEN_VOTE,
            "coordinator",
            {"closes_on": "2026-02-30"},
            "closes_on",
            "Enter a valid date.",
        ),
        (
            State.BOARD_REVIEW,
            Action.RETURN,
            "board_secretary",
            {"note": "  "},
            "note",
            "This field is required.",
        ),
        (
            State.SUBMITTED,
            Action.RECORD_ANSWER,
            "coordinator",
            {"received_on": 1, "text": "Read.", "medium": "letter", "classified": "partly"},
            "received_on",
            "This day has not come yet: choose today or an earlier one.",
        ),
        (
            State.SUBMITTED,
            Action.RECORD_ANSWER,
            "coordinator",
            {"received_on": -30, "text": "Read.", "medium": "letter", "classified": "partly"},
            "received_on",
            "The answer cannot be older than the submission.",
        ),
        (
            State.CONSOLIDATION,
            Action.PARK,
            "coordinator",
            {"wake_on": 0, "note": "Later."},
            "wake_on",
            "The day of resuming must lie in the future.",
        ),
        (
            State.EVALUATED,
            Action.CLOSE,
            "coordinator",
            {"result": " "},
            "result",
            "This field is required.",
        ),
    ],
)
def test_what_is_missing_stands_beside_its_field(
    state, action, who, sent, field, error, position_in, client_of, request
):
    position = position_in(state)
    sent = {
        name: clock.today() + timedelta(days=value) if isinstance(value, int) else value
        for name, value in sent.items()
    }

    response = make(client_of(request.getfixturevalue(who)), position, action, **sent)

    assert response.status_code == 200
    assert errors_of(response, field) == [error]
    before = position.step
    position.refresh_from_db()
    assert (position.status, position.step) == (state, before)


def test_what_was_typed_is_kept(position_in, client_of, coordinator):
    position = position_in(State.ADOPTED)

    response = make(
        client_of(coordinator), position, Action.FORWARD, cover_note="A long letter.", signatory=""
    )

    assert response.context["form"]["cover_note"].value() == "A long letter."
    assert errors_of(response, "signatory") == ["This field is required."]


def test_an_expedited_consultation_needs_its_reason(position_in, client_of, coordinator):
    position = position_in(State.DRAFT)

    make(
        client_of(coordinator),
        position,
        Action.OPEN_CONSULTATION,
        closes_on=in_days(2),
        expedited_reason="The authority gave three days.",
    )

    position.refresh_from_db()
    assert (position.status, position.expedited_reason) == (
        State.CONSULTATION,
        "The authority gave three days.",
    )


def test_a_step_that_is_not_possible_yet_says_why(way, client_of, coordinator):
    position = way.start(body="", addressee=None)
    client = client_of(coordinator)

    page = client.get(step(position, Action.OPEN_CONSULTATION))
    answer = make(client, position, Action.OPEN_CONSULTATION, closes_on=in_days(9))

    sentences = ["The text is still empty.", "The addressee is not named yet."]
    assert page.context["missing"] == sentences
    assert errors_of(answer, None) == sentences


def test_days_are_offered_within_their_limits(way, client_of, board_secretary):
    position = way.to(State.ADOPTED)
    position = way.move(
        position,
        Action.FORWARD,
        cover_note="Please.",
        signatory="The chair",
        addressee=position.addressee,
        authority_deadline=in_days(5),
    )

    form = client_of(board_secretary).get(step(position, Action.TAKE_UP)).context["form"]

    attrs = form.fields["decide_on"].widget.attrs
    assert (attrs["min"], attrs["max"]) == (in_days(0).isoformat(), in_days(4).isoformat())


# Who, when, how often ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "action", "who", "status"),
    [
        (State.DRAFT, "no_such_step", "coordinator", 404),
        (State.DRAFT, Action.OPEN_VOTE, "coordinator", 409),
        (State.DRAFT, Action.OPEN_CONSULTATION, "drafter", 403),
        (State.DRAFT, Action.OPEN_CONSULTATION, "representative", 404),
        (State.DRAFT, Action.OPEN_CONSULTATION, "other_coordinator", 404),
        (State.FORWARDED, Action.TAKE_UP, "coordinator", 403),
        (State.FORWARDED, Action.ACCEPT, "board_secretary", 409),
        (State.CLOSED, Action.CLOSE, "coordinator", 409),
        (State.SUBMITTED, Action.RECORD_ANSWER, "stranger", 403),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_step_is_refused_in_words(
    state, action, who, status, method, position_in, client_of, request
):
    position = position_in(state)
    client = client_of(request.getfixturevalue(who))
    entries = audit.of(position).count()

    response = getattr(client, method)(step(position, action), {"seen": position.step})

    assert response.status_code == status
    position.refresh_from_db()
    assert (position.status, audit.of(position).count()) == (state, entries)


def test_a_visitor_is_asked_to_sign_in(position_in, client):
    position = position_in(State.SUBMITTED)

    response = client.post(step(position, Action.RECORD_ANSWER), {"seen": position.step})

    assert response.status_code == 302
    assert "account" in response.url


def test_the_second_click_is_told_that_the_first_one_counted(
    position_in, client_of, coordinator, representatives
):
    position = position_in(State.DRAFT)
    client = client_of(coordinator)
    sent = {"seen": position.step, "closes_on": in_days(9)}
    address = step(position, Action.OPEN_CONSULTATION)
    client.post(address, sent)
    entries, letters = audit.of(position).count(), Mail.objects.count()

    second = client.post(address, sent)

    assert second.status_code == 409
    assert "You have already taken this step" in second.content.decode()
    assert (audit.of(position).count(), Mail.objects.count()) == (entries, letters)


def test_somebody_slower_is_told_who_was_faster_and_keeps_the_words(
    position_in, client_of, coordinator, chair
):
    position = position_in(State.ADOPTED)
    seen = position.step
    make(client_of(chair), position, Action.PARK, wake_on=in_days(9), note="Later.")

    response = client_of(coordinator).post(
        step(position, Action.FORWARD), {"seen": seen, "cover_note": "A long letter."}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody was faster" in page
    assert "Chair" in page
    assert "A long letter." in page


@pytest.mark.parametrize("seen", ["", "x", None])
def test_a_form_without_its_step_is_not_taken(seen, position_in, client_of, coordinator):
    position = position_in(State.DRAFT)
    sent = {"closes_on": in_days(9)} | ({} if seen is None else {"seen": seen})

    response = client_of(coordinator).post(step(position, Action.OPEN_CONSULTATION), sent)

    assert response.status_code == 200
    assert errors_of(response, "seen") != []
    position.refresh_from_db()
    assert position.status == State.DRAFT


def test_a_step_seen_before_the_state_came_back_is_stale(way, client_of, coordinator):
    position = way.to(State.CONSOLIDATION)
    seen = position.step
    position = way.move(position, Action.PARK, note="Later.", wake_on=in_days(3))
    position = way.move(position, Action.RESUME)

    response = client_of(coordinator).post(
        step(position, Action.OPEN_VOTE), {"seen": seen, "closes_on": in_days(3)}
    )

    assert response.status_code == 409


def test_more_than_was_asked_for_is_ignored(position_in, client_of, coordinator, stranger):
    position = position_in(State.DRAFT)

    make(
        client_of(coordinator),
        position,
        Action.OPEN_CONSULTATION,
        closes_on=in_days(9),
        status=State.CLOSED,
        target=State.CLOSED,
        by=stranger.pk,
        published_at="2026-01-01",
        step=77,
    )

    position.refresh_from_db()
    assert (position.status, position.step, position.published_at) == (
        State.CONSULTATION,
        1,
        None,
    )
    assert audit.last_of(position).actor == coordinator


def test_an_office_that_ended_opens_nothing(way, client_of, coordinator):
    position = way.to(State.CONSULTATION)
    client = client_of(coordinator)
    coordinator.offices.update(ended_on=clock.today() - timedelta(days=1))

    response = client.post(
        step(position, Action.CLOSE_CONSULTATION), {"seen": position.step, "note": "Now."}
    )

    assert response.status_code == 404


# What is told beforehand -------------------------------------------------------------------------


def test_the_form_tells_who_gets_mail(way, client_of, coordinator):
    """Everybody who acts for one of the three libraries: three representatives and the drafter."""
    position = way.start()

    told = client_of(coordinator).get(step(position, Action.OPEN_CONSULTATION)).context
    make(client_of(coordinator), position, Action.OPEN_CONSULTATION, closes_on=in_days(9))

    assert ("envelope", "4 people get mail: those whose turn it is then.") in told["consequences"]
    assert Mail.objects.count() == 4


def test_the_form_tells_what_becomes_public(way, client_of, coordinator):
    position = way.move(way.prepare(way.to(State.ACCEPTED)), Action.CONFIRM_SUBMISSION, "chair")

    told = client_of(coordinator).get(step(position, Action.SUBMIT)).context["consequences"]

    assert "Text, points, topics, the section's votes and the dates become public." in [
        str(sentence) for _icon, sentence in told
    ]
