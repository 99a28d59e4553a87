"""Who hears of a move: those who hold the ball after it."""

from typing import Any

from django.db.models import QuerySet

from core import outbox
from core.outbox import Message
from members.choices import LIBRARY_MANDATES, MandateKind
from members.models import Mandate, Person
from positions.choices import HOLDERS, Holder, State
from positions.models import Position
from sections.models import Office, SectionMembership

TURN = "positions.turn"


def hearers(position: Position, state: str = "") -> set[int]:
    """The ids of those who hold the ball in the position's present state, or in another one."""
    match HOLDERS[State(state or position.status)]:
        case Holder.MEMBERS:
            members = SectionMembership.objects.in_force().filter(section=position.section_id)
            mandates = Mandate.objects.in_force().filter(
                kind__in=LIBRARY_MANDATES, library__in=members.values("library")
            )
        case Holder.SECRETARY:
            mandates = Mandate.objects.in_force().filter(kind=MandateKind.BOARD_SECRETARY)
        case Holder.BOARD:
            mandates = Mandate.objects.in_force().voting_on_the_board()
        case Holder.COORDINATOR:
            offices = Office.objects.current().filter(section=position.section_id)
            return set(offices.values_list("person", flat=True))
        case _:
            return set()
    return set(mandates.values_list("person", flat=True))


def readers(position: Position, *, by: Any, state: str = "") -> QuerySet[Person]:
    """Who gets the letter when `by` brings the position to the state."""
    others = hearers(position, state) - {getattr(by, "pk", None)}
    return Person.objects.filter(pk__in=others, is_active=True)


def tell(position: Position, *, action: str, source: str, by: Any) -> None:
    """Queue a notice for each new holder, unless the move was their own or changed no state."""
    if source == position.status:
        return
    for person in readers(position, by=by):
        key = f"{TURN}:{position.pk}:{position.step}:{person.pk}"
        outbox.queue(kind=TURN, to=person, key=key, position=position.pk, status=position.status)


def turn(mail: Any) -> Message | None:
    """The notice as its reader may see it now; nothing if the right or the matter has gone."""
    visible = Position.objects.visible_to(mail.to).select_related("section")
    position = visible.filter(pk=mail.context["position"], status=mail.context["status"]).first()
    if position is None or mail.to_id not in hearers(position):
        return None
    url = outbox.link(position.get_absolute_url())
    return outbox.letter("positions/mail/turn.txt", position=position, url=url)


RENDERERS = {TURN: turn}
