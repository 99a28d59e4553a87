"""Secret votes in the same second, on real connections: each counts once, or not at all."""

import pytest

from core import clock
from core.models import AuditEntry
from core.workflow import CLOCK
from positions import actions, recount, seals
from positions.choices import Action, Choice, State
from positions.models import Elector, Position, Vote
from positions.workflow import WORKFLOW
from tests.cast import make_library, make_person, mandate
from tests.positions.test_races import at_once, fresh, on_postgresql

__all__ = ["on_postgresql"]
pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def secretly(section):
    section.votes_secretly = True
    section.save()
    return section


def test_O_042_twenty_secret_votes_of_the_same_library(
    way, secretly, library, representative, deputy
):
    position = way.to(State.SECTION_VOTE)
    elector = position.section_ballot.electors.get(library=library)
    entries = AuditEntry.objects.count()

    def vote(person, choice):
        return lambda: actions.cast_vote(
            elector=Elector.objects.get(pk=elector.pk), by=fresh(person), choice=choice
        )

    choices = [Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.RECUSE]
    people = [representative, deputy]
    results = at_once(*[vote(people[n % 2], choices[n % 4]) for n in range(20)])

    held = sum(seals.look_into(position.section_ballot).values())
    assert results == {"done": 1, "AlreadyVoted": 19}
    assert held + Vote.objects.count() == 1
    assert AuditEntry.objects.count() == entries + 1
    assert list(recount.faults()) == []


def test_O_043_fifty_secret_voters_while_the_vote_is_being_closed(way, county, secretly):
    """Whoever was told that the vote was taken is counted, and nobody else."""
    voters = []
    for number in range(10, 57):
        library = make_library(county, number)
        secretly.memberships.create(library=library)
        voters.append(mandate(make_person(f"voter{number}"), "representative", library))
    voters += way.cast("representatives")
    position = way.to(State.SECTION_VOTE)
    closes_at = position.section_ballot.closes_at
    electors = {each.library_id: each.pk for each in position.section_ballot.electors.all()}

    def vote(person):
        elector = electors[person.mandates.get().library_id]

        def cast():
            with clock.at(closes_at):
                elector_now = Elector.objects.get(pk=elector)
                actions.cast_vote(elector=elector_now, by=fresh(person), choice=Choice.YES)

        return cast

    def close():
        with way.after(closes_at):
            WORKFLOW.perform(Action.CLOSE_VOTE, Position.objects.get(pk=position.pk), by=CLOCK)

    results = at_once(*[vote(person) for person in voters[:25]], close)
    results += at_once(*[vote(person) for person in voters[25:]])

    ballot = Position.objects.get(pk=position.pk).section_ballot
    [closing] = AuditEntry.objects.filter(action="close_vote")
    cast = AuditEntry.objects.filter(action="vote")
    assert results["done"] + results["BallotClosed"] == 51
    assert ballot.tally_yes == ballot.turnout == results["done"] - 1 == cast.count()
    assert not cast.filter(seq__gt=closing.seq).exists()
    assert list(recount.faults()) == []
