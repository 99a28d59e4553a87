"""Who hears of what: of a move those who hold the ball after it, of a new text those who act for
the libraries that endorsed the old one."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from core import audit, outbox
from core.outbox import Message
from members.choices import LIBRARY_MANDATES, MandateKind
from members.models import Mandate, Person
from positions.choices import ENDORSABLE, HOLDERS, Holder, State
from positions.models import Ballot, Endorsement, Position, Version
from sections.models import Office, SectionMembership
from sections.standing import standing_of

TURN = "positions.turn"
NEW_TEXT = "positions.new_text"


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
            voting = Mandate.objects.in_force().voting_on_the_board()
            mandates = voting.exclude(person__in=position.exclusions.values("person"))
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
    """Queue a notice for each new holder, unless the move was their own or changed no state; to a
    vote at a meeting its members have been invited."""
    if source == position.status or _is_voted_on_at_a_meeting(position):
        return
    act = audit.last_of(position).seq  # by which followers know who has heard of it
    for person in readers(position, by=by):
        key = f"{TURN}:{position.pk}:{act}:{person.pk}"
        outbox.queue(kind=TURN, to=person, key=key, position=position.pk, status=position.status)


def _is_voted_on_at_a_meeting(position: Position) -> bool:
    running = Ballot._base_manager.filter(position=position, closed_at=None, annulled_at=None)
    return position.status == State.BOARD_REVIEW and not running.exists()


def turn(mail: Any) -> Message | None:
    """The notice as its reader may see it now; nothing if the right or the matter has gone."""
    visible = Position.objects.visible_to(mail.to).select_related("section")
    position = visible.filter(pk=mail.context["position"], status=mail.context["status"]).first()
    if position is None or mail.to_id not in hearers(position):
        return None
    url = outbox.link(position.get_absolute_url())
    return outbox.letter("positions/mail/turn.txt", position=position, url=url)


def endorsers(version: Version, *, by: Any) -> QuerySet[Person]:
    """Who acts today, besides `by`, for a member library that endorses what the version says."""
    members = SectionMembership.objects.in_force().filter(section__positions=version.position_id)
    endorsed = Endorsement.objects.standing().on_text(version)
    libraries = endorsed.filter(library__in=members.values("library")).values("library")
    mandates = Mandate.objects.in_force().filter(kind__in=LIBRARY_MANDATES, library__in=libraries)
    people = Person.objects.filter(pk__in=mandates.values("person"), is_active=True)
    return people.exclude(pk=getattr(by, "pk", None))


def tell_of_new_text(position: Position, *, before: Version, by: Any) -> None:
    """Queue one notice for each who acts for a library whose endorsement stays with the text
    `before`; a draft nobody could endorse has none."""
    version = position.current
    if position.shared_at is None or version.fingerprint == before.fingerprint:
        return
    for person in endorsers(before, by=by):
        key = f"{NEW_TEXT}:{position.pk}:{version.pk}:{person.pk}"
        outbox.queue(kind=NEW_TEXT, to=person, key=key, position=position.pk)


def new_text(mail: Any) -> Message | None:
    """What still waits for its reader when it is sent; nothing if all is confirmed or gone."""
    visible = Position.objects.visible_to(mail.to).select_related("section", "current")
    position = visible.filter(pk=mail.context["position"], status__in=ENDORSABLE).first()
    if position is None:
        return None
    mine = standing_of(mail.to).libraries_in(position.section_id)
    behind = Endorsement.objects.left_behind()
    waiting = behind.filter(version__position=position, library__in=mine)
    names = dict.fromkeys(
        waiting.order_by("library__sort_key").values_list("library__name", flat=True)
    )
    if not names:
        return None
    url = outbox.link(reverse("positions:endorsements", args=[position.reference]))
    facts = {"position": position, "libraries": ", ".join(names), "url": url}
    return outbox.letter("positions/mail/new_text.txt", **facts)


RENDERERS = {TURN: turn, NEW_TEXT: new_text}
