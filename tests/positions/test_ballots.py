"""Ballots: what is counted, who votes, and when it is too late."""

from datetime import timedelta
from itertools import chain, repeat

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit, clock
from core.models import AuditEntry
from core.workflow import CLOCK, NotAllowed, SomethingMissing
from members.choices import LibraryKind
from members.models import Library, Membership, Person
from positions import actions, policy
from positions.choices import Action, BallotKind, Choice, State
from positions.models import Ballot, Elector, Position, Vote
from positions.workflow import WORKFLOW
from sections.choices import Majority, Quorum
from sections.models import SectionMembership
from tests.cast import mandate

HALF, THIRDS = Quorum.MORE_THAN_HALF, Quorum.TWO_THIRDS
SIMPLE, ABSOLUTE, OF_ALL = Majority.SIMPLE, Majority.ABSOLUTE, Majority.ABSOLUTE_OF_ALL
TWO_THIRDS, THIRDS_OF_ALL = Majority.TWO_THIRDS, Majority.TWO_THIRDS_OF_ALL
UNOPPOSED = Majority.UNOPPOSED


def vote_for(position, library, by, choice=Choice.YES, **more):
    elector = position.section_ballot.electors.get(library=library)
    return actions.cast_vote(elector=elector, by=by, choice=choice, **more)


# Counting, against tables reckoned by hand -----------------------------------------------------


def filled_ballot(way, entitled, quorum, majority, kind=BallotKind.SECTION, **choices):
    """A ballot of so many electors, so many of whom chose each choice."""
    position, author = way.start(), way.cast("drafter")
    ballot = Ballot.objects.create(
        position=position,
        kind=kind,
        version=position.current,
        quorum=quorum,
        majority=majority,
        closes_at=timezone.now(),
    )
    people = Person.objects.bulk_create(
        Person(email=f"voter{number}@example.org", name=f"Voter {number}")
        for number in range(entitled)
    )
    electors = Elector.objects.bulk_create(
        Elector(ballot=ballot, person=person) for person in people
    )
    chosen = chain.from_iterable(repeat(choice, times) for choice, times in choices.items())
    Vote.objects.bulk_create(
        Vote(elector=elector, choice=choice, reason="Because.", cast_by=author)
        for elector, choice in zip(electors, chosen, strict=False)
    )
    return Ballot.objects.get(pk=ballot.pk)


@pytest.mark.parametrize(
    ("entitled", "quorum", "majority", "cast", "needed", "missing", "carries"),
    [
        (153, HALF, SIMPLE, {"yes": 72}, 77, 5, False),
        (153, HALF, SIMPLE, {"yes": 77}, 77, 0, True),
        (153, HALF, SIMPLE, {"yes": 38, "no": 38, "abstain": 1}, 77, 0, False),
        (153, HALF, SIMPLE, {"yes": 2, "no": 1, "abstain": 74}, 77, 0, True),
        (153, THIRDS, SIMPLE, {"yes": 101}, 102, 1, False),
        (18, HALF, SIMPLE, {"yes": 9}, 10, 1, False),
        (18, HALF, SIMPLE, {"yes": 6, "no": 4}, 10, 0, True),
        (18, HALF, ABSOLUTE, {"yes": 5, "no": 4, "abstain": 1}, 10, 0, False),
        (18, HALF, OF_ALL, {"yes": 9, "no": 1}, 10, 0, False),
        (18, HALF, OF_ALL, {"yes": 10}, 10, 0, True),
        (18, Quorum.ANY, SIMPLE, {"yes": 1}, 1, 0, True),
        (18, Quorum.ANY, SIMPLE, {}, 1, 1, False),
        # The repeated meeting: those who come are enough; half of 153 still decide by that rule.
        (153, Quorum.ANY, SIMPLE, {"yes": 72}, 1, 0, True),
        (153, Quorum.ANY, SIMPLE, {"yes": 36, "no": 36}, 1, 0, False),
        (153, Quorum.ANY, ABSOLUTE, {"yes": 37, "no": 35}, 1, 0, True),
        (153, Quorum.ANY, OF_ALL, {"yes": 72}, 1, 0, False),
        # Of 153, twelve take no part: 141 are left, and 71 are more than half of them.
        (153, HALF, SIMPLE, {"yes": 70, "recuse": 12}, 71, 1, False),
        (153, HALF, SIMPLE, {"yes": 71, "recuse": 12}, 71, 0, True),
        (153, HALF, THIRDS_OF_ALL, {"yes": 101, "no": 52}, 77, 0, False),
        (153, HALF, THIRDS_OF_ALL, {"yes": 102, "no": 51}, 77, 0, True),
        (153, HALF, THIRDS_OF_ALL, {"yes": 94, "no": 47, "recuse": 12}, 71, 0, True),
        (153, HALF, TWO_THIRDS, {"yes": 52, "no": 26}, 77, 0, True),
        (153, HALF, TWO_THIRDS, {"yes": 51, "no": 26}, 77, 0, False),
        (18, Quorum.NONE, UNOPPOSED, {}, 0, 0, True),
        (18, Quorum.NONE, UNOPPOSED, {"yes": 2, "abstain": 3}, 0, 0, True),
        (18, Quorum.NONE, UNOPPOSED, {"yes": 17, "no": 1}, 0, 0, False),
    ],
)
def test_a_section_vote_is_counted(way, entitled, quorum, majority, cast, needed, missing, carries):
    ballot = filled_ballot(way, entitled, quorum, majority, **cast)

    assert ballot.quorum_needed == needed
    assert ballot.missing_for_quorum == missing
    assert ballot.has_quorum is (missing == 0)
    assert ballot.carries is carries


@pytest.mark.parametrize(
    ("entitled", "choices", "needed", "carries"),
    [
        (6, {"yes": 2, "no_objection": 1, "concern": 1}, 4, True),
        (6, {"yes": 1, "no_objection": 1, "concern": 2}, 4, False),
        (6, {"no_objection": 4}, 4, True),
        (6, {"abstain": 4}, 4, False),
        (6, {"yes": 3}, 4, False),
        # Who takes no part counts neither as entitled nor as having voted.
        (6, {"yes": 3, "recuse": 1}, 3, True),
        (6, {"yes": 2, "recuse": 3}, 2, True),
        (6, {"yes": 1, "recuse": 4}, 2, False),
        (6, {"recuse": 6}, 1, False),
    ],
)
def test_a_ballot_of_the_board_is_counted(way, entitled, choices, needed, carries):
    ballot = filled_ballot(way, entitled, HALF, SIMPLE, BallotKind.BOARD, **choices)

    assert (ballot.quorum_needed, ballot.carries) == (needed, carries)


# The electorate --------------------------------------------------------------------------------


def test_the_electorate_is_frozen_when_the_vote_opens(way, section, county):
    position = way.to(State.SECTION_VOTE)
    newcomer = Library.objects.create(
        name="Newcomer", slug="newcomer", county=county, city="City", kind=LibraryKind.CITY
    )
    Membership.objects.create(library=newcomer)
    SectionMembership.objects.create(section=section, library=newcomer)

    ballot = Position.objects.get(pk=position.pk).section_ballot

    assert ballot.electorate == 3
    assert not ballot.electors.filter(library=newcomer).exists()


def test_a_library_that_has_left_the_association_is_no_elector(way, left_library):
    position = way.to(State.SECTION_VOTE)

    assert not position.section_ballot.electors.filter(library=left_library).exists()


def test_the_rules_are_frozen_when_the_vote_opens(way, section):
    position = way.to(State.SECTION_VOTE)
    section.quorum, section.majority = THIRDS, OF_ALL
    section.save()

    ballot = Position.objects.get(pk=position.pk).section_ballot

    assert (ballot.quorum, ballot.majority) == (HALF, SIMPLE)


def test_the_secretary_of_the_board_has_no_vote(way, board, board_secretary):
    position = way.to(State.BOARD_REVIEW)

    electors = set(position.board_ballot.electors.values_list("person", flat=True))

    assert electors == {person.pk for person in board}


# Who votes -------------------------------------------------------------------------------------


def test_a_library_has_one_vote_whoever_casts_it(way, library, representative, deputy):
    position = way.to(State.SECTION_VOTE)
    vote_for(position, library, representative, Choice.NO)

    with pytest.raises(actions.AlreadyVoted):
        vote_for(position, library, deputy, Choice.YES)

    assert [vote.choice for vote in Vote.objects.all()] == [Choice.NO]


def test_the_database_itself_keeps_to_one_vote(way, library, representative):
    position = way.to(State.SECTION_VOTE)
    vote = vote_for(position, library, representative)

    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(elector=vote.elector, choice=Choice.NO, cast_by=representative)


@pytest.mark.parametrize(
    "somebody",
    [
        "other_representative",
        "foreign_representative",
        "former_representative",
        "coordinator",
        "board_member",
        "stranger",
        "staff",
        "admin",
    ],
)
def test_nobody_votes_for_a_library_they_do_not_act_for(way, request, library, somebody):
    person = request.getfixturevalue(somebody)
    position = way.to(State.SECTION_VOTE)

    with pytest.raises(NotAllowed):
        vote_for(position, library, person)

    assert not Vote.objects.exists()


def test_a_library_that_leaves_during_the_vote_votes_no_more(way, library, representative):
    position = way.to(State.SECTION_VOTE)
    library.memberships.update(ended_on=clock.days_after(clock.today(), -1))
    again = Person.objects.get(pk=representative.pk)

    with pytest.raises(NotAllowed):
        vote_for(position, library, again)


def test_a_mandate_that_ended_an_hour_ago_votes_no_more(way, library, representative):
    """Yesterday's mandate ran until 23:59:59; it is one o'clock now, in the same session."""
    position = way.to(State.SECTION_VOTE)
    representative.mandates.update(ended_on=clock.today())
    last_second = clock.end_of_day(clock.today())
    elector = position.section_ballot.electors.get(library=library)
    with clock.at(last_second):
        before = policy.may_vote(representative, elector, position.section_ballot)

    with clock.at(last_second + timedelta(hours=1)), pytest.raises(NotAllowed):
        vote_for(position, library, representative)

    assert before


def test_two_hats_cast_two_votes_one_for_each_library(way, libraries, representative):
    mandate(representative, "deputy", libraries[1])
    position = way.to(State.SECTION_VOTE)
    person = Person.objects.get(pk=representative.pk)

    for library in libraries[:2]:
        vote_for(position, library, person)

    assert Vote.objects.filter(cast_by=person).count() == 2


def test_a_member_of_the_board_votes_only_for_themselves(way, board):
    position = way.to(State.BOARD_REVIEW)
    elector = position.board_ballot.electors.get(person=board[0])

    with pytest.raises(NotAllowed):
        actions.cast_vote(elector=elector, by=board[1], choice=Choice.YES)


# What is voted ---------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", [Choice.CONCERN, Choice.NO_OBJECTION, "maybe"])
def test_the_section_does_not_vote_with_the_boards_answers(way, library, representative, choice):
    position = way.to(State.SECTION_VOTE)

    with pytest.raises(SomethingMissing) as refusal:
        vote_for(position, library, representative, choice)

    assert refusal.value.field == "choice"


def test_a_blocking_concern_is_put_in_words(way, board):
    position = way.to(State.BOARD_REVIEW)
    elector = position.board_ballot.electors.get(person=board[0])

    with pytest.raises(SomethingMissing) as refusal:
        actions.cast_vote(elector=elector, by=board[0], choice=Choice.CONCERN, reason="  ")

    assert refusal.value.field == "reason"


def test_the_history_says_that_one_has_voted_but_not_how(way, library, representative):
    position = way.to(State.SECTION_VOTE)
    vote_for(position, library, representative, Choice.NO, reason="A secret reason.")

    entry = audit.last_of(position)

    assert (entry.action, entry.actor, entry.note) == ("vote", representative, "")
    assert set(entry.payload) == {"ballot", "elector"}


# Too late --------------------------------------------------------------------------------------


def test_the_last_second_is_still_in_time(way, library, representative):
    position = way.to(State.SECTION_VOTE)

    with clock.at(position.section_ballot.closes_at):
        vote = vote_for(position, library, representative)

    assert vote.cast_at == position.section_ballot.closes_at


def test_a_minute_later_is_too_late_even_before_the_ballot_is_closed(way, library, representative):
    position = way.to(State.SECTION_VOTE)
    entries = AuditEntry.objects.count()

    with way.after(position.section_ballot.closes_at), pytest.raises(actions.BallotClosed):
        vote_for(position, library, representative)

    assert (Vote.objects.count(), AuditEntry.objects.count()) == (0, entries)


def test_a_closed_ballot_takes_no_vote(way, library, representative):
    position = way.to(State.SECTION_VOTE)
    with way.after(position.section_ballot.closes_at):
        WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)

    with pytest.raises(actions.BallotClosed):
        vote_for(Position.objects.get(pk=position.pk), library, representative)


def test_an_annulled_ballot_takes_no_vote(way, library, representative):
    position = way.to(State.SECTION_VOTE)
    elector = position.section_ballot.electors.get(library=library)
    way.withdraw(position)

    with pytest.raises(actions.BallotClosed):
        actions.cast_vote(elector=elector, by=representative, choice=Choice.YES)


# Results ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "state"),
    [
        ((Choice.YES, Choice.YES, Choice.NO), State.ADOPTED),
        ((Choice.YES, Choice.NO, Choice.ABSTAIN), State.NOT_ADOPTED),
        ((Choice.YES, Choice.ABSTAIN, None), State.ADOPTED),
        ((Choice.YES, None, None), State.NOT_ADOPTED),
        ((None, None, None), State.NOT_ADOPTED),
    ],
)
def test_the_result_follows_from_the_count(way, votes, state):
    position = way.vote(way.to(State.SECTION_VOTE), *votes)

    with way.after(position.section_ballot.closes_at):
        closed = WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)

    assert closed.status == state


def test_a_repeated_vote_has_its_own_ballot_and_the_easier_quorum(way):
    position = way.vote(way.to(State.SECTION_VOTE), Choice.YES, None, None)
    with way.after(position.section_ballot.closes_at):
        position = WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)

    again = way.move(position, Action.REPEAT_VOTE, closes_on=way.in_days(7))

    assert (again.section_ballot.round, again.section_ballot.quorum) == (2, Quorum.ANY)
    assert again.section_ballot.turnout == 0
    assert Ballot.objects.count() == 2


@pytest.mark.parametrize(
    ("choices", "state"),
    [
        ((None, None, None), State.ADOPTED),
        ((Choice.YES, Choice.ABSTAIN, None), State.ADOPTED),
        ((Choice.YES, Choice.YES, Choice.NO), State.NOT_ADOPTED),
    ],
)
def test_silence_is_consent_where_the_section_says_so(way, section, choices, state):
    section.decides_by_silence = True
    section.save()
    position = way.move(
        way.to(State.CONSOLIDATION), Action.OPEN_VOTE, closes_on=way.in_days(5), by_silence=True
    )
    way.vote(position, *choices)

    with way.after(position.section_ballot.closes_at):
        closed = WORKFLOW.perform(Action.CLOSE_VOTE, position, by=CLOCK)

    assert closed.status == state


def test_elsewhere_it_is_not(way, english):
    position = way.to(State.CONSOLIDATION)

    with pytest.raises(SomethingMissing, match="by silence"):
        way.move(position, Action.OPEN_VOTE, closes_on=way.in_days(5), by_silence=True)


def test_a_concern_stops_the_acceptance_until_it_is_outvoted_on_record(way):
    yes, concern = Choice.YES, Choice.CONCERN
    position = way.to(State.BOARD_REVIEW)
    position = way.vote(position, yes, yes, concern, ballot="board_ballot", reason="Too dear.")

    with pytest.raises(SomethingMissing) as refusal:
        way.decide(position, Action.ACCEPT)
    accepted = way.decide(position, Action.ACCEPT, outvoted=True)

    decision = accepted.decisions.get()
    assert refusal.value.field == "outvoted"
    assert (accepted.status, decision.outvoted) == (State.ACCEPTED, True)


def test_a_decision_without_a_concern_outvotes_nothing(way):
    position = way.to(State.BOARD_REVIEW)
    position = way.vote(position, Choice.YES, Choice.YES, Choice.ABSTAIN, ballot="board_ballot")

    accepted = way.decide(position, Action.ACCEPT, outvoted=True)

    assert accepted.decisions.get().outvoted is False
