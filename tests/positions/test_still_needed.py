"""What the board still needs: from the rules and from who has voted, never from how."""

import pytest
from django.core import mail
from django.utils.formats import date_format

from core import clock, outbox
from core.workflow import SomethingMissing
from iksz_portal.mail import RENDERERS
from positions import actions, needed
from positions.choices import Action, Choice, State
from positions.models import Position
from positions.reminding import remind
from positions.workflow import WORKFLOW
from tests.positions.web import at

pytestmark = pytest.mark.usefixtures("english")
YES, CONCERN, ABSTAIN = Choice.YES, Choice.CONCERN, Choice.ABSTAIN


@pytest.fixture
def voted(way):
    """`voted(YES, CONCERN, None)`: before the board, with these votes of its three members."""

    def vote(*choices):
        position = way.to(State.BOARD_REVIEW)
        return way.vote(position, *choices, ballot="board_ballot", reason="CANARY")

    return vote


def sentences(position):
    return list(needed.for_board(Position.objects.get(pk=position.pk)))


def last_day(way):
    return date_format(way.in_days(7))


def test_before_it_is_taken_up(way):
    assert sentences(way.to(State.FORWARDED)) == [
        "The secretary takes it up and sets the day of the decision."
    ]


def test_nobody_has_voted(way, voted):
    assert sentences(voted(None, None, None)) == [
        f"2 more votes are needed for a quorum, by {last_day(way)}.",
        "3 members have not voted.",
    ]


@pytest.mark.parametrize("choice", [YES, Choice.NO_OBJECTION, CONCERN, ABSTAIN])
def test_how_the_first_has_voted_makes_no_difference(way, voted, choice):
    assert sentences(voted(choice, None, None)) == [
        f"1 more vote is needed for a quorum, by {last_day(way)}.",
        "2 members have not voted.",
    ]


@pytest.mark.parametrize("choices", [(YES, YES), (YES, CONCERN), (CONCERN, CONCERN)])
def test_nor_does_it_once_there_is_a_quorum(way, voted, choices):
    assert sentences(voted(*choices, None)) == [
        f"There is a quorum; votes are taken until {last_day(way)}.",
        "1 member has not voted.",
    ]


def test_who_takes_no_part_counts_neither_way(way, voted):
    """Two are left, and both are needed: more than half of two."""
    assert sentences(voted(Choice.RECUSE, YES, None)) == [
        f"1 more vote is needed for a quorum, by {last_day(way)}.",
        "1 member has not voted.",
    ]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ((YES, YES, ABSTAIN), "The ballot carries it: the secretary records the decision."),
        (
            (YES, YES, CONCERN),
            "A blocking concern is open: it must be talked over, or outvoted on record.",
        ),
        (
            (YES, CONCERN, CONCERN),
            "The ballot does not carry it: it is rejected, or returned with reasons.",
        ),
    ],
)
def test_once_all_have_voted_it_is_told(voted, choices, sentence):
    assert sentences(voted(*choices)) == [sentence]


def test_once_its_time_is_over_it_is_told(way, voted):
    position = voted(YES, YES, None)

    with way.after(position.board_ballot.closes_at):
        found = sentences(position)

    assert found == ["The ballot carries it: the secretary records the decision."]


def test_a_ballot_that_too_few_took_part_in_is_told_as_such(way, voted):
    position = voted(CONCERN, None, None)

    with way.after(position.board_ballot.closes_at):
        found = sentences(position)

    assert found == [
        "There is no quorum, 1 vote is missing: the decision is deferred, or the position returned."
    ]


# Nobody learns a running result ------------------------------------------------------------------


@pytest.mark.parametrize("choices", [(YES, YES), (YES, CONCERN), (CONCERN, CONCERN)])
def test_the_secretary_is_told_the_same_however_it_stands(way, voted, board_secretary, choices):
    position = Position.objects.get(pk=voted(*choices, None).pk)

    offered = WORKFLOW.offered_to(board_secretary, position)

    wait = f"Votes are taken until {last_day(way)}: wait, or close the ballot."
    assert {offer.move.action: list(offer.missing) for offer in offered} == {
        Action.ACCEPT: [wait],
        Action.ACCEPT_WITH_CHANGES: [wait],
        Action.REJECT: [wait],
        Action.CLOSE_BALLOT: [],
        Action.DEFER: [],
        Action.RETURN: [],
    }


def test_the_ballot_is_closed_by_the_secretary_once_there_is_a_quorum(way, voted):
    early = voted(YES, None, None)
    with pytest.raises(SomethingMissing, match="needed for a quorum"):
        way.move(early, Action.CLOSE_BALLOT, "board_secretary")
    position = voted(YES, YES, None)
    silent = position.board_ballot.electors.get(vote=None)

    position = way.move(position, Action.CLOSE_BALLOT, "board_secretary")

    with pytest.raises(actions.BallotClosed):
        actions.cast_vote(elector=silent, by=silent.person, choice=YES)
    closed_at = position.board_ballot.closed_at
    accepted = way.decide(position, Action.ACCEPT)
    assert accepted.decisions.get().ballot.closed_at == closed_at


def test_it_is_closed_once(way, voted):
    position = way.move(voted(YES, YES, None), Action.CLOSE_BALLOT, "board_secretary")

    with pytest.raises(SomethingMissing, match="No vote can come any more"):
        way.move(position, Action.CLOSE_BALLOT, "board_secretary")


def test_a_decision_is_not_deferred_once_the_votes_are_known(way, voted):
    position = way.move(voted(YES, YES, None), Action.CLOSE_BALLOT, "board_secretary")

    with pytest.raises(SomethingMissing, match="votes are known"):
        way.move(position, Action.DEFER, "board_secretary", decide_on=way.in_days(9), note="Later.")


def test_a_ballot_without_a_quorum_is_deferred_after_its_time_and_stays_untold(
    way, voted, client_of, board_member
):
    position = voted(CONCERN, None, None)

    with way.after(position.board_ballot.closes_at):
        page = client_of(board_member).get(at(position)).content.decode()
        way.move(position, Action.DEFER, "board_secretary", decide_on=way.in_days(9), note="Few.")

    assert "CANARY" not in page
    assert "blocking concern" not in page


def test_a_blocked_decision_says_only_what_everybody_knows(way, voted, client_of, board_secretary):
    """By the form of the move, where the details are judged, too."""
    position = voted(CONCERN, CONCERN, None)
    facts = {"note": "Yes.", "decided_on": clock.today(), "seen": position.step}

    page = client_of(board_secretary).post(at(position, "move", Action.ACCEPT), facts)

    text = page.content.decode()
    assert page.status_code == 200
    assert "wait, or close the ballot" in text
    assert "does not carry" not in text


# Where it is said --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["board_member", "board_secretary", "coordinator"])
def test_the_page_of_the_position_says_it(way, voted, client_of, request, name):
    position = voted(YES, None, None)

    text = client_of(request.getfixturevalue(name)).get(at(position)).content.decode()

    assert f"1 more vote is needed for a quorum, by {last_day(way)}." in text
    assert "2 members have not voted." in text or name == "board_secretary"


def test_the_letter_of_reminding_says_it(way, voted, board):
    position = voted(YES, None, None)
    with clock.at(position.board_ballot.closes_at):
        remind()
        outbox.send_due(RENDERERS)

    letters = [each for each in mail.outbox if "lezárul a szavazás" in each.subject]
    day = way.in_days(7)
    assert sorted(each.to[0] for each in letters) == sorted(person.email for person in board[1:])
    assert all("2 elnökségi tag még nem szavazott." in each.body for each in letters)
    assert all(f"{day.year}." in each.body for each in letters)
