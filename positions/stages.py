"""The stepper: six stages of a position's way, and where in them it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from positions.choices import State


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    COMMENTS = "comments", _("Comments")
    VOTE = "vote", _("Vote")
    BOARD = "board", _("Board")
    SUBMISSION = "submission", _("Submission")
    ANSWER = "answer", _("Answer")


STAGES = {
    State.DRAFT: Stage.DRAFT,
    State.CONSULTATION: Stage.COMMENTS,
    State.CONSOLIDATION: Stage.COMMENTS,
    State.SECTION_VOTE: Stage.VOTE,
    State.NOT_ADOPTED: Stage.VOTE,
    State.ADOPTED: Stage.BOARD,
    State.FORWARDED: Stage.BOARD,
    State.BOARD_REVIEW: Stage.BOARD,
    State.RETURNED: Stage.BOARD,
    State.CHANGES_PROPOSED: Stage.BOARD,
    State.REJECTED: Stage.BOARD,
    State.ACCEPTED: Stage.SUBMISSION,
    State.SUBMITTED: Stage.ANSWER,
    State.ANSWERED: Stage.ANSWER,
    State.EVALUATED: Stage.ANSWER,
}
"""The stage a state belongs to; a closed position has all of them behind it."""

SIDE_TRACKS = {State.PARKED, State.WITHDRAWN, State.SUPERSEDED}
STOPPED = {State.REJECTED, State.WITHDRAWN, State.SUPERSEDED}


def steps(status: str, history) -> list[tuple[str, str]]:
    """Pairs of label and state for the stepper; `history` is the audit trail, newest first."""
    stage = STAGES.get(_last_on_the_main_track(status, history))
    reached = list(Stage).index(stage) if stage else len(Stage)
    now = "stopped" if status in STOPPED else "current"
    return [
        (each.label, "done" if place < reached else now if place == reached else "todo")
        for place, each in enumerate(Stage)
    ]


def _last_on_the_main_track(status, history):
    if status not in SIDE_TRACKS:
        return status
    states = (entry.source for entry in history if entry.target)
    return next((state for state in states if state and state not in SIDE_TRACKS), State.DRAFT)
