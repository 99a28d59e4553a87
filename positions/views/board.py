from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from positions import policy
from positions.choices import State
from positions.conditions import board_has_quorum
from positions.models import BoardDecision, Elector, Position

RECENT = 5


@dataclass(frozen=True)
class QueueCard:
    """A position before the board, what it still needs, and how the reader stands to its ballot."""

    position: Position
    needed: list[str]
    may_vote: bool
    has_voted: bool

    @property
    def tone(self) -> str:
        if self.position.is_overdue:
            return "refused"
        return "waiting" if self.may_vote else "plain"


@require_safe
def board_queue(request):
    if not policy.sees_board_queue(request.user):
        raise PermissionDenied(_("The queue of the board is seen by its members and by staff."))
    queue = Position.objects.awaiting_board().for_lists().with_ballots().by_deadline()
    places = _places_in_ballots(request.user)
    context = {
        "cards": [_card(position, request.user, places) for position in queue],
        "decisions": BoardDecision.objects.select_related("position__section")[:RECENT],
    }
    return render(request, "positions/board_queue.html", context)


def _places_in_ballots(person):
    """The person's places in the ballots that are running, by ballot."""
    places = Elector.objects.filter(
        person=person, ballot__closed_at=None, ballot__annulled_at=None
    ).select_related("vote")
    return {place.ballot_id: place for place in places}


def _card(position, person, places):
    ballot = position.board_ballot
    place = places.get(ballot.pk) if ballot else None
    has_voted = place is not None and hasattr(place, "vote")
    may_vote = place is not None and ballot.is_open and policy.may_vote(person, place, ballot)
    return QueueCard(
        position=position,
        needed=_needed(position),
        may_vote=may_vote and not has_voted,
        has_voted=has_voted,
    )


def _needed(position):
    """What is still missing before the board can decide; how anybody voted is not told."""
    if position.status == State.FORWARDED:
        return [_("The secretary takes it up and sets the day of the decision.")]
    ballot = position.board_ballot
    turnout = ngettext(
        "%(count)d of %(all)d members of the board has voted.",
        "%(count)d of %(all)d members of the board have voted.",
        ballot.turnout,
    ) % {"count": ballot.turnout, "all": ballot.electorate}
    missing = [str(sentence) for sentence in board_has_quorum(position)]
    return [turnout, *(missing or [_("There is a quorum: the secretary records the decision.")])]
