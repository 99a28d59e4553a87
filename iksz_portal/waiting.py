"""What waits for a person: the few things that are theirs to do, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from members.choices import ApplicationStatus, ChangeStatus, ReportStatus
from members.models import MembershipApplication, MistakeReport, ProfileChange
from members.policy import is_staff
from positions.choices import HOLDERS, BallotKind, Holder, State
from positions.models import Comment, Elector, Position
from positions.policy import may_vote
from sections.standing import standing_of

LATEST = datetime.max.replace(tzinfo=clock.ZONE)
COORDINATED = frozenset(
    state for state, holder in HOLDERS.items() if holder == Holder.COORDINATOR
) - {State.PARKED}
NEXT = {
    State.DRAFT: gettext_lazy("Write the draft"),
    State.CONSULTATION: gettext_lazy("Comment for your library"),
    State.CONSOLIDATION: gettext_lazy("Work in the comments and open the vote"),
    State.ADOPTED: gettext_lazy("Forward it to the board"),
    State.NOT_ADOPTED: gettext_lazy("Repeat the vote or rework the text"),
    State.FORWARDED: gettext_lazy("Take it up for review"),
    State.BOARD_REVIEW: gettext_lazy("Record the decision of the board"),
    State.RETURNED: gettext_lazy("Rework what the board has returned"),
    State.CHANGES_PROPOSED: gettext_lazy("Answer the changes of the board"),
    State.ACCEPTED: gettext_lazy("Prepare the submission"),
    State.SUBMITTED: gettext_lazy("The answer is overdue: ask, or record it"),
    State.ANSWERED: gettext_lazy("Record what became of each point"),
    State.EVALUATED: gettext_lazy("Close it with its result"),
}
CONFIRM = gettext_lazy("Confirm the submission")
RECORD = gettext_lazy("Send it, and record it as submitted")


@dataclass(frozen=True)
class Task:
    """`what` to do, with what, and until when if there is a deadline."""

    what: Any
    title: str
    url: str
    meta: str = ""
    until: datetime | None = None

    @property
    def is_overdue(self) -> bool:
        return self.until is not None and self.until < clock.now()

    @property
    def tone(self) -> str:
        return "refused" if self.is_overdue else "waiting"


def waiting_for(person: Any) -> list[Task]:
    """Three queries at most, however much waits; none for whoever holds nothing."""
    standing = standing_of(person)
    tasks = [*_approvals(person)]
    if standing.sections or standing.mandates.on_board:
        tasks += [*_votes(person, standing), *_steps(person, standing)]
    return sorted(tasks, key=lambda task: task.until or LATEST)


def _votes(person, standing):
    mine = Q(person=person) | Q(library__in=standing.mandates.libraries)
    electors = Elector.objects.filter(
        mine,
        vote=None,
        ballot__closed_at=None,
        ballot__annulled_at=None,
        ballot__closes_at__gte=clock.now(),
    ).select_related("library", "ballot__position__section")
    for elector in electors:
        ballot = elector.ballot
        if may_vote(person, elector, ballot):
            yield Task(
                what=_vote_of(elector),
                title=ballot.position.title,
                url=reverse("positions:vote", args=[ballot.position.reference, ballot.pk]),
                meta=ballot.position.reference,
                until=ballot.closes_at,
            )


def _vote_of(elector):
    if elector.ballot.kind == BallotKind.BOARD:
        return _("Vote on the board")
    return _("Vote for %(library)s") % {"library": elector.library}


def _steps(person, standing):
    """Positions whose next step is this person's: one query for all the roles together."""
    late = Q(status=State.SUBMITTED, submission__due_on__lt=clock.today())
    seen = Q(section__in=standing.leads) & (Q(status__in=COORDINATED) | late)
    seen |= Q(status=State.DRAFT) & Exists(_authorship(person))
    acting = {section for section, library in standing.acts_in}
    silent = ~Exists(_comments_of(standing.mandates.libraries))
    seen |= Q(silent, status=State.CONSULTATION, section__in=acting)
    prepared = Q(submission__isnull=False, submission__confirmed_by=None)
    if standing.mandates.is_secretary:
        seen |= Q(status__in={State.FORWARDED, State.BOARD_REVIEW})
    if standing.mandates.is_secretary or standing.mandates.chairs_board:
        seen |= Q(prepared, status=State.ACCEPTED)
    for_others = Q(prepared, status=State.ACCEPTED, submission__prepared_by=person)
    positions = Position.objects.visible_to(person).filter(seen).exclude(for_others).for_lists()
    return [_step(position) for position in positions]


def _authorship(person):
    through = Position.authors.through.objects
    return through.filter(position_id=OuterRef("pk"), person_id=person.pk)


def _comments_of(libraries):
    return Comment.objects.filter(version__position=OuterRef("pk"), library__in=libraries)


def _next(position):
    if position.status == State.ACCEPTED and position.sent is not None:
        return RECORD if position.sent.confirmed_by_id else CONFIRM
    return NEXT[State(position.status)]


def _step(position):
    return Task(
        what=_next(position),
        title=position.title,
        url=position.get_absolute_url(),
        meta=position.reference,
        until=position.deadline,
    )


def _approvals(person):
    """Staff learn in one line how much waits in the back office."""
    if not is_staff(person):
        return
    waiting = [
        MembershipApplication.objects.filter(status=ApplicationStatus.SUBMITTED),
        ProfileChange.objects.filter(status=ChangeStatus.PROPOSED),
        MistakeReport.objects.filter(status=ReportStatus.OPEN),
    ]
    rows = [queue.order_by().values_list("pk") for queue in waiting]
    count = rows[0].union(*rows[1:], all=True).count()
    if count:
        yield Task(
            what=_("Approve or refuse"),
            title=ngettext(
                "%(count)d matter waits in the back office",
                "%(count)d matters wait in the back office",
                count,
            )
            % {"count": count},
            url=reverse("admin:index"),
        )
