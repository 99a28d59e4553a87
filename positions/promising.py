"""What authorities promise: recorded, looked at on its day, kept or broken."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, outbox
from core.outbox import Message as Letter
from core.workflow import NotAllowed, Overtaken, SomethingMissing, lock
from members.models import Person
from positions import policy
from positions.choices import PromiseState
from positions.details import refuse_past, require
from positions.models import Message, Position, Promise
from positions.timeline import JUDGE_PROMISE, PROMISE
from sections.models import Office
from sections.standing import standing_of

DUE = "positions.promise_due"


@transaction.atomic
def add_promise(
    *, position: Position, by: Any, text: str, due_on: date, message: Message | None = None
) -> Promise:
    position = lock(position)
    if not policy.may_follow_up(by, position):
        raise NotAllowed(_("Promises are recorded by the coordinator, once it is sent."))
    require(text, field="text")
    refuse_past(due_on, field="due_on")
    if message and message.submission_id != position.submission.pk:
        raise SomethingMissing(_("That message belongs to another position."), field="message")
    promise = Promise.objects.create(
        position=position, message=message, text=text.strip(), due_on=due_on, recorded_by=by
    )
    _record(PROMISE, promise, by)
    return promise


@transaction.atomic
def judge_promise(
    *,
    promise: Promise,
    by: Any,
    seen: str,
    state: PromiseState,
    note: str = "",
    due_on: date | None = None,
) -> Promise:
    """Kept or broken; or still open, to be looked at again on a later day."""
    position = lock(promise.position)
    if not policy.may_follow_up(by, position):
        raise NotAllowed(_("Promises are recorded by the coordinator, once it is sent."))
    promise = lock(promise)
    promise.position = position
    if promise.state != seen:
        raise Overtaken(position, by=by, action=JUDGE_PROMISE)
    if state == PromiseState.OPEN:
        _postpone(promise, due_on)
    else:
        require(note, field="note")
    promise.state, promise.note = state, note.strip()
    is_judged = state != PromiseState.OPEN
    promise.judged_by = by if is_judged else None
    promise.judged_at = clock.now() if is_judged else None
    promise.save()
    _record(JUDGE_PROMISE, promise, by)
    return promise


def _postpone(promise, due_on):
    if due_on is None:
        raise SomethingMissing(_("Say on which day it is looked at again."), field="due_on")
    refuse_past(due_on, field="due_on")
    if due_on != promise.due_on:
        promise.due_on, promise.reminded_at = due_on, None


def _record(action, promise, by):
    payload = {"promise": promise.pk, "state": promise.state, "due_on": str(promise.due_on)}
    audit.record(thing=promise.position, action=action, by=by, payload=payload)


# Reminding -----------------------------------------------------------------------------------


def remind() -> int:
    """Queue a letter to the section's coordinators for every promise whose day has come, once.

    Safe to run twice, late, and in several workers at once.
    """
    due = Promise.objects.due().filter(reminded_at=None).select_related("position")
    return sum(_remind_of(promise) for promise in due)


@transaction.atomic
def _remind_of(promise: Promise) -> bool:
    unmarked = Promise.objects.due().filter(pk=promise.pk, reminded_at=None)
    if not unmarked.update(reminded_at=clock.now()):
        return False
    offices = Office.objects.current().filter(section=promise.position.section_id)
    for person in Person.objects.filter(pk__in=offices.values("person"), is_active=True):
        key = f"{DUE}:{promise.pk}:{promise.due_on}:{person.pk}"
        outbox.queue(kind=DUE, to=person, key=key, promise=promise.pk)
    return True


def due(mail: Any) -> Letter | None:
    """Nothing once it is judged or put off, or for somebody who no longer leads the section."""
    promise = Promise.objects.due().filter(pk=mail.context["promise"]).first()
    if promise is None:
        return None
    visible = Position.objects.visible_to(mail.to).select_related("section")
    position = visible.filter(pk=promise.position_id).first()
    if position is None or position.section_id not in standing_of(mail.to).leads:
        return None
    url = outbox.link(position.get_absolute_url())
    return outbox.letter("positions/mail/promise_due.txt", position=position, url=url)


RENDERERS = {DUE: due}
