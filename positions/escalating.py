"""What is overdue is told, once, to whoever can do something about it."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from core import clock, outbox
from core.outbox import Message
from members.choices import MandateKind
from members.models import Mandate, Person
from positions.choices import State
from positions.models import Position
from sections.models import Office

OVERDUE = "positions.overdue"
OF_SECTION = frozenset(
    {
        State.DRAFT,
        State.CONSULTATION,
        State.CONSOLIDATION,
        State.SECTION_VOTE,
        State.ADOPTED,
        State.NOT_ADOPTED,
        State.RETURNED,
        State.CHANGES_PROPOSED,
        State.ACCEPTED,
    }
)
"""Where the section should have been done before the authority's deadline."""
OF_BOARD = frozenset({State.FORWARDED, State.BOARD_REVIEW})
HEARD_ON_THE_BOARD = (MandateKind.BOARD_SECRETARY, MandateKind.BOARD_CHAIR)


def escalate() -> int:
    """Queue the letters of everything that has become overdue; returns how many positions.

    Safe to run twice, late, and in several workers at once: a position is marked with the day that
    has passed in the transaction that queues its letters; another day that passes is told again.
    """
    return sum(_escalate(position) for position in _overdue())


def _overdue() -> Iterator[Position]:
    yield from _passed(OF_SECTION | {State.FORWARDED}, "authority_deadline")
    yield from _passed({State.BOARD_REVIEW}, "decide_on")
    yield from _passed({State.SUBMITTED}, "submission__due_on")


def _passed(states, day: str) -> QuerySet[Position]:
    untold = Q(escalated_for=None) | ~Q(escalated_for=F(day))
    late = Position.objects.filter(untold, status__in=states, **{f"{day}__lt": clock.today()})
    return late.select_related("submission")


def passed_day(position: Position) -> Any:
    """The day that should not have passed, in the state the position is in."""
    match position.status:
        case State.BOARD_REVIEW:
            return position.decide_on
        case State.SUBMITTED:
            return position.sent.due_on
    return position.authority_deadline


@transaction.atomic
def _escalate(position: Position) -> bool:
    day = passed_day(position)
    same = Position.objects.filter(pk=position.pk, step=position.step, status=position.status)
    unmarked = same.filter(Q(escalated_for=None) | ~Q(escalated_for=day))
    if not unmarked.update(escalated_for=day):
        return False
    for person in Person.objects.filter(pk__in=hearers(position), is_active=True):
        key = f"{OVERDUE}:{position.pk}:{day}:{person.pk}"
        outbox.queue(kind=OVERDUE, to=person, key=key, position=position.pk, day=day.isoformat())
    return True


def hearers(position: Position) -> set[int]:
    """Of what is before the board its secretary and chair, of the rest the section's offices."""
    if position.status in OF_BOARD:
        heard = Mandate.objects.in_force().filter(kind__in=HEARD_ON_THE_BOARD)
    else:
        heard = Office.objects.current().filter(section=position.section_id)
    return set(heard.values_list("person", flat=True))


def letter(mail: Any) -> Message | None:
    """Nothing for somebody who has no part in it any more, or once the day is another or met."""
    visible = Position.objects.visible_to(mail.to).select_related("section", "submission")
    position = visible.filter(pk=mail.context["position"]).first()
    if position is None or mail.to_id not in hearers(position):
        return None
    day = passed_day(position)
    if day is None or day.isoformat() != mail.context["day"] or not _is_waited_for(position):
        return None
    url = outbox.link(position.get_absolute_url())
    by_authority = position.status == State.SUBMITTED
    facts = {"position": position, "day": day, "url": url, "by_authority": by_authority}
    return outbox.letter("positions/mail/overdue.txt", **facts)


def _is_waited_for(position: Position) -> bool:
    return position.status in OF_SECTION | OF_BOARD | {State.SUBMITTED}


RENDERERS = {OVERDUE: letter}
