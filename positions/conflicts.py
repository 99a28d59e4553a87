"""Members of the board who have a conflict of interest take no part in deciding on a position."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.workflow import NotAllowed, Overtaken, SomethingMissing, lock
from members.models import Mandate, Person
from positions import conflict_notices, policy
from positions.choices import BallotKind, State
from positions.models import Ballot, Elector, Exclusion, Position

EXCLUDE, LIFT = "exclude", "lift_exclusion"


class NoVoteComes(Exception):
    """The votes are known by now: who takes no part has to be said before (409)."""


def make_electors(ballot: Ballot, people: Iterable[int]) -> None:
    """Of a ballot of the board: a row for each member, those excluded by now among them."""
    excluded = set(ballot.position.exclusions.values_list("person", flat=True))
    Elector.objects.bulk_create(
        Elector(ballot=ballot, person_id=pk, excluded=pk in excluded) for pk in sorted(people)
    )


@transaction.atomic
def exclude(*, position: Position, by: Person, member: Person, reason: str = "") -> Exclusion:
    """`member` takes no part; a vote cast before is kept and does not count.

    Declared by oneself, or recorded by the chair or the secretary with a reason, while nobody knows
    the votes. The position is locked first, as for a vote: none slips in between.
    """
    position = lock(position)
    if not policy.may_exclude(by, position, member=member):
        raise NotAllowed(
            _("Only the chair or the secretary can record a conflict of interest of somebody else.")
        )
    if not may_be_said(position):
        raise NoVoteComes
    reason = reason.strip()
    if member.pk not in set(voting_members()):
        raise SomethingMissing(_("This person does not vote on the board."), field="member")
    if by.pk != member.pk and not reason:
        raise SomethingMissing(_("Please give the reason."), field="reason")
    if position.exclusions.filter(person=member).exists():
        raise SomethingMissing(_("This member takes no part already."), field="member")
    exclusion = write_down(position, by=by, member=member, reason=reason)
    conflict_notices.tell(exclusion)
    return exclusion


@transaction.atomic
def lift(*, exclusion: Exclusion, by: Person, reason: str) -> Position:
    """It was recorded by mistake: the member takes part again, and a vote cast before counts. What
    was recorded, and why it is lifted, stays in the chain."""
    position = lock(exclusion.position)
    if not policy.may_lift(by, exclusion):
        raise NotAllowed(_("This conflict of interest was recorded by somebody else."))
    if not may_be_said(position):
        raise NoVoteComes
    if not reason.strip():
        raise SomethingMissing(_("Please give the reason."), field="reason")
    if not position.exclusions.filter(pk=exclusion.pk).delete()[0]:
        raise Overtaken(position, by=by, action=LIFT)
    _running(position).filter(person=exclusion.person_id).update(excluded=False)
    position.forget_ballots()
    payload = {"person": exclusion.person_id}
    audit.record(thing=position, action=LIFT, by=by, note=reason.strip(), payload=payload)
    conflict_notices.tell_lifted(exclusion, by=by)
    return position


def _running(position: Position):
    """The electors of the ballot of the board that is not closed yet."""
    return Elector.objects.filter(
        ballot__position=position,
        ballot__kind=BallotKind.BOARD,
        ballot__closed_at=None,
        ballot__annulled_at=None,
    )


def write_down(position: Position, *, by: Person, member: Person, reason: str) -> Exclusion:
    """Inside the transaction of an act that has looked at the right to it."""
    exclusion = Exclusion.objects.create(
        position=position, person=member, reason=reason, recorded_by=by
    )
    _running(position).filter(person=member).update(excluded=True)
    position.forget_ballots()
    audit.record(thing=position, action=EXCLUDE, by=by, note=reason, payload={"person": member.pk})
    return exclusion


def may_be_said(position: Position) -> bool:
    """Before the board takes it up, and until its votes are known."""
    if position.status == State.BOARD_REVIEW:
        return not position.board_ballot.is_told
    return policy.is_before_board(position)


def voting_members():
    """The ids of those who vote on the board today."""
    return Mandate.objects.in_force().voting_on_the_board().values_list("person", flat=True)
