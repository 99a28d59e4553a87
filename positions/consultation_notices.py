"""Who hears of a consultation: those who lead the sections it is given to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from core import outbox
from core.outbox import Message
from members.models import Person
from positions.models import Assignment, Consultation
from sections.models import Office
from sections.standing import standing_of

ASSIGNED = "positions.consultation_assigned"
DUE_CHANGED = "positions.consultation_due_changed"
REMINDER = "positions.consultation_reminder"


def leading(sections: Iterable[int], *, by: Any = None) -> QuerySet[Person]:
    """Coordinators and chairs of the sections in office today, but not who did it themselves."""
    offices = Office.objects.current().filter(section__in=sections)
    people = Person.objects.filter(pk__in=offices.values("person"), is_active=True)
    return people.exclude(pk=getattr(by, "pk", None))


def assigned(assignment: Assignment, *, by: Any) -> None:
    _queue(ASSIGNED, assignment, "", by=by)


def due_changed(assignment: Assignment, *, by: Any) -> None:
    """One letter for each date it is changed to."""
    consultation = assignment.consultation
    _queue(DUE_CHANGED, assignment, f":{consultation.step}", by=by, due_on=_due(consultation))


def reminder(assignment: Assignment) -> None:
    due_on = _due(assignment.consultation)
    _queue(REMINDER, assignment, f":{due_on}", due_on=due_on)


def _queue(kind: str, assignment: Assignment, of: str, *, by: Any = None, **ids: Any) -> None:
    for person in leading([assignment.section_id], by=by):
        key = f"{kind}:{assignment.pk}{of}:{person.pk}"
        outbox.queue(kind=kind, to=person, key=key, assignment=assignment.pk, **ids)


def _due(consultation: Consultation) -> str | None:
    return consultation.due_on.isoformat() if consultation.due_on else None


# Written when they are sent --------------------------------------------------------------------


def _of_an_assignment(template: str) -> Any:
    """A letter to who still leads the section, while it still has the consultation and the day is
    the one that was told; nothing else is sent."""

    def write(mail: Any) -> Message | None:
        found = Assignment.objects.held().filter(pk=mail.context["assignment"])
        assignment = found.select_related("section", "consultation__authority").first()
        if assignment is None or assignment.section_id not in standing_of(mail.to).leads:
            return None
        return _written(template, assignment, mail)

    return write


def _written(template: str, assignment: Assignment, mail: Any) -> Message | None:
    visible = Consultation.objects.visible_to(mail.to).undecided().select_related("authority")
    consultation = visible.filter(pk=assignment.consultation_id).first()
    if consultation is None:
        return None
    if "due_on" in mail.context and mail.context["due_on"] != _due(consultation):
        return None
    if mail.kind == REMINDER and _needs_no_reminder(assignment, consultation):
        return None
    url = outbox.link(consultation.get_absolute_url())
    section = assignment.section
    return outbox.letter(template, consultation=consultation, section=section, url=url)


def _needs_no_reminder(assignment: Assignment, consultation: Consultation) -> bool:
    untouched = Assignment.objects.untouched().filter(pk=assignment.pk)
    return consultation.is_over or not untouched.exists()


RENDERERS = {
    kind: _of_an_assignment(f"positions/mail/consultation_{name}.txt")
    for kind, name in {
        ASSIGNED: "assigned",
        DUE_CHANGED: "due_changed",
        REMINDER: "reminder",
    }.items()
}
