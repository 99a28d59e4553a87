"""May they? The same answer for views, templates, the workflow and the admin."""

from typing import Any

from members.models import Library
from members.policy import is_staff
from members.standing import mandates_of
from positions.choices import (
    AMENDABLE,
    ATTACHABLE,
    BOARD_QUEUE,
    COMMENTABLE,
    DISCUSSED,
    EDITABLE,
    MINUTES_RESERVED,
    PUBLIC_STATES,
    ConsultationState,
    State,
)
from positions.models import (
    Amendment,
    Ballot,
    BoardDecision,
    Consultation,
    Elector,
    Exclusion,
    Meeting,
    Position,
)
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


def states_met_by(person: Any) -> frozenset[State]:
    """In which this person may find a position at all."""
    standing = standing_of(person)
    if standing.sections or standing.mandates.on_board or is_staff(person):
        return frozenset(State)
    return PUBLIC_STATES


def outcomes_are_told(position: Position, *, inside: bool) -> bool:
    """Until the evaluation is concluded they may change, and are for those inside; so are promises,
    which may be recorded as soon as it is submitted."""
    return inside or position.evaluated_at is not None


def may_start(person: Any, section: Section) -> bool:
    return section.pk in standing_of(person).sections


def coordinates(person: Any, position: Position) -> bool:
    return position.section_id in standing_of(person).leads


def is_author(person: Any, position: Position) -> bool:
    """An author writes only while they still act in the section."""
    if position.section_id not in standing_of(person).sections:
        return False
    return person.pk in position.author_pks


def writes(person: Any, position: Position) -> bool:
    return coordinates(person, position) or is_author(person, position)


def may_edit(person: Any, position: Position) -> bool:
    return position.status in EDITABLE and writes(person, position)


def may_attach(person: Any, position: Position) -> bool:
    """Those who write while they write, the coordinator until it is submitted."""
    if may_edit(person, position):
        return True
    return position.status in ATTACHABLE and coordinates(person, position)


def may_comment(person: Any, position: Position) -> bool:
    if position.status not in COMMENTABLE:
        return False
    if position.status == State.DRAFT:
        return may_edit(person, position)
    return position.section_id in standing_of(person).sections


def may_amend(person: Any, position: Position) -> bool:
    """Amendments are proposed, supported and withdrawn by the libraries of the section."""
    return position.status in AMENDABLE and acts_for_a_library(person, position)


def acts_for_a_library(person: Any, position: Position) -> bool:
    return bool(standing_of(person).libraries_in(position.section_id))


def may_decide_on_amendment(person: Any, amendment: Amendment) -> bool:
    """Once comments are closed: while they are open, the text is frozen."""
    position = amendment.position
    return position.status == State.CONSOLIDATION and coordinates(person, position)


def may_withdraw_amendment(person: Any, amendment: Amendment) -> bool:
    position = amendment.position
    libraries = standing_of(person).libraries_in(position.section_id)
    return position.status in AMENDABLE and amendment.library_id in libraries


def speaks_for(person: Any, library: Library, position: Position) -> bool:
    """Acts today for a library that is a member of the section today."""
    return library.pk in standing_of(person).libraries_in(position.section_id)


def may_reply(person: Any, position: Position) -> bool:
    """To the comments they read: whoever acts in the section, later than comments are begun."""
    if position.status == State.DRAFT:
        return may_comment(person, position)
    return position.status in DISCUSSED and position.section_id in standing_of(person).sections


def may_resolve(person: Any, position: Position) -> bool:
    return position.status in DISCUSSED and writes(person, position)


def may_translate(person: Any, position: Position) -> bool:
    """In any state: it changes nothing of the text, and the Hungarian words stay authoritative."""
    return coordinates(person, position) or is_staff(person)


def may_withdraw(person: Any, position: Position) -> bool:
    if coordinates(person, position):
        return True
    return position.status == State.DRAFT and is_author(person, position)


def is_secretary(person: Any, position: Position) -> bool:
    return standing_of(person).mandates.is_secretary


def follows_consultations(person: Any) -> bool:
    """Members read what the sections do about a consultation, others what is public of it."""
    standing = standing_of(person)
    mandates = standing.mandates
    return bool(standing.sections or mandates.libraries or mandates.on_board) or is_staff(person)


def may_attach_what_came(person: Any, consultation: Consultation) -> bool:
    """Those who record it; what was closed stays as it is."""
    return consultation.status != ConsultationState.CLOSED and is_staff(person)


def may_pass(person: Any, consultation: Consultation) -> bool:
    """A section lets it go by the hand of its coordinator or chair."""
    leads = standing_of(person).leads
    return any(each.is_held and each.section_id in leads for each in consultation.standing)


def may_take_up(person: Any, consultation: Consultation) -> bool:
    leads = standing_of(person).leads
    return any(not each.is_held and each.section_id in leads for each in consultation.standing)


def may_answer_for(person: Any, consultation: Consultation) -> frozenset[int]:
    """The sections for which this person may start a position from it."""
    if consultation.status != ConsultationState.ASSIGNED:
        return frozenset()
    held = {each.section_id for each in consultation.standing if each.is_held}
    return standing_of(person).leads & held


def is_before_board(position: Position) -> bool:
    return position.status in BOARD_QUEUE


def records_exclusions(person: Any) -> bool:
    mandates = standing_of(person).mandates
    return mandates.is_secretary or mandates.chairs_board


def may_exclude(person: Any, position: Position, *, member: Any = None) -> bool:
    """From the ballot of the board, for a conflict of interest: oneself, or as its chair or
    secretary anybody; without a `member`, whether anybody at all."""
    if position.forwarded_at is None:
        return False
    own = member is None or member.pk == person.pk
    return records_exclusions(person) or (own and standing_of(person).mandates.votes_on_board)


def may_lift(person: Any, exclusion: Exclusion) -> bool:
    """Whoever recorded it; of somebody else the chair or the secretary, too."""
    if exclusion.person_id != person.pk:
        return records_exclusions(person)
    return exclusion.is_declared and standing_of(person).mandates.votes_on_board


def sees_board_queue(person: Any) -> bool:
    return is_staff(person) or standing_of(person).mandates.on_board


def sees_meetings(person: Any) -> bool:
    return is_staff(person) or mandates_of(person).on_board


def runs_meetings(person: Any, meeting: Meeting | None = None) -> bool:
    """The secretary of the board and its chair call its meetings and lead them."""
    mandates = mandates_of(person)
    return mandates.is_secretary or mandates.chairs_board


def takes_minutes(person: Any, meeting: Meeting) -> bool:
    return person.pk == meeting.minute_taker_id and sees_meetings(person)


def reads_minutes(person: Any, meeting: Meeting) -> bool:
    """Not yet for whoever takes no part in deciding on one of its positions: votes are in them.
    They are presented once everything is decided."""
    if meeting.status not in MINUTES_RESERVED:
        return True
    undecided = Position.objects.filter(
        agenda_items__meeting=meeting, status=State.BOARD_REVIEW, exclusions__person=person
    )
    return not undecided.exists()


def may_present_minutes(person: Any, meeting: Meeting) -> bool:
    return takes_minutes(person, meeting) or runs_meetings(person)


def may_authenticate(person: Any, meeting: Meeting) -> bool:
    named = {meeting.first_authenticator_id, meeting.second_authenticator_id}
    return person.pk in named and sees_meetings(person)


def reads_excerpt(person: Any, decision: BoardDecision) -> bool:
    """With votes and reasons: the board, staff, and the section whose position it is on."""
    if decision.position is None:
        return sees_meetings(person)
    return sees_inside(person, decision.position)


def may_second(person: Any, position: Position) -> bool:
    """Another office holder of the section, or the board's chair or secretary."""
    mandates = standing_of(person).mandates
    entitled = coordinates(person, position) or mandates.is_secretary or mandates.chairs_board
    return entitled and (position.sent is None or position.sent.prepared_by_id != person.pk)


def may_vote(person: Any, elector: Elector, ballot: Ballot) -> bool:
    """For a library: who acts for it today and it is still in the section; else oneself."""
    if elector.library_id is None:
        mine = elector.person_id == person.pk and not elector.excluded
        return mine and standing_of(person).mandates.votes_on_board
    section_id = ballot.position.section_id
    return elector.library_id in standing_of(person).libraries_in(section_id)


def may_record_answer(person: Any, position: Position) -> bool:
    """One that comes after it was recorded that none came is recorded all the same."""
    if not coordinates(person, position):
        return False
    return position.status != State.ANSWERED or position.sent.silent_since is not None


def may_follow_up(person: Any, position: Position) -> bool:
    """Messages, letters, promises and what of an answer is published: once it has been sent."""
    sent = position.sent
    return bool(sent and sent.sent_on) and coordinates(person, position)


def may_record_outcomes(person: Any, position: Position) -> bool:
    return position.status == State.ANSWERED and coordinates(person, position)
