"""Who hears of an amendment: the coordinator of the proposal, its library of the decision."""

from typing import Any

from core import clock, outbox
from core.outbox import Message
from members.choices import LIBRARY_MANDATES
from members.models import Mandate, Person
from positions import policy
from positions.choices import AmendmentState
from positions.models import Amendment, Position
from sections.models import Office
from sections.standing import standing_of

PROPOSED = "positions.amendment_proposed"
DECIDED = "positions.amendment_decided"
TOLD = frozenset(AmendmentState) - {AmendmentState.PROPOSED, AmendmentState.WITHDRAWN}


def to_hear_of_proposal(position: Position, *, by: Any) -> Any:
    """The section's office holders, but not who proposes it themselves."""
    offices = Office.objects.current().filter(section=position.section_id)
    people = Person.objects.filter(pk__in=offices.values("person"), is_active=True)
    return people.exclude(pk=getattr(by, "pk", None))


def to_hear_of_decision(amendment: Amendment, *, by: Any) -> Any:
    """Those who act for the library that proposed it, but not who decides."""
    mandates = Mandate.objects.in_force().filter(
        kind__in=LIBRARY_MANDATES, library=amendment.library_id
    )
    people = Person.objects.filter(pk__in=mandates.values("person"), is_active=True)
    return people.exclude(pk=getattr(by, "pk", None))


def proposed(amendment: Amendment, *, by: Any) -> None:
    """One letter an hour, however many are proposed in it; it leads to all of them."""
    position, hour = amendment.position, clock.now().strftime("%Y%m%d%H")
    for person in to_hear_of_proposal(position, by=by):
        key = f"{PROPOSED}:{position.pk}:{hour}:{person.pk}"
        outbox.queue(kind=PROPOSED, to=person, key=key, position=position.pk)


def decided(amendment: Amendment, *, action: str, source: str, by: Any) -> None:
    if amendment.status not in TOLD:
        return
    for person in to_hear_of_decision(amendment, by=by):
        key = f"{DECIDED}:{amendment.pk}:{amendment.step}:{person.pk}"
        ids = {"amendment": amendment.pk, "status": amendment.status}
        outbox.queue(kind=DECIDED, to=person, key=key, **ids)


# Written when they are sent --------------------------------------------------------------------


def _proposed_letter(mail: Any) -> Message | None:
    """Nothing once nobody waits for a decision, or for who coordinates no more."""
    visible = Position.objects.visible_to(mail.to).select_related("section")
    position = visible.filter(pk=mail.context["position"]).first()
    if position is None or not policy.coordinates(mail.to, position):
        return None
    undecided = position.amendments.undecided().count()
    if not undecided:
        return None
    url = outbox.link(f"{position.get_absolute_url()}#amendments")
    template = "positions/mail/amendment_proposed.txt"
    return outbox.letter(template, position=position, undecided=undecided, url=url)


def _decided_letter(mail: Any) -> Message | None:
    """Nothing for who no longer acts for the library, or once it was decided otherwise."""
    found = Amendment.objects.select_related("position__section")
    context = mail.context
    amendment = found.filter(pk=context["amendment"], status=context["status"]).first()
    if amendment is None:
        return None
    acts_for = standing_of(mail.to).libraries_in(amendment.position.section_id)
    if amendment.library_id not in acts_for:
        return None
    url = outbox.link(amendment.get_absolute_url())
    template = "positions/mail/amendment_decided.txt"
    return outbox.letter(template, amendment=amendment, position=amendment.position, url=url)


RENDERERS = {PROPOSED: _proposed_letter, DECIDED: _decided_letter}
