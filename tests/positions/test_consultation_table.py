"""Who is offered which move of a consultation, in which state. Written by hand, apart from the
code. It is assigned to the section of `coord` and `chair` where it is with sections.

    yes   may make the move now        ...   may, but something is still missing        -   may not
"""

import pytest

from core.workflow import CLOCK, NotAllowed, Overtaken
from positions.choices import ConsultationAction, ConsultationState
from positions.consulting import CONSULTATIONS

TABLE = """
                     staff  coord  chair  author library other  board  secr
received
    assign            yes     -      -      -      -      -      -      -
    change_due        yes     -      -      -      -      -      -      -
    record_summary    yes     -      -      -      -      -      -      -
    correct           yes     -      -      -      -      -      -      -
    let_go            yes     -      -      -      -      -      -      -

assigned
    assign            yes     -      -      -      -      -      -      -
    pass               -     yes    yes     -      -      -      -      -
    change_due        yes     -      -      -      -      -      -      -
    take_back         yes     -      -      -      -      -      -      -
    record_summary    yes     -      -      -      -      -      -      -
    correct           yes     -      -      -      -      -      -      -
    close             yes     -      -      -      -      -      -      -

assigned, with a draft on its way
    assign            yes     -      -      -      -      -      -      -
    pass               -     yes    yes     -      -      -      -      -
    change_due        yes     -      -      -      -      -      -      -
    take_back         yes     -      -      -      -      -      -      -
    record_summary    yes     -      -      -      -      -      -      -
    correct           yes     -      -      -      -      -      -      -
    close             ...     -      -      -      -      -      -      -

answered
    assign            yes     -      -      -      -      -      -      -
    change_due        yes     -      -      -      -      -      -      -
    record_summary    yes     -      -      -      -      -      -      -
    correct           yes     -      -      -      -      -      -      -
    close             yes     -      -      -      -      -      -      -

let_go
    assign            yes     -      -      -      -      -      -      -
    take_up            -     yes    yes     -      -      -      -      -
    change_due        yes     -      -      -      -      -      -      -
    take_back         yes     -      -      -      -      -      -      -
    record_summary    yes     -      -      -      -      -      -      -
    correct           yes     -      -      -      -      -      -      -
    close             yes     -      -      -      -      -      -      -

let_go, by the staff
    assign            yes     -      -      -      -      -      -      -
    change_due        yes     -      -      -      -      -      -      -
    take_back         ...     -      -      -      -      -      -      -
    record_summary    yes     -      -      -      -      -      -      -
    correct           yes     -      -      -      -      -      -      -
    close             yes     -      -      -      -      -      -      -

closed
    record_summary    yes     -      -      -      -      -      -      -
    correct           yes     -      -      -      -      -      -      -
"""
ROLES = {
    "staff": "staff",
    "coord": "coordinator",
    "chair": "chair",
    "author": "drafter",
    "library": "representative",
    "other": "other_coordinator",
    "board": "board_member",
    "secr": "board_secretary",
}
OUTSIDERS = ("visitor", "stranger", "former_representative")


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


def in_situation(coming, situation):
    state, _comma, more = situation.partition(", ")
    if more == "by the staff":
        return coming.move(coming.record(), ConsultationAction.LET_GO, note="Too late for us.")
    thing = coming.to(ConsultationState(state))
    if more:
        coming.answer(thing)
    return thing


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def offered(person, thing):
    offers = CONSULTATIONS.offered_to(person, fresh(thing))
    return {each.move.action: "..." if each.missing else "yes" for each in offers}


def test_the_table_knows_every_state():
    assert {each.partition(",")[0] for each in EXPECTED} == set(ConsultationState.values)


@pytest.mark.parametrize("situation", EXPECTED)
def test_each_is_offered_what_the_table_says(request, coming, situation):
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}
    thing = in_situation(coming, situation)

    found = {}
    for role, person in people.items():
        for action, cell in offered(person, thing).items():
            found.setdefault(action, {})[role] = cell

    assert found == EXPECTED[situation]


@pytest.mark.parametrize("situation", EXPECTED)
def test_O_039_what_is_not_offered_is_refused(request, coming, situation):
    """403 for who may not, 409 where the state has no such move; nothing changes."""
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}
    outside = {name: request.getfixturevalue(name) for name in OUTSIDERS}
    thing = in_situation(coming, situation)
    allowed = EXPECTED[situation]
    before = fresh(thing)

    for name, person in {**people, **outside}.items():
        for action in ConsultationAction:
            if name in allowed.get(action, {}):
                continue
            with pytest.raises((NotAllowed, Overtaken)):
                CONSULTATIONS.perform(action, thing, by=person, note="Because.")

    assert (fresh(thing).step, fresh(thing).status) == (before.step, before.status)


@pytest.mark.parametrize("state", ConsultationState)
def test_time_makes_no_move_of_its_own_before_a_position_has_gone(coming, state):
    thing = fresh(coming.to(state))

    assert CONSULTATIONS.due(thing) is None
    with pytest.raises((NotAllowed, Overtaken)):
        CONSULTATIONS.perform(ConsultationAction.ANSWER, thing, by=CLOCK)
