"""Letters about meetings: to the board that is invited, to the authenticators whose turn it is, and
to the section that gets the excerpt of the resolution on its position."""

from typing import Any

from django.db.models import QuerySet

from core import outbox
from core.outbox import Message
from members.choices import BOARD_MANDATES
from members.models import Mandate, Person
from positions import policy
from positions.choices import MeetingAction, MeetingState
from positions.models import BoardDecision, Meeting
from sections.models import Office

CONVENED = "positions.meeting"
TO_AUTHENTICATE = "positions.minutes"
EXCERPT = "positions.excerpt"
INVITING = {MeetingAction.CONVENE, MeetingAction.CHANGE, MeetingAction.CANCEL}


def invited(*, by: Any) -> QuerySet[Person]:
    """The board of today with its secretary, besides who acts."""
    people = Mandate.objects.in_force().filter(kind__in=BOARD_MANDATES).values("person")
    return _others(people, by)


def authenticators(meeting: Meeting, *, by: Any) -> QuerySet[Person]:
    return _others([meeting.first_authenticator_id, meeting.second_authenticator_id], by)


def _others(people: Any, by: Any) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=people, is_active=True).exclude(pk=by.pk)


def hearers(meeting: Meeting, action: str, *, by: Any) -> QuerySet[Person]:
    """Who gets a letter when `by` makes the move, judged before or after it is made."""
    planned_quietly = meeting.convened_at is None and action != MeetingAction.CONVENE
    if action in INVITING and not planned_quietly:
        return invited(by=by)
    if action == MeetingAction.PRESENT:
        return authenticators(meeting, by=by)
    return Person.objects.none()


def tell(meeting: Meeting, *, action: str, source: str, by: Any) -> None:
    kind = CONVENED if action in INVITING else TO_AUTHENTICATE
    for person in hearers(meeting, action, by=by):
        key = f"{kind}:{meeting.pk}:{meeting.step}:{person.pk}"
        outbox.queue(kind=kind, to=person, key=key, meeting=meeting.pk, action=action)


def return_excerpts(meeting: Meeting) -> None:
    """Each resolution on a position goes back to its section once the minutes say it."""
    for decision in BoardDecision.objects.filter(item__meeting=meeting).exclude(position=None):
        return_excerpt(decision)


def return_excerpt(decision: BoardDecision) -> None:
    for person in section_of(decision):
        key = f"{EXCERPT}:{decision.pk}:{person.pk}"
        outbox.queue(kind=EXCERPT, to=person, key=key, decision=decision.pk)


def section_of(decision: BoardDecision) -> QuerySet[Person]:
    """Who leads the section today."""
    offices = Office.objects.current().filter(section=decision.position.section_id)
    return Person.objects.filter(pk__in=offices.values("person"), is_active=True)


# The letters -------------------------------------------------------------------------------


def meeting_letter(mail: Any) -> Message | None:
    """As things stand when it is sent: what was cancelled meanwhile is told as cancelled."""
    visible = Meeting.objects.visible_to(mail.to)
    meeting = visible.filter(pk=mail.context["meeting"]).first()
    if meeting is None or meeting.status not in {MeetingState.CONVENED, MeetingState.CANCELLED}:
        return None
    return outbox.letter(
        "positions/mail/meeting.txt",
        meeting=meeting,
        is_cancelled=meeting.status == MeetingState.CANCELLED,
        is_changed=mail.context["action"] == MeetingAction.CHANGE,
        url=outbox.link(meeting.get_absolute_url()),
    )


def minutes_letter(mail: Any) -> Message | None:
    visible = Meeting.objects.visible_to(mail.to).filter(status=MeetingState.DRAFTED)
    meeting = visible.filter(pk=mail.context["meeting"]).first()
    if meeting is None or not policy.may_authenticate(mail.to, meeting):
        return None
    url = outbox.link(meeting.get_absolute_url())
    return outbox.letter("positions/mail/minutes.txt", meeting=meeting, url=url)


def excerpt_letter(mail: Any) -> Message | None:
    found = BoardDecision.objects.visible_to(mail.to).select_related("position__section")
    decision = found.filter(pk=mail.context["decision"]).first()
    if decision is None or mail.to not in section_of(decision):
        return None
    url = outbox.link(decision.get_absolute_url())
    return outbox.letter("positions/mail/excerpt.txt", decision=decision, url=url)


RENDERERS = {
    CONVENED: meeting_letter,
    TO_AUTHENTICATE: minutes_letter,
    EXCERPT: excerpt_letter,
}
