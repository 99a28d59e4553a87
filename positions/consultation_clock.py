"""What time does to consultations: it notes that they are answered, and reminds of those that are
about to end with nothing begun."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import clock
from core.workflow import CLOCK, NotAllowed, Overtaken
from positions import consultation_notices
from positions.choices import ConsultationAction, ConsultationState
from positions.consulting import CONSULTATIONS
from positions.models import Assignment, Consultation, Position

log = logging.getLogger("portal")

BEFORE = timedelta(days=5)
PART = 3
"""In the last third of a short time: nobody is reminded on the day it is assigned."""


def note_answers() -> int:
    """Each consultation whose sections have all submitted their positions; returns how many.

    Safe to run twice, late, and in several workers at once.
    """
    noted = 0
    for consultation in _perhaps_answered():
        try:
            CONSULTATIONS.perform(
                ConsultationAction.ANSWER, consultation, by=CLOCK, seen=consultation.step
            )
        except (Overtaken, NotAllowed):
            continue
        log.info("Consultation %s has been answered.", consultation.pk)
        noted += 1
    return noted


def _perhaps_answered():
    sent = Position.objects.filter(answers=OuterRef("pk"), submission__sent_on__isnull=False)
    open_still = Assignment.objects.unanswered().filter(consultation=OuterRef("pk"))
    given = Consultation.objects.filter(Exists(sent), status=ConsultationState.ASSIGNED)
    return given.exclude(Exists(open_still))


def remind() -> int:
    """Queue the letters of every assignment whose time is running out untouched; returns how many.

    Safe to run twice, late, and in several workers at once: an assignment is marked in the
    transaction that queues its letters, and one whose time is over reminds nobody.
    """
    return sum(_remind_of(assignment) for assignment in _untouched() if _is_late_in(assignment))


def _untouched():
    waiting = Assignment.objects.untouched().filter(
        reminded_at=None,
        consultation__status=ConsultationState.ASSIGNED,
        consultation__due_on__gte=clock.today(),
    )
    return waiting.select_related("consultation")


def _is_late_in(assignment: Assignment) -> bool:
    ends = assignment.consultation.deadline
    return ends - clock.now() <= min(BEFORE, (ends - assignment.assigned_at) / PART)


@transaction.atomic
def _remind_of(assignment: Assignment) -> bool:
    unmarked = Assignment.objects.held().filter(pk=assignment.pk, reminded_at=None)
    if not unmarked.update(reminded_at=clock.now()):
        return False
    consultation_notices.reminder(assignment)
    return True
