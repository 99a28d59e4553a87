"""Meetings of the board are planned, and their agendas put together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.workflow import NotAllowed, Overtaken, SomethingMissing, lock
from positions import meeting_effects, policy
from positions.choices import AHEAD_OF_MEETING, BOARD_QUEUE, BOARD_QUORUM, MeetingState
from positions.details import require
from positions.models import AgendaItem, Meeting, Position


@transaction.atomic
def plan_meeting(*, by: Any, starts_at: datetime, place: str) -> Meeting:
    if not policy.runs_meetings(by):
        raise NotAllowed(_("Meetings are planned by the secretary or the chair of the board."))
    meeting = meeting_effects.numbered(starts_at=starts_at, place=place, quorum=BOARD_QUORUM, by=by)
    audit.record(thing=meeting, action="plan", by=by, target=meeting.status)
    return meeting


@transaction.atomic
def add_position(*, meeting: Meeting, by: Any, position: Position) -> AgendaItem:
    """One of those that wait for the board."""
    meeting = _agenda_of(meeting, by=by)
    if position.status not in BOARD_QUEUE:
        raise Overtaken(position, by=by)
    if meeting.agenda.filter(position=position).exists():
        raise SomethingMissing(_("It is on the agenda already."), field="position")
    return _added(meeting, by=by, position=position, title=position.title)


@transaction.atomic
def add_item(
    *, meeting: Meeting, by: Any, title: str, text: str = "", presenter: str = ""
) -> AgendaItem:
    meeting = _agenda_of(meeting, by=by)
    require(title, field="title")
    words = {"title": title.strip(), "text": text.strip(), "presenter": presenter.strip()}
    return _added(meeting, by=by, **words)


@transaction.atomic
def change_item(
    *, item: AgendaItem, by: Any, seen: int, title: str, text: str = "", presenter: str = ""
) -> AgendaItem:
    meeting = _agenda_of(item.meeting, by=by, seen=seen)
    require(title, field="title")
    item = lock(item)
    item.title, item.text, item.presenter = title.strip(), text.strip(), presenter.strip()
    item.save(update_fields=["title", "text", "presenter"])
    stepped(meeting, "change_item", by=by, item=item.pk)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, by: Any, seen: int, up: bool) -> AgendaItem:
    """One place up or down; at the end of the agenda it stays where it is."""
    meeting = _planned(item.meeting, by=by, seen=seen)
    items = list(meeting.agenda.order_by("place", "pk"))
    here = items.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
        _number(items)
        stepped(meeting, "move_item", by=by, item=item.pk)
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Any, seen: int) -> Meeting:
    """Only before the invitations: what was announced stays on the agenda."""
    meeting = _planned(item.meeting, by=by, seen=seen)
    if meeting.status != MeetingState.PLANNED:
        raise Overtaken(meeting, by=by)
    pk, name = item.pk, item.name
    item.delete()
    _number(list(meeting.agenda.order_by("place", "pk")))
    stepped(meeting, "remove_item", by=by, note=name, item=pk)
    return meeting


def _added(meeting: Meeting, *, by: Any, **facts: Any) -> AgendaItem:
    late = meeting.status != MeetingState.PLANNED
    place = meeting.agenda.count() + 1
    item = AgendaItem.objects.create(meeting=meeting, place=place, is_late=late, **facts)
    stepped(meeting, "add_item", by=by, item=item.pk)
    return item


def _number(items: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(items, start=1):
        if item.place != place:
            AgendaItem.objects.filter(pk=item.pk).update(place=place)


def _agenda_of(meeting: Meeting, *, by: Any, seen: int | None = None) -> Meeting:
    """Locked, if its agenda may still be added to."""
    meeting = led(meeting, by=by, seen=seen)
    if not meeting.has_open_agenda:
        raise Overtaken(meeting, by=by)
    return meeting


def _planned(meeting: Meeting, *, by: Any, seen: int) -> Meeting:
    meeting = _agenda_of(meeting, by=by, seen=seen)
    if meeting.status not in AHEAD_OF_MEETING:
        raise Overtaken(meeting, by=by)
    return meeting


def led(meeting: Meeting, *, by: Any, seen: int | None = None) -> Meeting:
    """Locked, as it was when it was seen, by one who leads it."""
    meeting = lock(meeting)
    if not policy.runs_meetings(by, meeting):
        raise NotAllowed(_("This is done by the secretary or the chair of the board."))
    if seen is not None and seen != meeting.step:
        raise Overtaken(meeting, by=by)
    return meeting


def stepped(meeting: Meeting, action: str, *, by: Any, note: str = "", **payload: Any) -> None:
    """What others decided on before is stale."""
    meeting.step += 1
    meeting.save(update_fields=["step"])
    audit.record(thing=meeting, action=action, by=by, note=note, payload=payload)
