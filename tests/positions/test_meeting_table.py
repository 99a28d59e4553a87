"""The expectation table of meetings: who is offered which move in which state, by hand.

    yes   may make the move now        ...   may, but something is still missing
    -     may not

The secretary takes the minutes; `second` and `third` of the board authenticate them.
"""

import pytest

from positions.choices import MeetingState
from positions.meeting_workflow import MEETINGS

TABLE = """
                     bchair second third secr staff coord library
planned
    convene            yes    -     -    yes    -     -      -
    change             yes    -     -    yes    -     -      -
    cancel             yes    -     -    yes    -     -      -

convened
    open               yes    -     -    yes    -     -      -
    change             yes    -     -    yes    -     -      -
    cancel             yes    -     -    yes    -     -      -

in_session
    end                ...    -     -    ...    -     -      -
    find_not_quorate   yes    -     -    yes    -     -      -
    appoint            yes    -     -    yes    -     -      -

held
    present            yes    -     -    yes    -     -      -
    appoint            yes    -     -    yes    -     -      -

drafted
    authenticate        -    yes   yes    -     -     -      -
    appoint            yes    -     -    yes    -     -      -

authenticated
    close              yes    -     -    yes    -     -      -

not_quorate
    repeat             yes    -     -    yes    -     -      -

cancelled

closed
"""
ROLES = {
    "bchair": "board_chair",
    "secr": "board_secretary",
    "staff": "staff",
    "coord": "coordinator",
    "library": "representative",
}


def expected():
    lines = TABLE.strip("\n").splitlines()
    roles, table, state = lines[0].split(), {}, ""
    for line in lines[1:]:
        if line and not line.startswith(" "):
            state = line
            table[state] = {}
        elif line:
            action, *cells = line.split()
            table[state][action] = dict(zip(roles, cells, strict=True))
    return table


def cell(person, meeting, action):
    offers = {offer.move.action: offer for offer in MEETINGS.offered_to(person, meeting)}
    if action not in offers:
        return "-"
    return "..." if offers[action].missing else "yes"


def test_the_table_names_every_state_and_every_move():
    table = expected()

    assert set(table) == set(MeetingState.values)
    assert {action for moves in table.values() for action in moves} == set(MEETINGS.moves)


@pytest.mark.parametrize("state", MeetingState.values)
def test_who_is_offered_what(request, sitting, state):
    meeting = sitting.to(state)
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}
    _chair, people["second"], people["third"] = request.getfixturevalue("board")
    moves = expected()[state]

    found = {
        action: {role: cell(person, meeting, action) for role, person in people.items()}
        for action in MEETINGS.moves
    }

    nobody = dict.fromkeys(people, "-")
    assert found == {action: moves.get(action, nobody) for action in MEETINGS.moves}
