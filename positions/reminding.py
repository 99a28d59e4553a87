"""Those who have not voted are reminded, once, before their vote closes."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from core import clock, outbox
from core.outbox import Message
from members.choices import LIBRARY_MANDATES
from members.models import Mandate, Person
from positions import needed, policy
from positions.choices import BallotKind
from positions.models import Ballot, Elector, Position

REMINDER = "positions.vote_reminder"
BEFORE = timedelta(days=2)
PART = 3
"""In the last third of a short vote: nobody is reminded on the day it opens."""


def remind() -> int:
    """Queue the letters of every ballot whose time is running out; returns how many ballots.

    Safe to run twice, late, and in several workers at once: a ballot is marked in the transaction
    that queues its letters, and a closed one reminds nobody.
    """
    return sum(_remind_of(ballot) for ballot in _open() if _is_late_in(ballot))


def _open() -> QuerySet[Ballot]:
    """On texts: those on amendments are voted on in the same form."""
    running = Ballot.objects.filter(closed_at=None, annulled_at=None, reminded_at=None)
    return running.filter(amendment=None, closes_at__gte=clock.now())


def _is_late_in(ballot: Ballot) -> bool:
    left = ballot.closes_at - clock.now()
    return left <= min(BEFORE, (ballot.closes_at - ballot.opened_at) / PART)


@transaction.atomic
def _remind_of(ballot: Ballot) -> bool:
    unmarked = Ballot.objects.filter(pk=ballot.pk, reminded_at=None, closed_at=None)
    if not unmarked.filter(annulled_at=None).update(reminded_at=clock.now()):
        return False
    for person in silent(ballot):
        outbox.queue(
            kind=REMINDER, to=person, key=f"{REMINDER}:{ballot.pk}:{person.pk}", ballot=ballot.pk
        )
    return True


def silent(ballot: Ballot) -> QuerySet[Person]:
    """Who could vote in it today and has not: in the section's whoever acts for the library."""
    electors = Elector.objects.silent().filter(ballot=ballot)
    mandates = Mandate.objects.in_force().filter(
        kind__in=LIBRARY_MANDATES, library__in=electors.filter(person=None).values("library")
    )
    members = electors.filter(library=None).values("person")
    mine = Q(pk__in=mandates.values("person")) | Q(pk__in=members)
    return Person.objects.filter(mine, is_active=True)


def reminder(mail: Any) -> Message | None:
    """Nothing for somebody who has voted meanwhile, or may not vote any more."""
    ballot = Ballot.objects.filter(pk=mail.context["ballot"]).select_related("position").first()
    if ballot is None or not ballot.is_open:
        return None
    position = Position.objects.visible_to(mail.to).filter(pk=ballot.position_id).first()
    waiting = Elector.objects.silent().filter(ballot=ballot).select_related("library")
    mine = [each for each in waiting if policy.may_vote(mail.to, each, ballot)]
    if position is None or not mine:
        return None
    of_board = ballot.kind == BallotKind.BOARD
    return outbox.letter(
        "positions/mail/vote_reminder.txt",
        position=position,
        ballot=ballot,
        libraries=", ".join(str(each.library) for each in mine if each.library),
        is_of_board=of_board,
        needed=list(needed.before_deciding(ballot)) if of_board else [],
        url=outbox.link(reverse("positions:vote", args=[position.reference, ballot.pk])),
    )


RENDERERS = {REMINDER: reminder}
