import pytest
from django.urls import reverse

from core import clock
from positions.choices import Choice, State
from positions.models import Ballot
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def queue(person):
    return signed_in(person).get(reverse("positions:board_queue"))


def cards(person):
    return queue(person).context["cards"]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("board_chair", 200),
        ("board_member", 200),
        ("board_secretary", 200),
        ("staff", 200),
        ("former_board_member", 403),
        ("future_board_member", 403),
        ("coordinator", 403),
        ("representative", 403),
        ("stranger", 403),
    ],
)
def test_the_queue_is_for_the_board_of_today_and_for_staff(request, name, status):
    assert queue(request.getfixturevalue(name)).status_code == status


def test_a_refusal_says_why(stranger):
    text = queue(stranger).content.decode()

    assert "The queue of the board is seen by its members and by staff." in text


def test_visitors_are_asked_to_sign_in(client):
    response = client.get(reverse("positions:board_queue"))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_only_what_waits_for_the_board_stands_in_the_queue(position_in, board_member):
    position_in(State.ADOPTED)
    forwarded = position_in(State.FORWARDED)
    reviewed = position_in(State.BOARD_REVIEW)
    position_in(State.ACCEPTED)

    assert {card.position for card in cards(board_member)} == {forwarded, reviewed}


def test_the_most_urgent_comes_first_and_the_undated_last(way, board_member):
    late, undated, soon = (way.to(State.FORWARDED) for _ in range(3))
    for position, days in ((late, 20), (soon, 5)):
        position.authority_deadline = way.in_days(days)
        position.save()

    assert [card.position for card in cards(board_member)] == [soon, late, undated]


def test_a_card_says_what_the_board_needs_to_know(way, board_member):
    position = way.to(State.FORWARDED)
    position.authority_deadline = way.in_days(20)
    position.save()

    text = queue(board_member).content.decode()

    for words in (
        position.title,
        position.reference,
        "County Libraries Section",
        "Mintaügyi Minisztérium",
        "Please decide.",
        "forwarded to the board",
        way.in_days(20).isoformat(),
        "The secretary takes it up and sets the day of the decision.",
    ):
        assert words in text


def test_a_card_says_how_many_votes_are_missing_but_not_how_anybody_voted(way, board_member):
    position = way.to(State.BOARD_REVIEW)
    concern = Choice.CONCERN
    way.vote(position, concern, None, None, ballot="board_ballot", reason="CANARY-CONCERN")

    (card,) = cards(board_member)

    assert card.needed == [
        "1 of 3 members of the board has voted.",
        "The vote of 1 more board member is needed for a quorum.",
    ]
    assert "CANARY-CONCERN" not in queue(board_member).content.decode()
    assert "blocking concern" not in queue(board_member).content.decode()


def test_with_a_quorum_the_secretary_records_the_decision(way, board_member):
    yes = Choice.YES
    way.vote(way.to(State.BOARD_REVIEW), yes, yes, None, ballot="board_ballot")

    (card,) = cards(board_member)

    assert card.needed == [
        "2 of 3 members of the board have voted.",
        "There is a quorum: the secretary records the decision.",
    ]


def test_whoever_has_not_voted_finds_the_way_to_the_ballot(way, board):
    position = way.to(State.BOARD_REVIEW)
    way.vote(position, Choice.YES, None, None, ballot="board_ballot")
    ballot = Ballot.objects.get(position=position, kind="board")
    address = reverse("positions:vote", args=[position.reference, ballot.pk])

    first, second = queue(board[0]), queue(board[1])

    assert [card.has_voted for card in first.context["cards"]] == [True]
    assert address not in first.content.decode()
    assert [card.may_vote for card in second.context["cards"]] == [True]
    assert f'href="{address}"' in second.content.decode()


@pytest.mark.parametrize("name", ["board_secretary", "staff"])
def test_whoever_has_no_vote_is_not_led_to_the_ballot(request, position_in, name):
    position_in(State.BOARD_REVIEW)

    (card,) = cards(request.getfixturevalue(name))

    assert (card.may_vote, card.has_voted) == (False, False)


def test_a_member_whose_mandate_has_become_a_secretarys_may_not_vote_any_more(
    position_in, board_member
):
    position_in(State.BOARD_REVIEW)
    board_member.mandates.update(kind="board_secretary")

    (card,) = cards(board_member)

    assert card.may_vote is False


def test_after_its_last_second_nobody_is_led_to_the_ballot(position_in, board_member):
    position_in(State.BOARD_REVIEW)
    Ballot._base_manager.filter(kind="board").update(closes_at=clock.now())

    (card,) = cards(board_member)

    assert card.may_vote is False


def test_the_latest_decisions_stand_below(position_in, board_member):
    position_in(State.REJECTED)

    response = queue(board_member)

    (decision,) = response.context["decisions"]
    assert decision.resolution in response.content.decode()
    assert "rejected" in response.content.decode()


def test_an_empty_queue_says_so(board_member):
    assert "Nothing is waiting for the board" in queue(board_member).content.decode()


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_queue_costs_the_same_at_any_length(
    way, board_member, django_assert_num_queries, count
):
    for _ in range(count):
        way.to(State.BOARD_REVIEW)
    client = signed_in(board_member)
    client.get(reverse("positions:board_queue"))

    # session, person, second factor, mandates, offices, positions, ballots, my votes, decisions
    with django_assert_num_queries(9):
        client.get(reverse("positions:board_queue"))
