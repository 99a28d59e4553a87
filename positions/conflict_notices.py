"""A member of the board hears that somebody else has recorded a conflict of interest."""

from typing import Any

from core import outbox
from core.outbox import Message
from positions.models import Exclusion, Position

EXCLUDED, LIFTED = "positions.excluded", "positions.exclusion_lifted"


def tell(exclusion: Exclusion) -> None:
    if exclusion.is_declared or not exclusion.person.is_active:
        return
    key = f"{EXCLUDED}:{exclusion.pk}"
    outbox.queue(kind=EXCLUDED, to=exclusion.person, key=key, exclusion=exclusion.pk)


def excluded(mail: Any) -> Message | None:
    found = Exclusion.objects.select_related("recorded_by")
    exclusion = found.filter(pk=mail.context["exclusion"], person=mail.to_id).first()
    if exclusion is None:
        return None
    visible = Position.objects.visible_to(mail.to).select_related("section")
    position = visible.filter(pk=exclusion.position_id).first()
    if position is None:
        return None
    url = outbox.link(position.get_absolute_url())
    return outbox.letter(
        "positions/mail/excluded.txt", position=position, exclusion=exclusion, url=url
    )


def tell_lifted(exclusion: Exclusion, *, by: Any) -> None:
    member = exclusion.person
    if member.pk == by.pk or not member.is_active:
        return
    key = f"{LIFTED}:{exclusion.pk}"
    outbox.queue(kind=LIFTED, to=member, key=key, position=exclusion.position_id)


def lifted(mail: Any) -> Message | None:
    """Nothing if it was recorded anew meanwhile."""
    visible = Position.objects.visible_to(mail.to).select_related("section")
    position = visible.filter(pk=mail.context["position"]).first()
    if position is None or position.exclusions.filter(person=mail.to_id).exists():
        return None
    url = outbox.link(position.get_absolute_url())
    return outbox.letter("positions/mail/exclusion_lifted.txt", position=position, url=url)


RENDERERS = {EXCLUDED: excluded, LIFTED: lifted}
