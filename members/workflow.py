"""The ways of what reaches the staff: applications, profile changes, reports of mistakes."""

from collections.abc import Callable
from typing import Any

from core.workflow import Move, Note, Workflow
from members import conditions, effects, notices, policy
from members.choices import (
    ApplicationAction,
    ApplicationStatus,
    ChangeAction,
    ChangeStatus,
    ReportAction,
    ReportStatus,
)


def _move(
    action: Any, source: Any, target: Any, who: Callable[[Any, Any], bool], **rest: Any
) -> Move:
    sources = frozenset({source})
    return Move(action=action, label=action.label, sources=sources, target=target, who=who, **rest)


APPLICATIONS = Workflow(
    states=ApplicationStatus,
    notify=notices.application_decided,
    moves=[
        _move(
            ApplicationAction.APPROVE,
            ApplicationStatus.SUBMITTED,
            ApplicationStatus.APPROVED,
            policy.is_staff,
            needs=conditions.not_a_member_yet,
            then=effects.admit,
            tone="primary",
        ),
        _move(
            ApplicationAction.REFUSE,
            ApplicationStatus.SUBMITTED,
            ApplicationStatus.REFUSED,
            policy.is_staff,
            note=Note.REQUIRED,
            tone="refusal",
        ),
        _move(
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
        _move(
            ChangeAction.APPROVE,
            ChangeStatus.PROPOSED,
            ChangeStatus.APPROVED,
            policy.is_staff,
            needs=conditions.profile_as_seen,
            then=effects.put_into_profile,
            tone="primary",
        ),
        _move(
            ChangeAction.REFUSE,
            ChangeStatus.PROPOSED,
            ChangeStatus.REFUSED,
            policy.is_staff,
            note=Note.REQUIRED,
            tone="refusal",
        ),
        _move(
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
        _move(
            ReportAction.SETTLE,
            ReportStatus.OPEN,
            ReportStatus.SETTLED,
            policy.is_staff,
            tone="primary",
        ),
        _move(
            ReportAction.DISMISS,
            ReportStatus.OPEN,
            ReportStatus.DISMISSED,
            policy.is_staff,
            note=Note.REQUIRED,
            tone="refusal",
        ),
    ],
)
