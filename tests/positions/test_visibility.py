"""Who sees a position in which state: what they do not see, they get a 404 for.

    x   sees it        -   does not

Public from the submission on; the section's from its first consultation on, drafts only for those
who write or lead; the board's from the day it was forwarded; everything for the back office.
"""

import pytest

from core import clock
from members.models import Person
from positions.choices import State
from positions.models import Position

TABLE = """
                   visitor stranger foreign author library coord board secr exboard exrep staff
draft                 -       -        -      x      -       x     -     -      -      -     x
consultation          -       -        -      x      x       x     -     -      -      -     x
consolidation         -       -        -      x      x       x     -     -      -      -     x
section_vote          -       -        -      x      x       x     -     -      -      -     x
adopted               -       -        -      x      x       x     -     -      -      -     x
not_adopted           -       -        -      x      x       x     -     -      -      -     x
forwarded             -       -        -      x      x       x     x     x      -      -     x
board_review          -       -        -      x      x       x     x     x      -      -     x
returned              -       -        -      x      x       x     x     x      -      -     x
changes_proposed      -       -        -      x      x       x     x     x      -      -     x
accepted              -       -        -      x      x       x     x     x      -      -     x
rejected              -       -        -      x      x       x     x     x      -      -     x
submitted             x       x        x      x      x       x     x     x      x      x     x
answered              x       x        x      x      x       x     x     x      x      x     x
evaluated             x       x        x      x      x       x     x     x      x      x     x
closed                x       x        x      x      x       x     x     x      x      x     x
parked                -       -        -      x      x       x     -     -      -      -     x
withdrawn             -       -        -      x      x       x     -     -      -      -     x
superseded            -       -        -      x      x       x     -     -      -      -     x
"""
ROLES = {
    "visitor": "visitor",
    "stranger": "stranger",
    "foreign": "foreign_representative",
    "author": "drafter",
    "library": "representative",
    "coord": "coordinator",
    "board": "board_member",
    "secr": "board_secretary",
    "exboard": "former_board_member",
    "exrep": "former_representative",
    "staff": "staff",
}
HEADING, *LINES = [line.split() for line in TABLE.splitlines() if line]
EXPECTED = {state: dict(zip(HEADING, cells, strict=True)) for state, *cells in LINES}


def sees(person, position):
    return Position.objects.visible_to(person).filter(pk=position.pk).exists()


def test_the_table_knows_every_state():
    assert set(EXPECTED) == set(State.values)


@pytest.mark.parametrize("state", EXPECTED)
def test_each_role_sees_what_the_table_says(way, request, state):
    people = {role: request.getfixturevalue(name) for role, name in ROLES.items()}
    position = way.to(State(state))

    found = {role: "x" if sees(person, position) else "-" for role, person in people.items()}

    assert found == EXPECTED[state]


def test_what_was_public_stays_public_when_it_is_superseded(way, visitor):
    position = way.to(State.SUBMITTED)

    superseded = way.supersede(position)

    assert sees(visitor, superseded)


def test_a_draft_that_went_back_stays_with_the_section(way, representative):
    """Parked from a draft: nobody but its authors and the office holders has seen it yet."""
    position = way.park(way.to(State.DRAFT))

    assert not sees(representative, position)


def test_an_author_who_no_longer_acts_in_the_section_sees_no_draft(way, drafter):
    position = way.start()
    drafter.mandates.update(ended_on=clock.days_after(clock.today(), -1))

    assert not sees(Person.objects.get(pk=drafter.pk), position)


def test_a_closed_account_sees_what_is_public_only(way, staff):
    draft, public = way.start(), way.to(State.SUBMITTED)
    staff.is_active = False

    assert [sees(staff, draft), sees(staff, public)] == [False, True]


def test_each_position_is_seen_once_however_many_hats(way, coordinator, libraries):
    position = way.to(State.SUBMITTED)
    coordinator.mandates.create(kind="deputy", library=libraries[0])
    coordinator.mandates.create(kind="board_member")
    position.authors.add(coordinator)
    person = Person.objects.get(pk=coordinator.pk)

    assert Position.objects.visible_to(person).count() == 1
