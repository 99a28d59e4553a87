"""A position's way: the one table of its moves."""

from collections.abc import Callable
from typing import Any

from core import clock
from core.workflow import Move, Note, Workflow
from positions import conditions, effects, notices, policy
from positions.choices import (
    BOARD_QUEUE,
    PARKABLE,
    SUPERSEDABLE,
    WITHDRAWABLE,
    Action,
    State,
)
from positions.models import Position


def comments_are_over(position: Position) -> bool:
    closes = position.comments_close_at
    return closes is not None and closes < clock.now()


def vote_is_over(position: Position) -> bool:
    return position.section_ballot.closes_at < clock.now()


def wake_up_day_has_come(position: Position) -> bool:
    return position.wake_on is not None and position.wake_on <= clock.today()


def _move(
    action: Action,
    sources: State | frozenset[State],
    target: State | frozenset[State] | None,
    who: Callable[[Any, Any], bool],
    **rest: Any,
) -> Move:
    sources = frozenset({sources}) if isinstance(sources, State) else sources
    return Move(action=action, label=action.label, sources=sources, target=target, who=who, **rest)


WORKFLOW = Workflow(
    states=State,
    notify=notices.tell,
    moves=[
        _move(
            Action.OPEN_CONSULTATION,
            State.DRAFT,
            State.CONSULTATION,
            policy.coordinates,
            needs=conditions.ready_to_consult,
            then=effects.open_consultation,
            tone="primary",
        ),
        _move(
            Action.CLOSE_CONSULTATION,
            State.CONSULTATION,
            State.CONSOLIDATION,
            policy.coordinates,
            then=effects.close_consultation,
            due=comments_are_over,
        ),
        _move(
            Action.OPEN_VOTE,
            State.CONSOLIDATION,
            State.SECTION_VOTE,
            policy.coordinates,
            needs=conditions.ready_to_vote,
            then=effects.open_vote,
            tone="primary",
        ),
        _move(
            Action.CONSULT_AGAIN,
            State.CONSOLIDATION,
            State.CONSULTATION,
            policy.coordinates,
            needs=conditions.ready_to_consult_again,
            then=effects.open_consultation,
        ),
        _move(
            Action.CLOSE_VOTE,
            State.SECTION_VOTE,
            frozenset({State.ADOPTED, State.NOT_ADOPTED}),
            policy.coordinates,
            needs=conditions.all_have_voted,
            then=effects.close_vote,
            due=vote_is_over,
            tone="primary",
        ),
        _move(
            Action.REPEAT_VOTE,
            State.NOT_ADOPTED,
            State.SECTION_VOTE,
            policy.coordinates,
            needs=conditions.missed_quorum,
            then=effects.repeat_vote,
        ),
        _move(
            Action.REWORK,
            frozenset({State.NOT_ADOPTED, State.RETURNED}),
            State.CONSOLIDATION,
            policy.coordinates,
            tone="primary",
        ),
        _move(
            Action.FORWARD,
            State.ADOPTED,
            State.FORWARDED,
            policy.coordinates,
            then=effects.forward,
            tone="primary",
        ),
        _move(
            Action.TAKE_UP,
            State.FORWARDED,
            State.BOARD_REVIEW,
            policy.is_secretary,
            then=effects.take_up,
            tone="primary",
        ),
        _move(
            Action.ACCEPT,
            State.BOARD_REVIEW,
            State.ACCEPTED,
            policy.is_secretary,
            needs=conditions.board_carries,
            then=effects.accept,
            note=Note.REQUIRED,
            tone="primary",
        ),
        _move(
            Action.ACCEPT_WITH_CHANGES,
            State.BOARD_REVIEW,
            State.CHANGES_PROPOSED,
            policy.is_secretary,
            needs=conditions.board_carries,
            then=effects.accept_with_changes,
            note=Note.REQUIRED,
        ),
        _move(
            Action.REJECT,
            State.BOARD_REVIEW,
            State.REJECTED,
            policy.is_secretary,
            needs=conditions.board_rejects,
            then=effects.reject,
            note=Note.REQUIRED,
            tone="refusal",
        ),
        _move(
            Action.RETURN,
            BOARD_QUEUE,
            State.RETURNED,
            policy.is_secretary,
            then=effects.return_to_section,
            note=Note.REQUIRED,
        ),
        _move(
            Action.AGREE_TO_CHANGES,
            State.CHANGES_PROPOSED,
            State.ACCEPTED,
            policy.coordinates,
            then=effects.agree_to_changes,
            tone="primary",
        ),
        _move(
            Action.REFUSE_CHANGES,
            State.CHANGES_PROPOSED,
            State.CONSOLIDATION,
            policy.coordinates,
            then=effects.refuse_changes,
            note=Note.REQUIRED,
        ),
        _move(
            Action.PREPARE_SUBMISSION,
            State.ACCEPTED,
            None,
            policy.coordinates,
            then=effects.prepare_submission,
            tone="primary",
        ),
        _move(
            Action.CONFIRM_SUBMISSION,
            State.ACCEPTED,
            None,
            policy.may_second,
            needs=conditions.not_sent_yet,
            then=effects.confirm_submission,
            tone="primary",
        ),
        _move(
            Action.SUBMIT,
            State.ACCEPTED,
            State.SUBMITTED,
            policy.coordinates,
            needs=conditions.confirmed,
            then=effects.submit,
            tone="primary",
        ),
        _move(
            Action.RECORD_ANSWER,
            State.SUBMITTED,
            State.ANSWERED,
            policy.coordinates,
            then=effects.record_answer,
            tone="primary",
        ),
        _move(
            Action.RECORD_INTERIM_ANSWER,
            State.SUBMITTED,
            None,
            policy.coordinates,
            then=effects.record_interim_answer,
        ),
        _move(
            Action.EVALUATE,
            State.ANSWERED,
            State.EVALUATED,
            policy.coordinates,
            needs=conditions.every_point_has_an_outcome,
            tone="primary",
        ),
        _move(
            Action.CLOSE,
            State.EVALUATED,
            State.CLOSED,
            policy.coordinates,
            then=effects.close,
            tone="primary",
        ),
        _move(
            Action.RESUME,
            State.PARKED,
            PARKABLE,
            policy.coordinates,
            then=effects.resume,
            due=wake_up_day_has_come,
            tone="primary",
        ),
        _move(
            Action.PARK,
            PARKABLE,
            State.PARKED,
            policy.coordinates,
            then=effects.park,
            note=Note.REQUIRED,
        ),
        _move(
            Action.SUPERSEDE,
            SUPERSEDABLE,
            State.SUPERSEDED,
            policy.coordinates,
            then=effects.supersede,
            note=Note.REQUIRED,
        ),
        _move(
            Action.WITHDRAW,
            WITHDRAWABLE,
            State.WITHDRAWN,
            policy.may_withdraw,
            then=effects.withdraw,
            note=Note.REQUIRED,
            tone="refusal",
        ),
    ],
)
