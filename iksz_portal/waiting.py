"""What waits for a person: the few things that are theirs to do, the most urgent first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from iksz_portal import queues
from members.policy import is_staff
from positions.choices import (
    ENDORSABLE,
    HOLDERS,
    Action,
    BallotKind,
    ConsultationState,
    Direction,
    Holder,
    State,
)
from positions.models import (
    Assignment,
    Comment,
    Elector,
    Endorsement,
    Message,
    Position,
    Promise,
)
from positions.policy import may_vote
from positions.references import Reference
from sections.standing import standing_of

DAYS_BEFORE = 3
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
DIRECTLY = {
    State.DRAFT: "edit",
    State.CONSULTATION: "comment",
    State.ANSWERED: "outcomes",
    State.ADOPTED: Action.FORWARD,
    State.FORWARDED: Action.TAKE_UP,
    State.EVALUATED: Action.CLOSE,
}
"""The page or the move that is the step; where there are several ways, the position's page shows
them."""
CONFIRM = gettext_lazy("Confirm the submission")
RECORD = gettext_lazy("Send it, and record it as submitted")
PROMISE = "promise"
OWED = {
    Direction.TO: gettext_lazy("Look for the authority's reply"),
    Direction.FROM: gettext_lazy("Reply to the authority"),
    PROMISE: gettext_lazy("Look whether a promise was kept"),
}


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
    """Five queries at most, however much waits; none for whoever holds nothing."""
    standing = standing_of(person)
    tasks = [*_approvals(person)]
    if standing.leads:
        tasks += [*_consultations(standing), *_owed(standing)]
    if standing.sections or standing.mandates.on_board:
        tasks += [*_votes(person, standing), *_steps(person, standing)]
    return sorted(tasks, key=lambda task: task.until or LATEST)


def _votes(person, standing):
    mine = Q(person=person) | Q(library__in=standing.mandates.libraries)
    electors = (
        Elector.objects.silent()
        .filter(
            mine,
            ballot__amendment=None,  # those on amendments are asked with the one on the text
            ballot__closed_at=None,
            ballot__annulled_at=None,
            ballot__closes_at__gte=clock.now(),
        )
        .select_related("library", "ballot__position__section")
    )
    for elector in electors:
        ballot = elector.ballot
        if may_vote(person, elector, ballot):
            yield Task(
                what=vote_of(elector),
                title=ballot.position.title,
                url=reverse("positions:vote", args=[ballot.position.reference, ballot.pk]),
                meta=ballot.position.reference,
                until=ballot.closes_at,
            )


def vote_of(elector: Elector) -> str:
    if elector.ballot.kind == BallotKind.BOARD:
        return _("Vote on the board")
    return _("Vote for %(library)s") % {"library": elector.library}


def _steps(person, standing):
    """Positions whose next step is this person's, and those whose changed text waits for the
    library's endorsement: one query for all the roles together."""
    waiting = (
        Position.objects.visible_to(person)
        .on_the_way()
        .annotate(
            is_mine=Case(When(_is_mine(person, standing), then=True), default=False),
            to_confirm=Case(When(_to_confirm(standing), then=True), default=False),
        )
    )
    for position in waiting.filter(Q(is_mine=True) | Q(to_confirm=True)).for_lists():
        if position.is_mine:
            yield _step(position)
        if position.to_confirm:
            yield _confirmation(position)


def _is_mine(person, standing):
    late = Q(status=State.SUBMITTED, submission__due_on__lt=clock.today())
    seen = Q(section__in=standing.leads) & (Q(status__in=COORDINATED) | late)
    seen |= Q(status=State.DRAFT) & Exists(_authorship(person))
    silent = ~Exists(_comments_of(standing.mandates.libraries))
    seen |= Q(silent, status=State.CONSULTATION, section__in=_acting(standing))
    prepared = Q(submission__isnull=False, submission__confirmed_by=None)
    if standing.mandates.is_secretary:
        seen |= Q(status__in={State.FORWARDED, State.BOARD_REVIEW})
    if standing.mandates.is_secretary or standing.mandates.chairs_board:
        seen |= Q(prepared, status=State.ACCEPTED)
    for_others = Q(prepared, status=State.ACCEPTED, submission__prepared_by=person)
    return seen & ~for_others


def _to_confirm(standing):
    behind = Endorsement.objects.left_behind().filter(
        version__position=OuterRef("pk"), library__in=standing.mandates.libraries
    )
    return Q(Exists(behind), status__in=ENDORSABLE, section__in=_acting(standing))


def _owed(standing):
    """Replies that are due to us or from us, a few days ahead, and promises whose day has come: in
    one query."""
    soon = clock.days_after(clock.today(), DAYS_BEFORE)
    of_mine = {"submission__position__section__in": standing.leads, "due_on__lte": soon}
    replies = _rows(
        Message.objects.open().filter(**of_mine),
        "direction",
        "submission__position__title",
        of="submission__position",
    )
    due = Promise.objects.due().filter(position__section__in=standing.leads)
    promises = _rows(due, Value(PROMISE), "text", of="position")
    for pk, kind, title, until, *cited in replies.union(promises, all=True):
        reference = Reference(*cited)
        yield Task(
            what=OWED[kind],
            title=title,
            url=(
                reverse("positions:judge_promise", args=[reference, pk])
                if kind == PROMISE
                else reverse("positions:correspondence", args=[reference])
            ),
            meta=str(reference),
            until=clock.end_of_day(until),
        )


def _rows(owed, kind, title, *, of):
    cited = (f"{of}__section__code", f"{of}__year", f"{of}__number")
    return owed.order_by().values_list("pk", kind, title, "due_on", *cited)


def _consultations(standing):
    """What the sections have been given and have not said anything about."""
    given = Assignment.objects.untouched().filter(
        section__in=standing.leads, consultation__status=ConsultationState.ASSIGNED
    )
    for each in given.select_related("section", "consultation"):
        yield Task(
            what=_("Start a position on it, or let it go"),
            title=each.consultation.title,
            url=each.consultation.get_absolute_url(),
            meta=str(each.section),
            until=each.consultation.deadline,
        )


def _acting(standing):
    """The sections in which the person acts for a member library."""
    return {section for section, library in standing.acts_in}


def _authorship(person):
    through = Position.authors.through.objects
    return through.filter(position_id=OuterRef("pk"), person_id=person.pk)


def _comments_of(libraries):
    return Comment.objects.filter(version__position=OuterRef("pk"), library__in=libraries)


def _next(position):
    """What is to be done, and where."""
    if position.status == State.ACCEPTED:
        return _of_submission(position)
    what, where = NEXT[State(position.status)], DIRECTLY.get(State(position.status))
    if where is None:
        return what, position.get_absolute_url()
    if where in Action:
        return what, _move(position, where)
    return what, reverse(f"positions:{where}", args=[position.reference])


def _of_submission(position):
    if position.sent is None:
        return NEXT[State.ACCEPTED], _move(position, Action.PREPARE_SUBMISSION)
    if position.sent.confirmed_by_id:
        return RECORD, _move(position, Action.SUBMIT)
    return CONFIRM, _move(position, Action.CONFIRM_SUBMISSION)


def _move(position, action):
    return reverse("positions:move", args=[position.reference, action])


def _step(position):
    what, url = _next(position)
    return Task(
        what=what,
        title=position.title,
        url=url,
        meta=position.reference,
        until=position.deadline,
    )


def _confirmation(position):
    return Task(
        what=_("Confirm the endorsement of your library"),
        title=position.title,
        url=reverse("positions:endorsements", args=[position.reference]),
        meta=position.reference,
    )


def _approvals(person):
    """Staff learn in one line how much waits in the back office."""
    if not is_staff(person):
        return
    rows = [queue.order_by().values_list("pk") for queue in queues.undecided()]
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
