"""The ways of what reaches the staff: applications, profile changes, reports of mistakes and
of barriers, erasures of people."""

from typing import Any

from core.workflow import Note, Workflow, row
from members import conditions, effects, notices, policy
from members.choices import (
    ApplicationAction,
    ApplicationStatus,
    BarrierAction,
    BarrierStatus,
    ChangeAction,
    ChangeStatus,
    ErasureAction,
    ErasureStatus,
    ReportAction,
    ReportStatus,
)


def always(thing: Any) -> bool:
    """Due from the moment it is reached."""
    return True


APPLICATIONS = Workflow(
    states=ApplicationStatus,
    notify=notices.application_decided,
    moves=[
        row(
            ApplicationAction.APPROVE,
            ApplicationStatus.SUBMITTED,
            ApplicationStatus.APPROVED,
            policy.is_staff,
            needs=conditions.not_a_member_yet,
            then=effects.admit,
            tone="primary",
        ),
        row(
            ApplicationAction.REFUSE,
            ApplicationStatus.SUBMITTED,
            ApplicationStatus.REFUSED,
            policy.is_staff,
            note=Note.REQUIRED,
            tone="refusal",
        ),
        row(
            ApplicationAction.WITHDRAW,
            ApplicationStatus.SUBMITTED,
            ApplicationStatus.WITHDRAWN,
            policy.is_staff,
            note=Note.REQUIRED,
        ),
    ],
)

PROFILE_CHANGES = Workflow(
    states=ChangeStatus,
    notify=notices.change_decided,
    moves=[
        row(
            ChangeAction.APPROVE,
            ChangeStatus.PROPOSED,
            ChangeStatus.APPROVED,
            policy.is_staff,
            needs=conditions.profile_as_seen,
            then=effects.put_into_profile,
            tone="primary",
        ),
        row(
            ChangeAction.REFUSE,
            ChangeStatus.PROPOSED,
            ChangeStatus.REFUSED,
            policy.is_staff,
            note=Note.REQUIRED,
            tone="refusal",
        ),
        row(
            ChangeAction.WITHDRAW,
            ChangeStatus.PROPOSED,
            ChangeStatus.WITHDRAWN,
            policy.may_withdraw_change,
            note=Note.NONE,
        ),
    ],
)

MISTAKES = Workflow(
    states=ReportStatus,
    notify=notices.report_answered,
    moves=[
        row(
            ReportAction.SETTLE,
            ReportStatus.OPEN,
            ReportStatus.SETTLED,
            policy.is_staff,
            tone="primary",
        ),
        row(
            ReportAction.DISMISS,
            ReportStatus.OPEN,
            ReportStatus.DISMISSED,
            policy.is_staff,
            note=Note.REQUIRED,
            tone="refusal",
        ),
    ],
)

BARRIERS = Workflow(
    states=BarrierStatus,
    notify=notices.barrier_answered,
    moves=[
        row(
            BarrierAction.ANSWER,
            BarrierStatus.OPEN,
            BarrierStatus.ANSWERED,
            policy.is_staff,
            note=Note.REQUIRED,
            tone="primary",
        ),
    ],
)

ERASURES = Workflow(
    states=ErasureStatus,
    moves=[
        row(
            ErasureAction.CONFIRM,
            ErasureStatus.ASKED,
            ErasureStatus.CONFIRMED,
            policy.may_confirm_erasure,
            needs=conditions.may_be_erased,
            then=effects.close_account,
            note=Note.NONE,
            tone="refusal",
        ),
        row(
            ErasureAction.REFUSE,
            ErasureStatus.ASKED,
            ErasureStatus.REFUSED,
            policy.is_staff,
            note=Note.REQUIRED,
        ),
        row(
            ErasureAction.CARRY_OUT,
            ErasureStatus.CONFIRMED,
            ErasureStatus.DONE,
            then=effects.erase,
            due=always,
        ),
    ],
)
