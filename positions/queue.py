"""The queue of the board: for each position on one card what is needed to decide on it.

Asked for one page of the queue at a time, in the same number of queries however many positions,
ballots and votes there are besides."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from positions import needed, policy
from positions.choices import BallotKind, Stand, State
from positions.models import Attachment, BoardDecision, Elector, Exclusion, Point, Position
from positions.models.urgency import day_of_decision, nearest_day
from positions.redline import aligned
from positions.said import said_now
from positions.stands import endorsed, words
from positions.tallies import count_votes
from sections.models import SectionMembership


@dataclass(frozen=True)
class Since:
    """What has changed since the board last decided on the position."""

    decision: BoardDecision
    paragraphs: int
    points: int


@dataclass(frozen=True)
class Card:
    position: Position
    points: list[Point]
    needed: list[str]
    said: list[str]
    since: Since | None = None
    place: Elector | None = None
    keeps_out: bool = False
    may_vote: bool = False
    may_exclude: bool = False
    next: Position | None = None
    form: Any = field(default=None)

    @property
    def has_voted(self) -> bool:
        return self.place is not None and self.place.has_voted and not self.keeps_out

    @property
    def decide_on(self) -> date | None:
        return day_of_decision(self.position)

    @property
    def nearest_day(self) -> date | None:
        """The day that presses, by which the queue is ordered."""
        return nearest_day(self.position)

    @property
    def turnout(self) -> str:
        """While it is voted on; whoever takes no part is not told."""
        ballot = self.position.board_ballot
        if self.keeps_out or self.position.status != State.BOARD_REVIEW:
            return ""
        return ngettext(
            "%(count)d of %(all)d members of the board has voted.",
            "%(count)d of %(all)d members of the board have voted.",
            ballot.turnout,
        ) % {"count": ballot.turnout, "all": ballot.electorate}

    @property
    def tone(self) -> str:
        if self.position.is_overdue:
            return "refused"
        return "waiting" if self.may_vote else "plain"


def waiting(person: Any) -> QuerySet[Position]:
    """The queue in order of deadline."""
    mine = Exclusion.objects.filter(position=OuterRef("pk"), person=person.pk)
    queue = Position.objects.awaiting_board().by_deadline()
    return queue.select_related("section", "addressee", "current").annotate(
        attached=Attachment.objects.how_many(), keeps_out=Exists(mine), members=_members()
    )


def cards(positions: Sequence[Position], person: Any) -> list[Card]:
    """Of one page of the queue."""
    _set_ballots(positions)
    said, before = said_now(positions), _decided_before(positions)
    points = _points(positions, before)
    return [
        _card(each, person, said, before.get(each.pk), points, following=after)
        for each, after in zip_longest(positions, positions[1:])
    ]


def days_left(day: Any) -> str:
    left = (day - clock.today()).days
    if left < 0:
        return ngettext("%(count)d day ago", "%(count)d days ago", -left) % {"count": -left}
    if left == 0:
        return _("today is the last day")
    return ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}


def _card(position, person, said, decision, points, *, following):
    ballot = position.board_ballot
    place = next((e for e in position.electors if e.person_id == person.pk), None)
    open_to_me = place is not None and ballot.is_open and not place.has_voted
    is_told = position.status == State.BOARD_REVIEW and ballot.is_told
    return Card(
        position=position,
        points=points[position.current_id],
        needed=list(needed.for_board(position, excluded=position.keeps_out)),
        said=_said(said[position.pk], members=position.members or 0),
        since=_since(decision, position, points) if decision else None,
        place=place,
        keeps_out=position.keeps_out,
        may_vote=open_to_me and policy.may_vote(person, place, ballot),
        may_exclude=policy.may_exclude(person, position) and not is_told,
        next=following,
    )


def _members() -> Subquery:
    """How many libraries are members of the section today."""
    members = SectionMembership.objects.in_force().filter(section=OuterRef("section"))
    counted = members.order_by().values("section").annotate(all=Count("library", distinct=True))
    return Subquery(counted.values("all"))


def _said(counts, *, members) -> list[str]:
    """As the page of the position says it."""
    given = counts[Stand.ENDORSES] + counts[Stand.RESERVES]
    dissents = counts[Stand.DISSENTS]
    return [
        *([endorsed(counts, members=members)] if given else []),
        *([words(Stand.DISSENTS, dissents, is_open=True)] if dissents else []),
    ]


def _set_ballots(positions):
    """The ballots under way with their electors, counted here: no other vote is read."""
    found = Elector.objects.filter(
        ballot__position__in=positions,
        ballot__kind=BallotKind.BOARD,
        ballot__annulled_at=None,
        ballot__decision=None,
    )
    of_ballot = defaultdict(list)
    for elector in found.select_related("ballot", "vote").order_by("ballot", "pk"):
        of_ballot[elector.ballot_id].append(elector)
    by_pk = {position.pk: position for position in positions}
    for position in positions:
        position.board_ballot, position.electors = None, []
    for electors in of_ballot.values():  # the newest last
        ballot = electors[0].ballot
        ballot.position = by_pk[ballot.position_id]
        count_votes(ballot, electors)
        for elector in electors:
            elector.ballot = ballot
        ballot.position.board_ballot, ballot.position.electors = ballot, electors


def _decided_before(positions):
    """The last resolution on each, with the version it was on."""
    found = BoardDecision.objects.filter(position__in=positions).select_related("version")
    return {each.position_id: each for each in found.order_by("recorded_at", "pk")}


def _points(positions, before):
    versions = {each.current_id for each in positions}
    versions |= {decision.version_id for decision in before.values()}
    found = defaultdict(list)
    for point in Point.objects.filter(version__in=versions).order_by("version", "number"):
        found[point.version_id].append(point)
    return found


def _since(decision, position, points):
    old, new = decision.version, position.current
    before, after = ([p.text for p in points[version.pk]] for version in (old, new))
    return Since(
        decision=decision,
        paragraphs=_changed(old.wordings, new.wordings),
        points=_changed(before, after),
    )


def _changed(old: list[str], new: list[str]) -> int:
    """How many are other ones now; what went and what came instead counts once."""
    pairs = [(before, after) for before, after in aligned(old, new) if before != after]
    went, came = (sum(pair[side] is None for pair in pairs) for side in (1, 0))
    return len(pairs) - min(went, came)
