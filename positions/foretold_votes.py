"""Who will see what of a vote, told before it is opened, cast, closed or annulled."""

from typing import Any

from django.utils.translation import gettext_lazy

from core.workflow import Move
from positions.choices import Action, BallotKind
from positions.models import Ballot, Position

ONE_VOTE = (
    "lock",
    gettext_lazy("A library has one vote. It cannot be changed once it is cast."),
)
NO_COUNT = ("eye", gettext_lazy("Nobody sees a count before the vote is closed."))
BY_NAME = [
    (
        "people",
        gettext_lazy(
            "The vote is by name: once it is closed, the section and the board see how each "
            "library voted, with its reason and who cast the vote."
        ),
    ),
    ("globe", gettext_lazy("With the position the votes of the libraries become public.")),
]
SECRETLY = [
    (
        "shield-lock",
        gettext_lazy(
            "The vote is secret: it is recorded that the library has voted and who cast its vote, "
            "but nowhere how. Nobody can find that out later, you neither."
        ),
    ),
    (
        "people",
        gettext_lazy(
            "Once it is closed, the section and the board see the numbers, and which libraries "
            "have voted. Where all voted alike, the numbers tell how."
        ),
    ),
    ("globe", gettext_lazy("With the position the numbers become public, and who has voted.")),
]
CONFLICT = (
    "person-check",
    gettext_lazy(
        "Taking no part for a conflict of interest is always said openly, with the reason if you "
        "give one; the library is then left out of the count."
    ),
)
ON_AMENDMENTS = (
    "people",
    gettext_lazy("The votes on amendments stay in the section and the board."),
)
BY_SILENCE = (
    "clock",
    gettext_lazy(
        "Silence is consent: the text is adopted at the deadline unless a member votes no."
    ),
)
BOARD_VOTE = [
    ("lock", gettext_lazy("You have one vote. It cannot be changed once it is cast.")),
    ("people", gettext_lazy("After the end the board and the section see who voted how.")),
]
OPENED_BY_NAME = (
    "people",
    gettext_lazy("The vote is by name: after its end it is seen how each library voted."),
)
OPENED_SECRETLY = (
    "shield-lock",
    gettext_lazy("The vote is secret: only its numbers are ever known, and who has voted."),
)
COUNTED_BY_NAME = (
    "clipboard-check",
    gettext_lazy("The votes are counted; each library's vote is shown."),
)
COUNTED_SECRETLY = (
    "clipboard-check",
    gettext_lazy("The numbers are shown, and which libraries have voted; never how."),
)
ANNULLED_BY_NAME = (
    "x-circle",
    gettext_lazy("The votes cast are kept, but count for nothing."),
)
ANNULLED_SECRETLY = (
    "x-circle",
    gettext_lazy(
        "Who has voted stays known. How they voted is never counted: the sealed count is destroyed."
    ),
)


def of_voting(ballot: Ballot, *, several: bool) -> list[tuple[str, Any]]:
    """Beside the form in which a vote is cast; `several`: on amendments, too."""
    if ballot.kind == BallotKind.BOARD:
        return BOARD_VOTE
    told = [ONE_VOTE, NO_COUNT, *(SECRETLY if ballot.is_secret else BY_NAME), CONFLICT]
    if several:
        told.append(ON_AMENDMENTS)
    return [*told, BY_SILENCE] if ballot.is_by_silence else told


def of_move(position: Position, move: Move) -> list[tuple[str, Any]]:
    match move.action:
        case Action.OPEN_VOTE | Action.REPEAT_VOTE:
            secret = position.section.votes_secretly
            return [OPENED_SECRETLY if secret else OPENED_BY_NAME]
        case Action.CLOSE_VOTE:
            secret = position.section_ballot.is_secret
            return [COUNTED_SECRETLY if secret else COUNTED_BY_NAME]
        case Action.ANNUL_VOTE:
            secret = position.section_ballot.is_secret
            return [ANNULLED_SECRETLY if secret else ANNULLED_BY_NAME]
    return []
