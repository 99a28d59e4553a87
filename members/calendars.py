"""The address of one's calendar: it opens the deadlines of one person, without a sign-in.

Its token follows from the row and the secret key, as that of an invitation does: it can be shown
once it is made, and is nowhere stored. What the calendar shows is asked each time it is read.
"""

import base64
import hashlib
import hmac

from django.conf import settings
from django.db import transaction

from core import audit, clock, throttle
from core.workflow import lock
from members.models import CalendarAddress, Person

PER_DAY = "20/d"


class NoCalendar(Exception):
    """There is no such address, or not any more: which of the two is nobody's business."""


def make(*, by: Person) -> CalendarAddress:
    """One's own; an earlier one loses its force."""
    throttle.take(scope="calendar addresses by person", who=str(by.pk), rate=PER_DAY)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=by.pk)
        for earlier in person.calendars.filter(revoked_at=None):
            revoke(address=earlier, by=by)
        address = CalendarAddress(person=person)
        address.token_digest = _digest(token_of(address))
        address.save(force_insert=True)
        audit.record(thing=address, action="make_calendar", by=by)
    return address


def revoke(*, address: CalendarAddress, by: Person) -> CalendarAddress:
    with transaction.atomic():
        address = lock(address)
        if address.revoked_at is None:
            address.revoked_at = clock.now()
            address.save(update_fields=["revoked_at"])
            audit.record(thing=address, action="revoke_calendar", by=by)
    return address


def owner_of(token: str) -> Person:
    """Whose calendar it opens; raises NoCalendar.

    The row is found by the digest: how long that takes says nothing of how near a guess has come.
    """
    open_ones = CalendarAddress.objects.filter(revoked_at=None, person__is_active=True)
    address = open_ones.filter(token_digest=_digest(token)).select_related("person").first()
    if address is None:
        raise NoCalendar
    return address.person


def token_of(address: CalendarAddress) -> str:
    facts = f"{address.person_id}|{address.made_at.isoformat()}"
    key = b"members.calendar:" + settings.SECRET_KEY.encode()
    mac = hmac.digest(key, facts.encode(), "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
