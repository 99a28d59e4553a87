"""Returned with reasons point by point; accepted with changes that the section sees as redline."""

import pytest

from core import clock
from core.models import AuditEntry, Mail
from positions.choices import Action, Choice, State
from positions.models import BoardDecision, PointReason, Position
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")
SAID = {1: "Whose task is it?", 2: "By when?"}


@pytest.fixture
def reviewed(way):
    return way.to(State.BOARD_REVIEW)


def sent(position, **more):
    return {"note": "Say it shorter.", "seen": position.step, **more}


def said_of(decision):
    reasons = decision.point_reasons.order_by("point__number")
    return [(reason.point.text, reason.text) for reason in reasons]


def give_back(way, position, said=SAID):
    return way.move(
        position, Action.RETURN, "board_secretary", note="Say it shorter.", point_reasons=said
    )


def test_a_returned_position_goes_back_with_a_reason_for_each_point(way, reviewed):
    position = give_back(way, reviewed)

    decision = position.decisions.get()
    assert (position.status, decision.reasons) == (State.RETURNED, "Say it shorter.")
    assert said_of(decision) == [
        ("The first thing.", "Whose task is it?"),
        ("The second thing.", "By when?"),
    ]


def test_only_where_the_board_has_one(way, reviewed):
    position = give_back(way, reviewed, {2: "By when?", 1: "  ", 9: "No such point."})

    assert said_of(position.decisions.get()) == [("The second thing.", "By when?")]


def test_a_rejection_may_have_them_too(way, reviewed):
    concern = Choice.CONCERN
    position = way.vote(reviewed, *[concern] * 3, ballot="board_ballot", reason="No.")

    rejected = way.decide(position, Action.REJECT, point_reasons={1: "The law says so already."})

    assert said_of(rejected.decisions.get()) == [("The first thing.", "The law says so already.")]


def test_the_form_asks_for_each_point_with_its_words(reviewed, client_of, board_secretary):
    page = client_of(board_secretary).get(at(reviewed, "move", Action.RETURN))

    form = page.context["form"]
    assert list(form.fields) == ["seen", "point_1", "point_2", "note"]
    assert [form.fields[name].label for name in list(form.fields)[1:]] == [
        'On point 1: “<span lang="hu">The first thing.</span>”',
        'On point 2: “<span lang="hu">The second thing.</span>”',
        "Reasons on the whole",
    ]


def test_the_secretary_sends_it_by_the_form(reviewed, client_of, board_secretary):
    client = client_of(board_secretary)

    answer = client.post(
        at(reviewed, "move", Action.RETURN), sent(reviewed, point_1="", point_2="By when?")
    )

    assert answer.status_code == 302
    assert said_of(BoardDecision.objects.get()) == [("The second thing.", "By when?")]


def test_what_was_typed_is_kept_when_the_general_reason_is_missing(
    reviewed, client_of, board_secretary
):
    client = client_of(board_secretary)

    answer = client.post(
        at(reviewed, "move", Action.RETURN), sent(reviewed, note=" ", point_2="TYPED WORDS")
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors == {"note": ["This field is required."]}
    assert "TYPED WORDS" in answer.content.decode()
    assert not PointReason.objects.exists()


def test_before_it_is_taken_up_it_goes_back_as_a_whole(way, client_of, board_secretary):
    position = way.to(State.FORWARDED)
    client = client_of(board_secretary)
    form = client.get(at(position, "move", Action.RETURN)).context["form"]

    client.post(at(position, "move", Action.RETURN), sent(position, point_1="Ignored."))

    assert list(form.fields) == ["seen", "note"]
    assert Position.objects.get(pk=position.pk).status == State.RETURNED
    assert not PointReason.objects.exists()


def test_O_038_more_than_was_asked_for_is_ignored(reviewed, client_of, board_secretary, chair):
    extra = {"point_7": "None.", "verdict": "accepted", "number": 99, "recorded_by": chair.pk}

    client_of(board_secretary).post(
        at(reviewed, "move", Action.RETURN), sent(reviewed, point_1="Why?", **extra)
    )

    decision = BoardDecision.objects.get()
    assert (decision.verdict, decision.number, decision.recorded_by) == (
        "returned",
        1,
        board_secretary,
    )
    assert said_of(decision) == [("The first thing.", "Why?")]


def test_O_039_twice_and_out_of_order_is_a_conflict(
    way, reviewed, client_of, board_secretary, chair
):
    client, address = client_of(board_secretary), at(reviewed, "move", Action.RETURN)
    first = client.post(address, sent(reviewed, point_1="Why?"))
    entries, letters = AuditEntry.objects.count(), Mail.objects.count()

    again = client.post(address, sent(reviewed, point_1="Why?"))
    accept = sent(reviewed, decided_on=clock.today())
    opposite = client.post(at(reviewed, "move", Action.ACCEPT), accept)

    assert [each.status_code for each in (first, again, opposite)] == [302, 409, 409]
    assert board_secretary.name in opposite.content.decode()
    assert PointReason.objects.count() == 1
    assert (AuditEntry.objects.count(), Mail.objects.count()) == (entries, letters)


# What the section reads ---------------------------------------------------------------------------


def test_the_reasons_stand_beside_the_points_and_with_the_resolution(
    way, reviewed, client_of, coordinator
):
    give_back(way, reviewed)

    page = client_of(coordinator).get(at(reviewed))

    assert [point.board_says for point in page.context["page"].points] == list(SAID.values())
    assert page.content.decode().count("Whose task is it?") == 2


def test_beside_points_that_are_as_they_were_while_the_text_is_reworked(
    way, reviewed, client_of, coordinator, rewrite
):
    position = way.move(give_back(way, reviewed), Action.REWORK)
    before = client_of(coordinator).get(at(position))
    rewrite(position)

    after = client_of(coordinator).get(at(position))
    editing = client_of(coordinator).get(at(position, "edit")).content.decode()

    assert [point.board_says for point in before.context["page"].points] == list(SAID.values())
    assert [point.board_says for point in after.context["page"].points] == []
    for words in ("resolution 1/", "Say it shorter.", "The second thing.", "By when?"):
        assert words in editing


def test_they_never_become_public(way, reviewed, client):
    position = give_back(way, reviewed)
    Position.objects.filter(pk=position.pk).update(published_at=clock.now())

    text = client.get(at(position)).content.decode()

    assert "The first thing." in text
    assert "Whose task is it?" not in text
    assert "Say it shorter." not in text


# Accepted with changes ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["coordinator", "representative", "board_secretary"])
def test_the_wording_of_the_board_is_shown_as_redline(way, client_of, request, name):
    position = way.to(State.CHANGES_PROPOSED)

    text = client_of(request.getfixturevalue(name)).get(at(position)).content.decode()

    assert "What the board would change" in text
    assert "<ins>Other words.</ins>" in text
    assert "<del>" in text


def test_it_is_shown_right_at_the_choice(way, client_of, coordinator):
    position = way.to(State.CHANGES_PROPOSED)

    for action in (Action.AGREE_TO_CHANGES, Action.REFUSE_CHANGES):
        text = client_of(coordinator).get(at(position, "move", action)).content.decode()
        assert "<ins>Other words.</ins>" in text


def test_once_it_is_agreed_there_is_nothing_to_show(way, client_of, coordinator):
    position = way.move(way.to(State.CHANGES_PROPOSED), Action.AGREE_TO_CHANGES)

    text = client_of(coordinator).get(at(position)).content.decode()

    assert "What the board would change" not in text


def test_what_it_costs_goes_to_the_board(way, client_of, board_member, coordinator):
    way.to(State.ADOPTED)
    position = Position.objects.get()
    client = client_of(coordinator)
    form = client.get(at(position, "move", Action.FORWARD)).context["form"]
    facts = {"cover_note": "Please.", "signatory": "Chair", "addressee": position.addressee_id}

    client.post(
        at(position, "move", Action.FORWARD), sent(position, burden="Two days a year.", **facts)
    )

    assert not form.fields["burden"].required
    assert "Two days a year." in client_of(board_member).get(at(position)).content.decode()
