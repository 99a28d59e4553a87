"""May they? The same answer for views, templates, the workflow and the admin."""

from typing import Any

from members.policy import is_staff
from positions.choices import COMMENTABLE, EDITABLE, State
from positions.models import Ballot, Elector, Position
from sections.models import Section
from sections.standing import standing_of


def sees_inside(person: Any, position: Position) -> bool:
    """Names, comments, versions, notes and ballots: the section, the board once the position was
    forwarded to it, and staff. Everybody else reads what is public."""
    standing = standing_of(person)
    if position.section_id in standing.sections:
        return True
    if position.forwarded_at and standing.mandates.on_board:
        return True
    return is_staff(person)


def may_start(person: Any, section: Section) -> bool:
    return section.pk in standing_of(person).sections


def coordinates(person: Any, position: Position) -> bool:
    return position.section_id in standing_of(person).leads


def is_author(person: Any, position: Position) -> bool:
    """An author writes only while they still act in the section."""
    if position.section_id not in standing_of(person).sections:
        return False
    return person.pk in {author.pk for author in position.authors.all()}


def writes(person: Any, position: Position) -> bool:
    return coordinates(person, position) or is_author(person, position)


def may_edit(person: Any, position: Position) -> bool:
    return position.status in EDITABLE and writes(person, position)


def may_comment(person: Any, position: Position) -> bool:
    if position.status not in COMMENTABLE:
        return False
    if position.status == State.DRAFT:
        return may_edit(person, position)
    return position.section_id in standing_of(person).sections


def may_withdraw(person: Any, position: Position) -> bool:
    if coordinates(person, position):
        return True
    return position.status == State.DRAFT and is_author(person, position)


def is_secretary(person: Any, position: Position) -> bool:
    return standing_of(person).mandates.is_secretary


def sees_board_queue(person: Any) -> bool:
    return is_staff(person) or standing_of(person).mandates.on_board


def may_second(person: Any, position: Position) -> bool:
    """Another office holder of the section, or the board's chair or secretary."""
    mandates = standing_of(person).mandates
    entitled = coordinates(person, position) or mandates.is_secretary or mandates.chairs_board
    return entitled and (position.sent is None or position.sent.prepared_by_id != person.pk)


def may_vote(person: Any, elector: Elector, ballot: Ballot) -> bool:
    """For a library: who acts for it today and it is still in the section; else oneself."""
    if elector.library_id is None:
        return elector.person_id == person.pk and standing_of(person).mandates.votes_on_board
    section_id = ballot.position.section_id
    return elector.library_id in standing_of(person).libraries_in(section_id)


def may_record_outcomes(person: Any, position: Position) -> bool:
    return position.status == State.ANSWERED and coordinates(person, position)
