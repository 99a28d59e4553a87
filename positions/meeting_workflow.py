"""The way of a meeting of the board: the one table of its moves."""

from typing import Any

from core.workflow import Move, Note, Workflow, row
from positions import meeting_effects as effects
from positions import meeting_notices, policy
from positions.choices import AHEAD_OF_MEETING, MINUTES_OPEN, MeetingAction, MeetingState


def _row(*where: Any, **rest: Any) -> Move:
    """Most steps are taken by those who lead the board, and without words."""
    by_leaders = {"who": policy.runs_meetings} if len(where) == 3 else {}
    return row(*where, **{**by_leaders, "note": Note.NONE, **rest})


MEETINGS = Workflow(
    states=MeetingState,
    notify=meeting_notices.tell,
    moves=[
        _row(
            MeetingAction.CONVENE,
            MeetingState.PLANNED,
            MeetingState.CONVENED,
            needs=effects.ready_to_convene,
            then=effects.convene,
            note=Note.OPTIONAL,
            tone="primary",
        ),
        _row(
            MeetingAction.OPEN,
            MeetingState.CONVENED,
            MeetingState.IN_SESSION,
            needs=effects.its_day_has_come,
            then=effects.open_session,
            tone="primary",
        ),
        _row(
            MeetingAction.END,
            MeetingState.IN_SESSION,
            MeetingState.HELD,
            needs=effects.there_was_a_quorum,
            then=effects.end,
            tone="primary",
        ),
        _row(
            MeetingAction.FIND_NOT_QUORATE,
            MeetingState.IN_SESSION,
            MeetingState.NOT_QUORATE,
            needs=effects.there_is_no_quorum,
            then=effects.end,
        ),
        _row(
            MeetingAction.PRESENT,
            MeetingState.HELD,
            MeetingState.DRAFTED,
            policy.may_present_minutes,
            needs=effects.everything_is_decided,
            tone="primary",
        ),
        _row(
            MeetingAction.AUTHENTICATE,
            MeetingState.DRAFTED,
            frozenset({MeetingState.DRAFTED, MeetingState.AUTHENTICATED}),
            policy.may_authenticate,
            then=effects.authenticate,
            tone="primary",
        ),
        _row(
            MeetingAction.CLOSE,
            MeetingState.AUTHENTICATED,
            MeetingState.CLOSED,
            tone="primary",
        ),
        _row(
            MeetingAction.REPEAT,
            MeetingState.NOT_QUORATE,
            None,
            needs=effects.may_be_repeated,
            then=effects.repeat,
            tone="primary",
        ),
        _row(MeetingAction.CHANGE, AHEAD_OF_MEETING, None, then=effects.change),
        _row(MeetingAction.APPOINT, MINUTES_OPEN, None, then=effects.appoint),
        _row(
            MeetingAction.CANCEL,
            AHEAD_OF_MEETING,
            MeetingState.CANCELLED,
            note=Note.REQUIRED,
            tone="refusal",
        ),
    ],
)
