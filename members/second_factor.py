"""What happens when somebody has lost the second step of signing in, and every recovery code."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from core.workflow import NotAllowed, SomethingMissing, lock
from members.models import Person


def has_one(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


@transaction.atomic
def take_away(*, person: Person, by: Person, reason: str) -> Person:
    """The person signs in with the password alone once more, and sets up a new second step.

    They get a letter. NotAllowed for oneself, SomethingMissing without a reason or a second step.
    """
    if person.pk == by.pk:
        raise NotAllowed(_("Your own second step is removed by somebody else."))
    person = lock(person)
    if not reason.strip():
        raise SomethingMissing(_("Please give the reason."))
    if not Authenticator.objects.filter(user=person).delete()[0]:
        raise SomethingMissing(_("This person has no second step to remove."))
    audit.record(thing=person, action="take_away_second_factor", by=by, note=reason.strip())
    outbox.queue(kind="account_changed", to=person, what="totp_taken_away")
    return person
