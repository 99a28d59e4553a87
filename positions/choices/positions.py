from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    OPINION = "opinion", _("opinion")
    PROPOSAL = "proposal", _("proposal")
    STATEMENT = "statement", _("position statement")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    CONSULTATION = "consultation", _("open for comments")
    CONSOLIDATION = "consolidation", _("being finalised")
    SECTION_VOTE = "section_vote", _("section vote")
    ADOPTED = "adopted", _("adopted by the section")
    NOT_ADOPTED = "not_adopted", _("not adopted")
    FORWARDED = "forwarded", _("forwarded to the board")
    BOARD_REVIEW = "board_review", _("before the board")
    RETURNED = "returned", _("returned by the board")
    CHANGES_PROPOSED = "changes_proposed", _("changes proposed by the board")
    ACCEPTED = "accepted", _("accepted by the board")
    REJECTED = "rejected", _("rejected by the board")
    SUBMITTED = "submitted", _("submitted")
    ANSWERED = "answered", _("answered")
    EVALUATED = "evaluated", _("evaluated")
    CLOSED = "closed", _("closed")
    PARKED = "parked", _("parked")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("superseded")


class Action(models.TextChoices):
    OPEN_CONSULTATION = "open_consultation", _("Open for comments")
    CLOSE_CONSULTATION = "close_consultation", _("Close comments")
    CONSULT_AGAIN = "consult_again", _("Open for comments again")
    OPEN_VOTE = "open_vote", _("Open the section vote")
    CLOSE_VOTE = "close_vote", _("Close the section vote")
    REPEAT_VOTE = "repeat_vote", _("Repeat the vote")
    ANNUL_VOTE = "annul_vote", _("Annul the vote")
    REWORK = "rework", _("Take back for reworking")
    FORWARD = "forward", _("Forward to the board")
    TAKE_UP = "take_up", _("Take up for review")
    DEFER = "defer", _("Defer the decision")
    CLOSE_BALLOT = "close_ballot", _("Close the ballot of the board")
    RETURN = "return", _("Return to the section")
    ACCEPT = "accept", _("Accept")
    ACCEPT_WITH_CHANGES = "accept_with_changes", _("Accept with changes")
    REJECT = "reject", _("Reject")
    AGREE_TO_CHANGES = "agree_to_changes", _("Agree to the changes")
    REFUSE_CHANGES = "refuse_changes", _("Refuse the changes")
    PREPARE_SUBMISSION = "prepare_submission", _("Prepare the submission")
    CONFIRM_SUBMISSION = "confirm_submission", _("Confirm the submission")
    SUBMIT = "submit", _("Record as submitted")
    RECORD_INTERIM_ANSWER = "record_interim_answer", _("Record an interim answer")
    RECORD_ANSWER = "record_answer", _("Record the answer")
    RECORD_SILENCE = "record_silence", _("Record that no answer came")
    EVALUATE = "evaluate", _("Conclude the evaluation")
    CLOSE = "close", pgettext_lazy("a position", "Close")
    PARK = "park", _("Park")
    RESUME = "resume", _("Resume")
    WITHDRAW = "withdraw", _("Withdraw")
    SUPERSEDE = "supersede", _("Mark as superseded")


class Holder(models.TextChoices):
    """Who holds the ball."""

    AUTHORS = "authors", _("the authors")
    MEMBERS = "members", _("the member libraries of the section")
    COORDINATOR = "coordinator", _("the coordinator of the section")
    SECOND = "second", _("a second person, who confirms the submission")
    SECRETARY = "secretary", _("the secretary of the board")
    BOARD = "board", _("the board")
    AUTHORITY = "authority", _("the authority addressed")
    NOBODY = "nobody", _("nobody: the way is at its end")


HOLDERS = {
    State.DRAFT: Holder.AUTHORS,
    State.CONSULTATION: Holder.MEMBERS,
    State.CONSOLIDATION: Holder.COORDINATOR,
    State.SECTION_VOTE: Holder.MEMBERS,
    State.ADOPTED: Holder.COORDINATOR,
    State.NOT_ADOPTED: Holder.COORDINATOR,
    State.FORWARDED: Holder.SECRETARY,
    State.BOARD_REVIEW: Holder.BOARD,
    State.RETURNED: Holder.COORDINATOR,
    State.CHANGES_PROPOSED: Holder.COORDINATOR,
    State.ACCEPTED: Holder.COORDINATOR,
    State.REJECTED: Holder.NOBODY,
    State.SUBMITTED: Holder.AUTHORITY,
    State.ANSWERED: Holder.COORDINATOR,
    State.EVALUATED: Holder.COORDINATOR,
    State.CLOSED: Holder.NOBODY,
    State.PARKED: Holder.COORDINATOR,
    State.WITHDRAWN: Holder.NOBODY,
    State.SUPERSEDED: Holder.NOBODY,
}
TONES = {
    State.DRAFT: "neutral",
    State.CONSULTATION: "active",
    State.CONSOLIDATION: "active",
    State.SECTION_VOTE: "active",
    State.ADOPTED: "done",
    State.NOT_ADOPTED: "refused",
    State.FORWARDED: "info",
    State.BOARD_REVIEW: "info",
    State.RETURNED: "waiting",
    State.CHANGES_PROPOSED: "waiting",
    State.ACCEPTED: "done",
    State.REJECTED: "refused",
    State.SUBMITTED: "waiting",
    State.ANSWERED: "info",
    State.EVALUATED: "done",
    State.CLOSED: "done",
    State.PARKED: "neutral",
    State.WITHDRAWN: "neutral",
    State.SUPERSEDED: "neutral",
}
"""The tone a state's badge has everywhere."""
EDITABLE = frozenset({State.DRAFT, State.CONSOLIDATION})
DISSENTABLE = frozenset(
    {
        State.SECTION_VOTE,
        State.ADOPTED,
        State.FORWARDED,
        State.BOARD_REVIEW,
        State.RETURNED,
        State.CHANGES_PROPOSED,
        State.ACCEPTED,
    }
)
"""From the opening of the section's vote until submission, while the text may go on."""
ENDORSABLE = DISSENTABLE | {State.CONSULTATION, State.CONSOLIDATION}
"""From the first consultation until submission, while the text may go on."""
COMMENTABLE = frozenset({State.DRAFT, State.CONSULTATION, State.CONSOLIDATION})
AMENDABLE = frozenset({State.CONSULTATION, State.CONSOLIDATION})
MAY_HOLD_AMENDMENTS = AMENDABLE | {State.SECTION_VOTE, State.NOT_ADOPTED, State.PARKED}
"""Where an amendment may still be open; adopting the text disposes of the last of them."""
DISCUSSED = COMMENTABLE | {State.SECTION_VOTE, State.NOT_ADOPTED, State.RETURNED}
"""Comments are replied to and answered until the section adopts the text, and once it is back."""
PARKABLE = frozenset(
    {
        State.DRAFT,
        State.CONSOLIDATION,
        State.ADOPTED,
        State.NOT_ADOPTED,
        State.RETURNED,
        State.ACCEPTED,
    }
)
WITHDRAWABLE = PARKABLE | {
    State.CONSULTATION,
    State.SECTION_VOTE,
    State.FORWARDED,
    State.BOARD_REVIEW,
    State.CHANGES_PROPOSED,
    State.PARKED,
}
ATTACHABLE = WITHDRAWABLE
"""Until it is submitted: what was sent is not added to."""
SUPERSEDABLE = frozenset(
    {
        State.ADOPTED,
        State.ACCEPTED,
        State.SUBMITTED,
        State.ANSWERED,
        State.EVALUATED,
        State.CLOSED,
    }
)
PUBLIC_STATES = frozenset(
    {State.SUBMITTED, State.ANSWERED, State.EVALUATED, State.CLOSED, State.SUPERSEDED}
)
"""Those a position may be in once it is public."""
ON_THE_WAY = frozenset(
    set(State) - {State.REJECTED, State.CLOSED, State.WITHDRAWN, State.SUPERSEDED}
)
BOARD_QUEUE = frozenset({State.FORWARDED, State.BOARD_REVIEW})
