"""A library with a conflict of interest takes no part: said openly, and left out of the count."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workflow import CLOCK
from positions import actions
from positions.choices import Action, Choice, State
from positions.models import Ballot, Vote
from positions.workflow import WORKFLOW
from sections.choices import Majority, Quorum
from tests.positions.web import at, page_of

YES, NO, ABSTAIN, RECUSE = Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.RECUSE


def closed(way, position):
    with way.after(position.section_ballot.closes_at):
        return WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)


@pytest.fixture(params=[False, True], ids=["named", "secret"])
def secret(request, section):
    section.votes_secretly = request.param
    section.save()
    return request.param


@pytest.mark.parametrize(
    ("votes", "entitled", "needed", "cast", "state"),
    [
        # Reckoned by hand: more than half of those who are left must vote, more yes than no.
        ((YES, YES, RECUSE), 2, 2, 2, State.ADOPTED),
        ((YES, NO, RECUSE), 2, 2, 2, State.NOT_ADOPTED),
        ((YES, None, RECUSE), 2, 2, 1, State.NOT_ADOPTED),
        ((YES, RECUSE, RECUSE), 1, 1, 1, State.ADOPTED),
        ((NO, RECUSE, RECUSE), 1, 1, 1, State.NOT_ADOPTED),
        ((RECUSE, RECUSE, RECUSE), 0, 1, 0, State.NOT_ADOPTED),
        ((RECUSE, None, None), 2, 2, 0, State.NOT_ADOPTED),
    ],
)
def test_who_takes_no_part_is_left_out_of_the_count(
    way, secret, votes, entitled, needed, cast, state
):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), *votes))

    ballot = Ballot.objects.get()
    assert (ballot.entitled, ballot.quorum_needed, ballot.cast) == (entitled, needed, cast)
    assert position.status == state


@pytest.mark.usefixtures("english")
def test_the_form_offers_it_and_takes_the_reason(
    way, secret, client_of, representative, library, coordinator
):
    position = way.to(State.SECTION_VOTE)
    elector = position.section_ballot.electors.get(library=library)
    address = at(position, "vote", position.section_ballot.pk)
    client = client_of(representative)
    [form] = client.get(address).context["forms"]
    value = {label: value for value, label in form.fields["choice"].choices}[RECUSE.label]

    sent = {f"elector{elector.pk}-choice": value, f"elector{elector.pk}-reason": "We are paid."}
    answer = client.post(address, sent)
    again = client.get(address).content.decode()

    vote = Vote.objects.get()
    assert (answer.status_code, vote.choice, vote.reason) == (302, RECUSE, "We are paid.")
    assert "Library 1 has voted: taking no part, for conflict of interest." in again
    [row] = [row for row in shown(coordinator, client_of, closed(way, position)).rows if row.reason]
    assert (row.answer, row.reason) == (RECUSE.label, "We are paid.")


def shown(person, client_of, position):
    [ballot] = page_of(client_of(person), position).ballots
    return ballot


@pytest.mark.usefixtures("english")
def test_on_the_map_it_has_a_colour_and_a_place_in_the_legend(way, client_of, coordinator):
    position = closed(way, way.vote(way.to(State.SECTION_VOTE), YES, YES, RECUSE))

    ballot = shown(coordinator, client_of, position)

    assert [county.tone for county in ballot.counties] == ["yes", "yes", "recused"]
    assert ("recused", "1 took no part") in ballot.legend


def test_all_are_heard_of_so_that_the_vote_can_be_closed(way, secret):
    position = way.vote(way.to(State.SECTION_VOTE), YES, YES, RECUSE)

    assert way.move(position, Action.CLOSE_VOTE).status == State.ADOPTED


# Whatever the order, the result is the same ----------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_the_votes_changes_nothing(way, secret, representatives, order):
    position = way.to(State.SECTION_VOTE)
    choices = [YES, NO, ABSTAIN]
    electors = list(position.section_ballot.electors.order_by("pk"))

    for rank in order:
        actions.cast_vote(elector=electors[rank], by=representatives[rank], choice=choices[rank])

    assert closed(way, position).status == State.NOT_ADOPTED
    ballot = Ballot.objects.get()
    assert (ballot.tally_yes, ballot.tally_no, ballot.tally_abstain) == (1, 1, 1)


def in_memory(quorum, majority, electorate, choices):
    """A ballot with its tally as the manager gives it, without a database."""
    ballot = Ballot(quorum=quorum, majority=majority)
    ballot.electorate, ballot.took_part = electorate, 0
    for choice in Choice:
        setattr(ballot, f"tally_{choice}", choices.count(choice))
    return ballot


CHOICES = st.lists(st.sampled_from([YES, NO, ABSTAIN, RECUSE]), max_size=40)
RULES = {"quorum": st.sampled_from(Quorum), "majority": st.sampled_from(Majority)}


@given(choices=CHOICES, silent=st.integers(0, 40), data=st.data(), **RULES)
def test_no_order_changes_a_result(choices, silent, data, quorum, majority):
    other = data.draw(st.permutations(choices))
    electorate = len(choices) + silent

    results = {
        (each.has_quorum, each.carries)
        for each in (in_memory(quorum, majority, electorate, order) for order in (choices, other))
    }

    assert len(results) == 1


@given(choices=CHOICES, silent=st.integers(0, 40), **RULES)
def test_a_conflict_is_as_if_the_library_were_no_member(choices, silent, quorum, majority):
    left = [choice for choice in choices if choice != RECUSE]
    with_them = in_memory(quorum, majority, len(choices) + silent, choices)
    without = in_memory(quorum, majority, len(left) + silent, left)

    assert (with_them.has_quorum, with_them.carries) == (without.has_quorum, without.carries)


@given(choices=CHOICES, silent=st.integers(1, 40), **RULES)
def test_a_yes_more_never_defeats_and_a_no_more_never_carries(choices, silent, quorum, majority):
    """Of those who were silent, where the quorum is there anyway."""
    electorate = len(choices) + silent
    before = in_memory(quorum, majority, electorate, choices)
    more_yes = in_memory(quorum, majority, electorate, [*choices, YES])
    more_no = in_memory(quorum, majority, electorate, [*choices, NO])

    if before.has_quorum:
        assert more_yes.carries >= before.carries >= more_no.carries


def test_the_last_second_counts_for_a_conflict_too(way, secret, representative, library):
    position = way.to(State.SECTION_VOTE)
    elector = position.section_ballot.electors.get(library=library)

    with (
        way.after(position.section_ballot.closes_at + timedelta(seconds=1)),
        pytest.raises(actions.BallotClosed),
    ):
        actions.cast_vote(elector=elector, by=representative, choice=RECUSE)
