"""What is done at meetings of the board besides the moves of their workflow, and with what was
resolved there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.numbering import next_number
from core.workflow import NotAllowed, Overtaken, SomethingMissing, lock
from positions import conflicts, policy
from positions.agendas import led, stepped
from positions.choices import (
    BOARD_CHOICES,
    BOARD_MAJORITY,
    BOARD_QUEUE,
    MINUTES_OPEN,
    Action,
    BallotKind,
    Choice,
    LinkKind,
    MeetingState,
    Presence,
    State,
    Verdict,
)
from positions.details import require
from positions.effects import RESOLUTIONS
from positions.models import (
    AgendaItem,
    Attendance,
    Ballot,
    BoardDecision,
    Elector,
    Exclusion,
    Meeting,
    Position,
    ResolutionLink,
    Vote,
)
from positions.workflow import WORKFLOW
from sections.choices import Majority, Quorum
from sections.rules import is_carried, votes_needed_for_quorum


class NoteMoved(Exception):
    """Somebody else wrote into the minutes meanwhile (409, both texts are shown)."""

    def __init__(self, item: AgendaItem):
        super().__init__(str(item))
        self.item = item


@dataclass(frozen=True)
class Came:
    """Whether a member was there; from which item and to which one, where not for all of them."""

    presence: Presence
    arrived_for: AgendaItem | None = None
    left_after: AgendaItem | None = None


# In session --------------------------------------------------------------------------------


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, by: Any, seen: int, came: Mapping[int, Came], guests: str = ""
) -> Meeting:
    """`came` says it of each member by their id. What has been voted on was voted on by those who
    were there: the list cannot say otherwise afterwards."""
    meeting = led(meeting, by=by, seen=seen)
    if meeting.status != MeetingState.IN_SESSION:
        raise Overtaken(meeting, by=by)
    for member in meeting.members:
        said = came.get(member.person_id)
        if said is not None:
            _mark(member, said)
    for item in meeting.items:
        _refuse_absent_voters(meeting, item)
    meeting.guests = guests.strip()
    meeting.save(update_fields=["guests"])
    stepped(meeting, "attendance", by=by)
    return meeting


def _mark(member: Attendance, said: Came) -> None:
    here = said.presence == Presence.PRESENT
    arrived, left = (said.arrived_for, said.left_after) if here else (None, None)
    if arrived and left and arrived.place > left.place:
        raise SomethingMissing(
            _("Nobody leaves before they have arrived."), field=f"left_after_{member.person_id}"
        )
    member.presence, member.arrived_for, member.left_after = said.presence, arrived, left
    member.save()


def _refuse_absent_voters(meeting: Meeting, item: AgendaItem) -> None:
    here = {each.person_id for each in meeting.present_at(item)}
    by_hand = [sum(votes_of(each)) for each in item.resolutions.all() if each.position_id is None]
    if any(count != len(here) for count in by_hand) or not _voted(item, here):
        raise SomethingMissing(
            _("Item %(number)d has been voted on by those who were there: attendance at it stays.")
            % {"number": item.place}
        )


def _voted(item: AgendaItem, here: set[int]) -> bool:
    """Whether these are the ones who voted on it; true where nobody has."""
    if item.ballot is None:
        return True
    electors = Elector.objects.filter(ballot=item.ballot, excluded=False).select_related("vote")
    return all((each.person_id in here) == hasattr(each, "vote") for each in electors)


def votes_of(decision: BoardDecision) -> list[int]:
    """By show of hands: for, against, abstained, taking no part."""
    given = (decision.votes_for, decision.votes_against, decision.votes_abstained)
    return [number or 0 for number in (*given, decision.votes_apart)]


@transaction.atomic
def take_vote(
    *, item: AgendaItem, by: Any, seen: int, votes: Mapping[int, tuple[Choice, str]]
) -> Ballot:
    """The vote on a position, entered by name for each member who is there. It takes the place of
    the vote in writing, or of an entry that was wrong: that one is annulled, and kept."""
    position = lock(item.position)
    meeting = led(item.meeting, by=by, seen=seen)
    if meeting.status != MeetingState.IN_SESSION:
        raise Overtaken(meeting, by=by)
    if position.status not in BOARD_QUEUE:
        raise Overtaken(position, by=by)
    _check_votes(meeting, item, votes)
    if position.status == State.FORWARDED:
        day = {"decide_on": clock.today(), "at_meeting": True}
        position = WORKFLOW.perform(Action.TAKE_UP, position, by=by, follows=True, **day)
    ballot = _ballot_at(meeting, item, position, votes, by=by)
    position.step += 1
    position.save(update_fields=["step"])
    voted = ballot.electors.filter(vote__isnull=False).order_by("pk")
    electors = list(voted.values_list("pk", flat=True))
    facts = {"ballot": ballot.pk, "meeting": meeting.reference, "electors": electors}
    audit.record(thing=position, action="meeting_vote", by=by, payload=facts)
    stepped(meeting, "vote", by=by, item=item.pk)
    return ballot


def voters_at(meeting: Meeting, item: AgendaItem) -> list[Attendance]:
    """Who is there for an item and not excluded from deciding on its position."""
    apart = _excluded(item)
    return [each for each in meeting.present_at(item) if each.person_id not in apart]


def _excluded(item: AgendaItem) -> set[int]:
    return set(Exclusion.objects.filter(position=item.position_id).values_list("person", flat=True))


def _check_votes(
    meeting: Meeting, item: AgendaItem, votes: Mapping[int, tuple[Choice, str]]
) -> None:
    voters = {each.person_id for each in voters_at(meeting, item)}
    if set(votes) != voters:
        raise SomethingMissing(_("Enter an answer for each member who is present, and no other."))
    for person, (choice, reason) in votes.items():
        if choice not in BOARD_CHOICES:
            raise SomethingMissing(_("Choose one of the answers."), field=f"choice_{person}")
        if choice == Choice.CONCERN and not reason.strip():
            raise SomethingMissing(_("Say in words what the concern is."), field=f"reason_{person}")
    recused = sum(choice == Choice.RECUSE for choice, _reason in votes.values())
    excluded = len(_excluded(item) & {each.person_id for each in meeting.members})
    entitled = len(meeting.members) - excluded - recused
    _refuse_without_quorum(meeting, present=len(voters) - recused, entitled=entitled)


def _refuse_without_quorum(meeting: Meeting, *, present: int, entitled: int) -> None:
    """Those who take no part count neither among the members nor among those present."""
    if entitled <= 0 or present < votes_needed_for_quorum(Quorum(meeting.quorum), entitled):
        raise SomethingMissing(_("There is no quorum for this item: nothing can be decided."))


def _ballot_at(meeting, item, position, votes, *, by):
    now, earlier = clock.now(), Ballot._base_manager.filter(position=position)
    earlier.filter(kind=BallotKind.BOARD, closed_at=None, annulled_at=None).update(
        annulled_at=now,
        annulled_reason=_("The vote was taken at meeting %(number)s of the board.")
        % {"number": meeting.reference},
    )
    ballot = Ballot.objects.create(
        position=position,
        kind=BallotKind.BOARD,
        round=earlier.filter(kind=BallotKind.BOARD).count() + 1,
        item=item,
        version=position.current,
        quorum=meeting.quorum,
        majority=BOARD_MAJORITY,
        opened_at=now,
        closes_at=now,
    )
    conflicts.make_electors(ballot, [member.person_id for member in meeting.members])
    for elector in Elector.objects.filter(ballot=ballot, person__in=votes).order_by("pk"):
        choice, reason = votes[elector.person_id]
        Vote.objects.create(elector=elector, choice=choice, reason=reason.strip(), cast_by=by)
        payload = {"ballot": ballot.pk, "elector": elector.pk}
        audit.record(thing=position, action="vote", by=by, payload=payload)
    return ballot


@transaction.atomic
def resolve(
    *,
    item: AgendaItem,
    by: Any,
    seen: int,
    subject: str,
    words: str,
    votes_for: int,
    votes_against: int,
    votes_abstained: int,
    votes_apart: int,
    goes_public: bool = True,
) -> BoardDecision:
    """A numbered resolution on an item that is no position; the votes tell whether it is passed."""
    meeting = led(item.meeting, by=by, seen=seen)
    if meeting.status != MeetingState.IN_SESSION or item.position_id is not None:
        raise Overtaken(meeting, by=by)
    require(subject, field="subject")
    require(words, field="words")
    present = len(meeting.present_at(item))
    if votes_for + votes_against + votes_abstained + votes_apart != present:
        raise SomethingMissing(
            _("The votes must add up to the number of members present: %(count)d.")
            % {"count": present},
            field="votes_for",
        )
    entitled = len(meeting.members) - votes_apart
    _refuse_without_quorum(meeting, present=present - votes_apart, entitled=entitled)
    passed = is_carried(
        Majority(BOARD_MAJORITY),
        entitled=entitled,
        yes=votes_for,
        no=votes_against,
        abstain=votes_abstained,
    )
    decision = BoardDecision.objects.create(
        item=item,
        subject=subject.strip(),
        words=words.strip(),
        goes_public=goes_public,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstained=votes_abstained,
        votes_apart=votes_apart,
        verdict=Verdict.ACCEPTED if passed else Verdict.REJECTED,
        year=meeting.day.year,
        number=next_number(RESOLUTIONS, meeting.day.year),
        decided_on=meeting.day,
        recorded_by=by,
    )
    stepped(meeting, "resolve", by=by, item=item.pk, resolution=decision.resolution)
    return decision


def days_of_decision(position: Position) -> tuple[date, date]:
    """The first and the last day on which the board can have decided on it."""
    ballot = position.board_ballot
    if ballot and ballot.is_at_meeting:
        return ballot.item.meeting.day, ballot.item.meeting.day
    return clock.day_of(position.status_since), clock.today()


# The minutes -------------------------------------------------------------------------------


@transaction.atomic
def write_note(*, item: AgendaItem, by: Any, base: int, note: str) -> AgendaItem:
    """What the minutes say of an item besides the facts; written on top of `base`, else NoteMoved
    with what is there now."""
    meeting = lock(item.meeting)
    if not policy.takes_minutes(by, meeting):
        raise NotAllowed(_("The minutes are written by the minute-taker."))
    if meeting.status not in MINUTES_OPEN:
        raise Overtaken(meeting, by=by)
    item = AgendaItem.objects.select_related("note_by").get(pk=item.pk)
    if item.note_step != base:
        raise NoteMoved(item)
    if item.note != note.strip():
        item.note, item.note_by = note.strip(), by
        item.note_step += 1
        item.save(update_fields=["note", "note_by", "note_step"])
        audit.record(thing=meeting, action="note", by=by, payload={"item": item.pk})
    return item


# Resolutions among themselves --------------------------------------------------------------


@transaction.atomic
def link_resolutions(
    *, source: BoardDecision, kind: LinkKind, target: BoardDecision, by: Any
) -> ResolutionLink:
    """What a resolution does to an earlier one that stands. Only backwards: there are no cycles."""
    if not policy.runs_meetings(by):
        raise NotAllowed(_("This is done by the secretary or the chair of the board."))
    target = BoardDecision.objects.select_for_update().get(pk=target.pk)
    if (target.year, target.number) >= (source.year, source.number):
        raise SomethingMissing(_("Only an earlier resolution can be named."), field="target")
    if source.linked_by.filter(kind=LinkKind.REVOKES).exists():
        raise SomethingMissing(_("A resolution that has been revoked changes no other."))
    if target.linked_by.filter(kind=LinkKind.REVOKES).exists():
        raise SomethingMissing(_("That resolution has been revoked already."), field="target")
    if target.linked_by.filter(source=source).exists():
        raise SomethingMissing(_("The two are linked already."), field="target")
    link = ResolutionLink.objects.create(source=source, kind=kind, target=target, recorded_by=by)
    payload = {"kind": kind, "target": target.resolution}
    audit.record(thing=source, action="link", by=by, payload=payload)
    return link


@transaction.atomic
def undo_link(*, link: ResolutionLink, by: Any, reason: str) -> BoardDecision:
    """It was recorded by mistake: neither resolution shows it any more; the chain keeps it."""
    if not policy.runs_meetings(by):
        raise NotAllowed(_("This is done by the secretary or the chair of the board."))
    require(reason, field="reason")
    source, target = link.source, BoardDecision.objects.select_for_update().get(pk=link.target_id)
    if not ResolutionLink.objects.filter(pk=link.pk).delete()[0]:
        raise SomethingMissing(_("The two are not linked any more."))
    payload = {"kind": link.kind, "target": target.resolution}
    audit.record(thing=source, action="undo_link", by=by, note=reason.strip(), payload=payload)
    return source
