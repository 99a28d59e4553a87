"""Who is offered which decision on an amendment, in which state of it and of its position. Written
by hand, apart from the code.

    yes   may make the move now        ...   may, but something is still missing        -   may not

`library` represents the library that proposed it, `other` another one of the section.
"""

import pytest

from core.workflow import NotAllowed, Overtaken
from positions import proposing
from positions.amending import AMENDMENTS
from positions.choices import Action, AmendmentAction, AmendmentState, Choice, State
from positions.models import Amendment
from tests.amend import DELETION, WORDING

TABLE = """
                             library other  author coord  chair  bchair staff
proposed @ consultation
    withdraw                  yes     -      -      -      -      -      -

proposed @ consolidation
    accept                     -      -      -     yes    yes     -      -
    accept_changed             -      -      -     yes    yes     -      -
    carry_to_vote              -      -      -     yes    yes     -      -
    reject                     -      -      -     yes    yes     -      -
    withdraw                  yes     -      -      -      -      -      -

proposed @ consolidation, the paragraph has changed
    accept                     -      -      -     ...    ...     -      -
    accept_changed             -      -      -     yes    yes     -      -
    carry_to_vote              -      -      -     ...    ...     -      -
    reject                     -      -      -     yes    yes     -      -
    withdraw                  yes     -      -      -      -      -      -

proposed @ consolidation, the paragraph is gone
    accept                     -      -      -     ...    ...     -      -
    accept_changed             -      -      -     ...    ...     -      -
    carry_to_vote              -      -      -     ...    ...     -      -
    reject                     -      -      -     yes    yes     -      -
    withdraw                  yes     -      -      -      -      -      -

proposed @ parked

proposed @ withdrawn

accepted @ consolidation

changed @ consolidation

rejected @ consolidation

withdrawn @ consolidation

to_vote @ consolidation
    reconsider                 -      -      -     yes    yes     -      -

to_vote @ section_vote

to_vote @ not_adopted

carried @ adopted

lost @ adopted
"""
ROLES = {
    "library": "representative",
    "other": "third_representative",
    "author": "drafter",
    "coord": "coordinator",
    "chair": "chair",
    "bchair": "board_chair",
    "staff": "staff",
}
OUTSIDERS = ("visitor", "stranger", "foreign_representative", "former_representative")


def read(table):
    heading, *lines = [line for line in table.splitlines() if line.strip()]
    found: dict = {}
    for line in lines:
        if not line.startswith(" "):
            situation = found[line.strip()] = {}
            continue
        action, *cells = line.split()
        answers = zip(heading.split(), cells, strict=True)
        situation[action] = {role: cell for role, cell in answers if cell != "-"}
    return found


EXPECTED = read(TABLE)


def proposed(way, amending):
    return amending.propose(way.to(State.CONSULTATION))


def ready(way, amending):
    """Proposed, and the comments are closed."""
    amendment = proposed(way, amending)
    way.consolidate(amendment.position)
    return amendment


def rewritten(way, amending, kind):
    """Another amendment of the same paragraph was accepted."""
    position = way.to(State.CONSOLIDATION)
    amendment = amending.propose(position)
    amending.accept(amending.propose(position, by=1, kind=kind, body="<p>Other words.</p>"))
    return amendment


def at_the_vote(way, amending):
    amendment = amending.to_vote(ready(way, amending))
    way.open_vote(amendment.position)
    return amendment


def counted(way, amending, on_text, on_amendment):
    amendment = at_the_vote(way, amending)
    position = way.vote(amendment.position, *[on_text] * 3)
    way.vote_on(amendment, *[on_amendment] * 3)
    way.move(position, Action.CLOSE_VOTE)
    return amendment


YES, NO = Choice.YES, Choice.NO
SITUATIONS = {
    "proposed @ consultation": proposed,
    "proposed @ consolidation": ready,
    "proposed @ consolidation, the paragraph has changed": lambda way, amending: rewritten(
        way, amending, WORDING
    ),
    "proposed @ consolidation, the paragraph is gone": lambda way, amending: rewritten(
        way, amending, DELETION
    ),
    "accepted @ consolidation": lambda way, amending: amending.accept(ready(way, amending)),
    "changed @ consolidation": lambda way, amending: amending.change(ready(way, amending)),
    "rejected @ consolidation": lambda way, amending: amending.reject(ready(way, amending)),
    "withdrawn @ consolidation": lambda way, amending: amending.decide(
        ready(way, amending), AmendmentAction.WITHDRAW, "representative"
    ),
    "to_vote @ consolidation": lambda way, amending: amending.to_vote(ready(way, amending)),
    "to_vote @ section_vote": at_the_vote,
    "to_vote @ not_adopted": lambda way, amending: counted(way, amending, NO, YES),
    "carried @ adopted": lambda way, amending: counted(way, amending, YES, YES),
    "lost @ adopted": lambda way, amending: counted(way, amending, YES, NO),
}


def parked(way, amending):
    amendment = ready(way, amending)
    way.park(amendment.position)
    return amendment


def given_up(way, amending):
    amendment = ready(way, amending)
    way.withdraw(amendment.position)
    return amendment


SITUATIONS |= {"proposed @ parked": parked, "proposed @ withdrawn": given_up}


def come_to(situation, way, amending):
    amendment = Amendment.objects.get(pk=SITUATIONS[situation](way, amending).pk)
    status, _at, state = situation.split(",")[0].partition(" @ ")
    assert (amendment.status, amendment.position.status) == (status, state)
    return amendment


def offers(person, amendment):
    amendment = Amendment.objects.get(pk=amendment.pk)
    offered = AMENDMENTS.offered_to(person, amendment)
    return {offer.move.action: "..." if offer.missing else "yes" for offer in offered}


def test_the_table_knows_every_state_and_every_decision_of_people():
    states = {situation.partition(" @ ")[0] for situation in EXPECTED}
    actions = {action for rows in EXPECTED.values() for action in rows}

    assert states == set(AmendmentState.values)
    assert actions == proposing.MADE_BY_PEOPLE
    assert set(EXPECTED) == set(SITUATIONS)


@pytest.mark.parametrize("situation", EXPECTED)
def test_each_role_is_offered_what_the_table_says(way, amending, request, situation):
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}
    amendment = come_to(situation, way, amending)

    found: dict = {}
    for role, person in people.items():
        for action, cell in offers(person, amendment).items():
            found.setdefault(action, {})[role] = cell

    assert found == EXPECTED[situation]


@pytest.mark.parametrize("situation", EXPECTED)
def test_those_without_a_mandate_here_are_offered_nothing(way, amending, request, situation):
    people = {name: request.getfixturevalue(name) for name in OUTSIDERS}
    amendment = come_to(situation, way, amending)

    assert {name: offers(person, amendment) for name, person in people.items()} == {
        name: {} for name in OUTSIDERS
    }


@pytest.mark.parametrize("situation", EXPECTED)
def test_O_039_what_is_not_offered_cannot_be_done(way, amending, request, situation):
    """By nobody, in any way: the state, the text and the history stay as they are."""
    amendment = come_to(situation, way, amending)
    before = (amendment.status, amendment.step, amendment.position.step)
    details = {AmendmentAction.ACCEPT_CHANGED: {"body": "<p>Mine.</p>", "base": 1}}

    for role, name in ROLES.items():
        for action in AmendmentAction:
            if role in EXPECTED[situation].get(action, {}):
                continue
            with pytest.raises((NotAllowed, Overtaken)):
                proposing.decide(
                    amendment=amendment,
                    by=request.getfixturevalue(name),
                    action=action,
                    note="Because.",
                    **details.get(action, {}),
                )

    amendment = Amendment.objects.get(pk=amendment.pk)
    assert (amendment.status, amendment.step, amendment.position.step) == before
