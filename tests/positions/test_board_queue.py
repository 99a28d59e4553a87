import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import slugify

from core import clock
from positions.choices import Action, Choice, State
from positions.conflicts import exclude
from positions.models import Ballot, Position, Vote
from tests.cast import signed_in
from tests.positions.test_attachments import attach
from tests.positions.web import at

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


def test_the_nearer_of_the_two_days_makes_it_urgent(way, board_member):
    reviewed = way.to(State.BOARD_REVIEW)  # to be decided on in a week
    sooner, later = way.to(State.FORWARDED), way.to(State.FORWARDED)
    Position.objects.filter(pk=reviewed.pk).update(authority_deadline=way.in_days(30))
    Position.objects.filter(pk=sooner.pk).update(authority_deadline=way.in_days(5))
    Position.objects.filter(pk=later.pk).update(
        authority_deadline=way.in_days(20), decide_on=way.in_days(1)
    )

    found = cards(board_member)

    assert [card.position for card in found] == [sooner, reviewed, later]
    assert [card.nearest_day for card in found] == [way.in_days(days) for days in (5, 7, 20)]
    assert [card.decide_on for card in found] == [None, way.in_days(7), None]
    assert "<strong>7 days left</strong>" in queue(board_member).content.decode()


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
        f"1 more vote is needed for a quorum, by {date_format(way.in_days(7))}.",
        "2 members have not voted.",
    ]
    assert "CANARY-CONCERN" not in queue(board_member).content.decode()
    assert "A blocking concern is open" not in queue(board_member).content.decode()


def test_whoever_has_not_voted_finds_the_ballot_on_the_card(way, board):
    position = way.to(State.BOARD_REVIEW)
    way.vote(position, Choice.YES, None, None, ballot="board_ballot")
    ballot = Ballot.objects.get(position=position, kind="board")
    address = reverse("positions:vote", args=[position.reference, ballot.pk])

    first, second = queue(board[0]), queue(board[1])

    assert [card.has_voted for card in first.context["cards"]] == [True]
    assert address not in first.content.decode()
    assert [card.may_vote for card in second.context["cards"]] == [True]
    assert f'action="{address}"' in second.content.decode()


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


@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_queue_costs_the_same_at_any_length(
    way, board_member, django_assert_num_queries, count
):
    for _ in range(count):
        way.to(State.BOARD_REVIEW)
    client = signed_in(board_member)
    client.get(reverse("positions:board_queue"))

    # session, person, second factor, mandates, offices, how many, positions, ballots with their
    # electors, what the libraries say, earlier resolutions, points, the latest resolutions
    with django_assert_num_queries(12):
        client.get(reverse("positions:board_queue"))


# All on one card ------------------------------------------------------------------------------


def only(person):
    (card,) = cards(person)
    return card


def test_a_card_tells_what_is_asked_what_it_costs_and_what_else_is_there(way, board_member):
    position = way.to(State.ADOPTED)
    attach(position, way.cast("coordinator"))
    way.move(
        position,
        Action.FORWARD,
        cover_note="Please decide.",
        burden="Two days a year.",
        signatory="The chair",
        addressee=position.addressee,
        authority_deadline=way.in_days(20),
    )

    text = queue(board_member).content.decode()

    for words in (
        "The first thing.",
        "The second thing.",
        "Two days a year.",
        "20 days left",
        "1 attachment",
        at(position, "documents"),
        at(position, "attachments"),
        at(position, "endorsements"),
    ):
        assert words in text


@pytest.mark.parametrize(
    ("days", "words"), [(-2, "2 days ago"), (0, "today is the last day"), (1, "1 day left")]
)
def test_the_days_that_are_left_are_counted(way, board_member, days, words):
    position = way.to(State.FORWARDED)
    Position.objects.filter(pk=position.pk).update(authority_deadline=way.in_days(days))

    assert words in queue(board_member).content.decode()


def test_what_changed_since_the_board_sent_it_back(way, board_member, rewrite):
    returned = way.to(State.RETURNED)
    reworked = rewrite(
        way.move(returned, Action.REWORK), "<p>First paragraph.</p><p>Another second one.</p>"
    )
    position = way.to(State.FORWARDED, way.to(State.SECTION_VOTE, reworked))

    since, text = only(board_member).since, queue(board_member).content.decode()

    assert (since.paragraphs, since.points) == (1, 2)
    assert f"{at(position, 'compare')}?old=1&amp;new=2" in text
    assert f"Resolution {returned.decisions.get().resolution}: returned." in text


def test_what_it_sees_for_the_first_time_is_compared_with_nothing(way, board_member):
    way.to(State.BOARD_REVIEW)

    assert only(board_member).since is None


def test_a_vote_is_cast_on_the_card_and_leads_back_to_it(way, board, client):
    position = way.to(State.BOARD_REVIEW)
    client = signed_in(board[1])
    form = client.get(reverse("positions:board_queue")).context["cards"][0].form
    ballot = Ballot.objects.get(position=position, kind="board")
    sent = {f"{form.prefix}-choice": Choice.YES, "from": "queue", "once": form.once}

    answers = [client.post(at(position, "vote", ballot.pk), sent) for _time in range(3)]

    place = f"{reverse('positions:board_queue')}#{slugify(position.reference)}"
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, place)] * 3
    assert Vote.objects.get(elector__person=board[1]).choice == Choice.YES
    assert "Your vote is in." in client.get(reverse("positions:board_queue")).content.decode()


def test_a_concern_without_words_is_asked_for_them_and_still_leads_back(way, board_member):
    position = way.to(State.BOARD_REVIEW)
    client = signed_in(board_member)
    prefix = only(board_member).form.prefix
    ballot = Ballot.objects.get(position=position, kind="board")
    address, facts = at(position, "vote", ballot.pk), {"from": "queue"}

    empty = client.post(address, {f"{prefix}-choice": Choice.CONCERN, **facts})
    sent = {f"{prefix}-choice": Choice.CONCERN, f"{prefix}-reason": "Too dear.", **facts}
    spoken = client.post(address, sent)

    assert empty.status_code == 200
    assert 'name="from" value="queue"' in empty.content.decode()
    assert spoken.url.startswith(reverse("positions:board_queue"))


def test_a_late_vote_from_the_card_is_a_conflict(way, board_member):
    position = way.to(State.BOARD_REVIEW)
    prefix = only(board_member).form.prefix
    ballot = Ballot.objects.get(position=position, kind="board")
    Ballot._base_manager.filter(pk=ballot.pk).update(closes_at=clock.now())

    answer = signed_in(board_member).post(
        at(position, "vote", ballot.pk), {f"{prefix}-choice": Choice.YES, "from": "queue"}
    )

    assert answer.status_code == 409


def test_whoever_takes_no_part_is_told_and_has_no_ballot(way, board, board_secretary):
    position = way.to(State.BOARD_REVIEW)
    way.vote(position, Choice.YES, None, None, ballot="board_ballot")
    exclude(position=position, by=board_secretary, member=board[2], reason="A cousin's library.")

    card, text = only(board[2]), queue(board[2]).content.decode()

    assert (card.form, card.turnout, card.keeps_out) == (None, "", True)
    assert card.needed == [
        "You take no part in it, for conflict of interest: the board decides without you."
    ]
    assert "members of the board has voted" not in text
    assert only(board[1]).turnout == "1 of 2 members of the board has voted."


def test_a_long_queue_goes_on_on_the_next_page(way, board_member, monkeypatch):
    monkeypatch.setattr("positions.views.board.PAGE_SIZE", 2)
    first, second, third = (way.to(State.FORWARDED) for _ in range(3))
    client, address = signed_in(board_member), reverse("positions:board_queue")

    pages = [client.get(address, {"page": number}).context["cards"] for number in (1, 2)]

    assert [[card.position for card in page] for page in pages] == [[first, second], [third]]


def test_each_card_leads_on_to_the_next(way, board_member):
    first, second = (way.to(State.FORWARDED) for _ in range(2))

    text = queue(board_member).content.decode()

    assert f"Skip to the next: {second.reference}" in text
    assert f"Skip to the next: {first.reference}" not in text
    for position in (first, second):
        assert text.count(f'id="{slugify(position.reference)}"') == 1


def marked(person, address):
    found = signed_in(person).get(address)
    return [item["label"] for item in found.context["nav"] if item["current"]]


def test_the_menu_marks_the_board_where_it_leads_there(way, board_member, staff, coordinator):
    position = way.to(State.BOARD_REVIEW)
    ballot = Ballot.objects.get(position=position, kind="board")
    own = [reverse("positions:board_queue"), reverse("positions:meetings")]

    found = [marked(board_member, address) for address in (*own, at(position, "vote", ballot.pk))]

    assert found == [["Board"]] * 3
    assert marked(board_member, at(position)) == ["Positions"]
    assert marked(staff, own[0]) == ["Positions"]
    assert marked(coordinator, at(position)) == ["Positions"]
