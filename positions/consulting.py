"""The way of a consultation that has come in: recording it, and the table of its moves.

Whether its window has ended is computed, never a state: sections may answer late, and staff close
what nobody follows any more. That a position has answered it is a move that time makes, once the
position has been submitted.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import audit, clock
from core.workflow import NotAllowed, Note, SomethingMissing, Workflow, nobody, row
from members.policy import is_staff
from positions import consultation_notices, policy
from positions.choices import (
    UNDECIDED,
    ConsultationAction,
    ConsultationState,
    State,
)
from positions.details import refuse_future
from positions.models import Assignment, Consultation, Position
from positions.models.consultations import NO_ANSWER
from positions.plan import AHEAD
from positions.windows import count, reckon_law, refuse_bad_days, refuse_bad_end
from sections.models import Section
from sections.standing import standing_of

RECORD = "record"
FACTS = (
    "kind",
    "title",
    "authority",
    "file_number",
    "received_on",
    "published_on",
    "law_profile",
    "confidentiality",
    "text",
    "link",
)
"""What is typed in besides the due date, and may be corrected."""


@transaction.atomic
def record(*, consultation: Consultation, by: Any) -> Consultation:
    """What staff have typed becomes a consultation: the authority's own due date stays, an empty
    one is reckoned from the law. Raises NotAllowed, or SomethingMissing for a day that cannot be.
    """
    if not is_staff(by):
        raise NotAllowed(_("Consultations are recorded by the staff."))
    _refuse_bad_days(consultation)
    consultation.recorded_by = by
    reckon_law(consultation)
    consultation.first_due_on = consultation.due_on
    consultation.save()
    audit.record(thing=consultation, action=RECORD, by=by, target=consultation.status)
    return consultation


def _refuse_bad_days(consultation: Consultation) -> None:
    refuse_bad_days(consultation.received_on, consultation.published_on, consultation.due_on)


# What is missing -------------------------------------------------------------------------------


def nothing_on_its_way(consultation: Consultation) -> Iterator[Any]:
    """A position that is to answer it, and has not been submitted yet."""
    for position in _positions(consultation).filter(status__in=AHEAD):
        yield _("%(reference)s has not been submitted yet.") % {"reference": position.reference}


def some_section_has_it(consultation: Consultation) -> Iterator[Any]:
    if not consultation.standing:
        yield _("It is not assigned to any section.")


def _positions(consultation: Consultation) -> QuerySet[Position]:
    """In their order; those of it that were started by now."""
    return Position.objects.filter(answers=consultation).select_related("section").order_by("pk")


# What the moves do -----------------------------------------------------------------------------


def assign(consultation: Consultation, *, by: Any, note: str, sections: Sequence[Section]) -> None:
    have = {each.section_id for each in consultation.standing}
    new = [section for section in sections if section.pk not in have]
    if not new:
        raise SomethingMissing(
            _("Choose at least one section that does not have it yet."), field="sections"
        )
    for section in new:
        made = Assignment.objects.create(consultation=consultation, section=section, assigned_by=by)
        consultation_notices.assigned(made, by=by)


def take_back(consultation: Consultation, *, by: Any, note: str, section: Section) -> str:
    assignment = _of(consultation, section)
    _refuse_if_started(consultation, section)
    assignment.taken_back_at = clock.now()
    assignment.save(update_fields=["taken_back_at"])
    return _after_a_section(consultation)


def pass_on_it(consultation: Consultation, *, by: Any, note: str, section: Section) -> str:
    assignment = _of(consultation, section, led_by=by)
    if assignment.let_go_at:
        raise SomethingMissing(_("The section has let it go already."), field="section")
    _refuse_if_started(consultation, section)
    assignment.let_go_at, assignment.let_go_by = clock.now(), by
    assignment.let_go_reason = note.strip()
    assignment.save(update_fields=["let_go_at", "let_go_by", "let_go_reason"])
    return _after_a_section(consultation)


def take_up(consultation: Consultation, *, by: Any, note: str, section: Section) -> None:
    assignment = _of(consultation, section, led_by=by)
    if not assignment.let_go_at:
        raise SomethingMissing(_("The section has not let it go."), field="section")
    assignment.let_go_at = assignment.let_go_by = None
    assignment.let_go_reason = ""
    assignment.save(update_fields=["let_go_at", "let_go_by", "let_go_reason"])


def change_due(consultation: Consultation, *, by: Any, note: str, due_on: date) -> None:
    """The new day carries over to the positions under way that still have the old one."""
    refuse_bad_end(consultation.begins_on, due_on)
    old = consultation.due_on
    if due_on == old:
        raise SomethingMissing(_("It is due on that day already."), field="due_on")
    consultation.due_on = due_on
    count(consultation)
    _carry_over(consultation, old, by=by, note=note)
    consultation.assignments.standing().update(reminded_at=None)
    for assignment in consultation.assignments.held():
        assignment.consultation = consultation
        consultation_notices.due_changed(assignment, by=by)


def _carry_over(consultation: Consultation, old: date | None, *, by: Any, note: str) -> None:
    """Not to one the board decides on too late for the new day: there, somebody has to choose."""
    due_on = consultation.due_on
    under_way = Position.objects.filter(
        answers=consultation, authority_deadline=old, status__in=AHEAD
    )
    for position in under_way.select_for_update(of=("self",)).order_by("pk"):
        if position.status == State.BOARD_REVIEW and position.decide_on >= due_on:
            continue
        position.authority_deadline = due_on
        position.step += 1  # a form that was opened before is stale
        position.save(update_fields=["authority_deadline", "step"])
        payload = {"due_on": due_on.isoformat(), "consultation": consultation.pk}
        audit.record(thing=position, action="set_deadline", by=by, note=note, payload=payload)


def record_summary(
    consultation: Consultation,
    *,
    by: Any,
    note: str,
    published_on: date,
    link: str = "",
    text: str = "",
) -> None:
    refuse_future(published_on, field="published_on")
    if published_on < consultation.begins_on:
        raise SomethingMissing(
            _("It cannot be older than the consultation itself."), field="published_on"
        )
    if not (link or text.strip()):
        raise SomethingMissing(_("Give the address, or say what it says."), field="link")
    consultation.summary_published_on = published_on
    consultation.summary_link, consultation.summary_text = link, text.strip()


def correct(consultation: Consultation, *, by: Any, note: str, **facts: Any) -> None:
    """What was typed wrong; the due date is changed by a move of its own."""
    for name in FACTS:
        setattr(consultation, name, facts[name])
    _refuse_bad_days(consultation)
    reckon_law(consultation)


def _of(consultation: Consultation, section: Section, *, led_by: Any = None) -> Assignment:
    if led_by and section.pk not in standing_of(led_by).leads:
        raise SomethingMissing(_("This section is led by others."), field="section")
    found = consultation.assignments.standing().filter(section=section).first()
    if found is None:
        raise SomethingMissing(_("The section does not have it."), field="section")
    return found


def _refuse_if_started(consultation: Consultation, section: Section) -> None:
    of_section = _positions(consultation).filter(section=section)
    started = of_section.exclude(status__in=NO_ANSWER).first()
    if started:
        told = _("The section has started a position from it: %(reference)s.")
        raise SomethingMissing(told % {"reference": started.reference}, field="section")


def _after_a_section(consultation: Consultation) -> str:
    """Nobody has it: to be triaged anew. All that have it let it go: let go."""
    left = list(consultation.assignments.standing())
    if not left:
        return ConsultationState.RECEIVED
    held = any(each.is_held for each in left)
    return ConsultationState.ASSIGNED if held else ConsultationState.LET_GO


def has_been_answered(consultation: Consultation) -> bool:
    """Every section that has kept it has submitted a position on it."""
    held = consultation.assignments.held()
    return held.exists() and not consultation.assignments.unanswered().exists()


# The table -------------------------------------------------------------------------------------

ANYWHERE = frozenset(ConsultationState)
STILL_OPEN = ANYWHERE - {ConsultationState.CLOSED}


CONSULTATIONS = Workflow(
    states=ConsultationState,
    moves=[
        row(
            ConsultationAction.ASSIGN,
            STILL_OPEN,
            ConsultationState.ASSIGNED,
            is_staff,
            then=assign,
            told=("sections",),
            tone="primary",
        ),
        row(
            ConsultationAction.PASS,
            ConsultationState.ASSIGNED,
            frozenset({ConsultationState.ASSIGNED, ConsultationState.LET_GO}),
            policy.may_pass,
            then=pass_on_it,
            told=("section",),
            note=Note.REQUIRED,
        ),
        row(
            ConsultationAction.TAKE_UP,
            STILL_OPEN - {ConsultationState.RECEIVED},
            ConsultationState.ASSIGNED,
            policy.may_take_up,
            then=take_up,
            told=("section",),
        ),
        row(
            ConsultationAction.ANSWER,
            ConsultationState.ASSIGNED,
            ConsultationState.ANSWERED,
            nobody,
            due=has_been_answered,
        ),
        row(
            ConsultationAction.CHANGE_DUE,
            STILL_OPEN,
            None,
            is_staff,
            then=change_due,
            told=("due_on",),
            note=Note.REQUIRED,
        ),
        row(
            ConsultationAction.TAKE_BACK,
            frozenset({ConsultationState.ASSIGNED, ConsultationState.LET_GO}),
            UNDECIDED | {ConsultationState.LET_GO},
            is_staff,
            needs=some_section_has_it,
            then=take_back,
            told=("section",),
            note=Note.REQUIRED,
        ),
        row(
            ConsultationAction.RECORD_SUMMARY,
            ANYWHERE,
            None,
            is_staff,
            then=record_summary,
            told=("published_on",),
        ),
        row(ConsultationAction.CORRECT, ANYWHERE, None, is_staff, then=correct),
        row(
            ConsultationAction.LET_GO,
            ConsultationState.RECEIVED,
            ConsultationState.LET_GO,
            is_staff,
            note=Note.REQUIRED,
            tone="refusal",
        ),
        row(
            ConsultationAction.CLOSE,
            STILL_OPEN - {ConsultationState.RECEIVED},
            ConsultationState.CLOSED,
            is_staff,
            needs=nothing_on_its_way,
        ),
    ],
)
