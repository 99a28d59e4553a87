"""Asking that a person be erased; what follows are the moves of `workflow.ERASURES`."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.workflow import NotAllowed, SomethingMissing, lock
from members import conditions, policy
from members.choices import ErasureGround, ErasureStatus
from members.models import Erasure, Person
from members.models.erasures import UNDER_WAY


@transaction.atomic
def ask(*, person: Person, by: Any, ground: str) -> Erasure:
    """One under way for each person. Raises NotAllowed, or SomethingMissing: no ground, somebody of
    the staff, asked for already, erased already."""
    if not policy.is_staff(by):
        raise NotAllowed(_("Only staff may ask for an erasure."))
    person = lock(person)
    if ground not in ErasureGround.values:
        raise SomethingMissing(_("Please choose the ground."), field="ground")
    if missing := [*conditions.no_staff(person), *_done_before(person)]:
        raise SomethingMissing(*missing)
    erasure = Erasure.objects.create(person=person, ground=ground, asked_by_id=by.pk)
    audit.record(thing=erasure, action="ask_for_erasure", by=by, target=erasure.status)
    return erasure


def under_way(person: Person) -> Erasure | None:
    return person.erasures.filter(status__in=UNDER_WAY).first()


def is_erased(person: Person) -> bool:
    return person.erasures.filter(status=ErasureStatus.DONE).exists()


def _done_before(person: Person) -> Any:
    if under_way(person):
        yield _("The erasure of this person has been asked for already.")
    if is_erased(person):
        yield _("This person has been erased already.")
