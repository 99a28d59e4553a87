"""How somebody whom staff entered comes in: a letter with a link, valid once and for two weeks.

The link's token is nowhere stored: it follows from the invitation and the secret key, and is made
again when the letter is sent. The database knows its digest.
"""

import base64
import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, outbox, throttle
from core.workflow import SomethingMissing, lock
from members.models import Invitation, Person
from members.policy import is_staff

VALID_FOR = timedelta(days=14)
PER_DAY = "20/d"


class Closed(Exception):
    """There is no such invitation, or not any more: which of the two is nobody's business."""


def invite(*, person: Person, by: Person) -> Invitation:
    """Send a letter; an earlier one to the same person loses its force."""
    if not is_staff(by):
        raise PermissionDenied(_("Only staff may invite people."))
    throttle.take(scope="invitations by person", who=str(by.pk), rate=PER_DAY)
    with transaction.atomic():
        person = lock(person)
        if not person.is_active:
            raise SomethingMissing(_("This account is closed."))
        if person.has_usable_password():
            raise SomethingMissing(_("This person has a password already."))
        for earlier in person.invitations.filter(accepted_at=None, revoked_at=None):
            revoke(invitation=earlier, by=by)
        invitation = Invitation(person=person, invited_by=by, expires_at=clock.now() + VALID_FOR)
        invitation.token_digest = _digest(token_of(invitation))
        invitation.save(force_insert=True)
        audit.record(thing=invitation, action="invite", by=by)
        outbox.queue(
            kind="invitation",
            to=person,
            key=f"invitation:{invitation.pk}",
            invitation=invitation.pk,
        )
    return invitation


def accept(*, token: str, password: str) -> Person:
    """Set the first password. Raises Closed, and then nothing has changed."""
    with transaction.atomic():
        invitation = lock(find_open(token))
        person = lock(invitation.person)
        if not invitation.is_open or person.has_usable_password():
            raise Closed
        person.set_password(password)
        person.save(update_fields=["password"])
        invitation.accepted_at = clock.now()
        invitation.save(update_fields=["accepted_at"])
        audit.record(thing=invitation, action="accept_invitation", by=person)
    return person


def revoke(*, invitation: Invitation, by: Person) -> Invitation:
    with transaction.atomic():
        invitation = lock(invitation)
        if invitation.is_open:
            invitation.revoked_at = clock.now()
            invitation.save(update_fields=["revoked_at"])
            audit.record(thing=invitation, action="revoke_invitation", by=by)
    return invitation


def find_open(token: str) -> Invitation:
    invitation = Invitation.objects.filter(token_digest=_digest(token)).first()
    if invitation is None or not invitation.is_open:
        raise Closed
    person = invitation.person
    if not person.is_active or person.has_usable_password():
        raise Closed
    return invitation


def token_of(invitation: Invitation) -> str:
    facts = f"{invitation.person_id}|{invitation.created_at.isoformat()}"
    key = b"members.invitation:" + settings.SECRET_KEY.encode()
    mac = hmac.digest(key, facts.encode(), "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
