"""The dates a person has to keep, as a calendar: read anew each time, by what they are today."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.icalendars import Date
from iksz_portal.waiting import OWED, PROMISE, vote_of
from positions import consulted
from positions.choices import AHEAD_OF_MEETING, State
from positions.models import (
    Assignment,
    Consultation,
    Elector,
    Meeting,
    Message,
    Position,
    Promise,
)
from positions.policy import may_vote
from positions.references import Reference
from sections.standing import standing_of

MOST = 200
"""Of each kind: more than anybody can keep, and little enough to write while somebody waits."""
NEXT = {
    State.CONSULTATION: gettext_lazy("Comments close"),
    State.SECTION_VOTE: gettext_lazy("The vote of the section closes"),
    State.FORWARDED: gettext_lazy("Deadline set by the authority"),
    State.BOARD_REVIEW: gettext_lazy("The board decides"),
    State.SUBMITTED: gettext_lazy("The answer of the authority is due"),
    State.PARKED: gettext_lazy("To be resumed"),
}
TO_THE_SECOND = frozenset({State.CONSULTATION, State.SECTION_VOTE})
BEFORE_THE_BOARD = frozenset({State.FORWARDED, State.BOARD_REVIEW})


def dates_of(person: Any) -> list[Date]:
    """Votes to cast, windows for comments, decisions, meetings of the board, replies that are due,
    consultations: in the order of their days, in the active language.

    Seven queries at most besides those for the person's standing, however many dates there are;
    none for whoever holds nothing.
    """
    standing = standing_of(person)
    dates: list[Date] = []
    if standing.sections or standing.mandates.on_board:
        dates += [*_votes(person, standing), *_positions(person, standing)]
    if standing.sections:
        dates += _consultations(person, standing)
    if standing.leads:
        dates += _owed(standing)
    if standing.mandates.on_board:
        dates += _meetings(person)
    return sorted(dates, key=lambda each: (_moment(each), each.id))


def _moment(each):
    return each.when if each.is_moment else clock.end_of_day(each.when)


def _votes(person, standing) -> Iterable[Date]:
    mine = Q(person=person) | Q(library__in=standing.mandates.libraries)
    running = Q(ballot__closed_at=None, ballot__annulled_at=None, ballot__amendment=None)
    electors = Elector.objects.silent().filter(
        mine, running, ballot__item=None, ballot__closes_at__gte=clock.now()
    )
    found = electors.select_related("library", "ballot__position__section")
    for elector in found.order_by("ballot__closes_at", "pk")[:MOST]:
        ballot = elector.ballot
        position = ballot.position
        if may_vote(person, elector, ballot):
            yield Date(
                id=f"vote-{ballot.pk}-{elector.pk}",
                title=f"{vote_of(elector)}: {position.title}",
                path=reverse("positions:vote", args=[position.reference, ballot.pk]),
                when=ballot.closes_at,
                changed=ballot.deferred_at or ballot.opened_at,
                step=position.step,
                text=position.reference,
            )


def _positions(person, standing) -> Iterable[Date]:
    """The deadline of each position that has one for the section, its office holders or the
    board."""
    asked = Q(section__in=standing.sections, status=State.CONSULTATION)
    asked |= Q(section__in=standing.leads, status__in=NEXT)
    if standing.mandates.on_board:
        asked |= Q(status__in=BEFORE_THE_BOARD)
    found = Position.objects.visible_to(person).filter(asked).for_lists().with_running_ballots()
    for position in found.order_by("-status_since", "-pk")[:MOST]:
        until = position.deadline
        if until is not None:
            to_the_second = position.status in TO_THE_SECOND
            yield Date(
                id=f"position-{position.pk}-{position.status}",
                title=f"{NEXT[State(position.status)]}: {position.title}",
                path=position.get_absolute_url(),
                when=until if to_the_second else clock.day_of(until),
                changed=position.status_since,
                step=position.step,
                text=position.reference,
            )


def _consultations(person, standing) -> Iterable[Date]:
    """Those given to a section of the person's whose window is open."""
    given = Assignment.objects.held().filter(
        consultation=OuterRef("pk"), section__in=standing.sections
    )
    running = Consultation.objects.visible_to(person).running().filter(due_on__isnull=False)
    found = running.filter(Exists(given)).select_related("authority")
    return [consulted.date_of(each) for each in found.order_by("due_on", "pk")[:MOST]]


def _owed(standing) -> Iterable[Date]:
    """Replies that are expected, of us or of the authority, and promises to look at."""
    replies = _rows(
        Message.objects.open().filter(submission__position__section__in=standing.leads),
        "direction",
        "submission__position__title",
        "recorded_at",
        "step",
        of="submission__position",
    )
    promises = _rows(
        Promise.objects.open().filter(position__section__in=standing.leads),
        Value(PROMISE),
        "text",
        "recorded_at",
        Value(0),
        of="position",
    )
    found = replies.union(promises, all=True).order_by("due_on", "pk")[: 2 * MOST]
    for pk, due_on, kind, title, changed, step, *cited in found:
        reference = Reference(*cited)
        is_promise = kind == PROMISE
        yield Date(
            id=f"{'promise' if is_promise else 'message'}-{pk}",
            title=f"{OWED[kind]}: {title}",
            path=reverse("positions:judge_promise", args=[reference, pk])
            if is_promise
            else reverse("positions:correspondence", args=[reference]),
            when=due_on,
            changed=changed,
            step=step,
            text=str(reference),
        )


def _rows(owed, *facts, of):
    cited = (f"{of}__section__code", f"{of}__year", f"{of}__number")
    return owed.order_by().values_list("pk", "due_on", *facts, *cited)


def _meetings(person) -> Iterable[Date]:
    ahead = Meeting.objects.visible_to(person).filter(status__in=AHEAD_OF_MEETING)
    for meeting in ahead.order_by("starts_at", "pk")[:MOST]:
        yield Date(
            id=f"meeting-{meeting.pk}",
            title=_("Meeting of the board %(number)s") % {"number": meeting.reference},
            path=meeting.get_absolute_url(),
            when=meeting.starts_at,
            changed=meeting.status_since,
            step=meeting.step,
            place=meeting.place,
            takes_time=True,
        )
