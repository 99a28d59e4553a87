"""What a move will do, told before it is made: who gets mail, what becomes public."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.workflow import Move
from positions.choices import HOLDERS, Action, Holder, State
from positions.models import Position
from positions.notices import readers

ALSO = {
    Action.OPEN_CONSULTATION: [
        ("eye", gettext_lazy("The whole section can read the text and comment on it.")),
        ("clock", gettext_lazy("Comments close by themselves at 23:59 on the last day.")),
        ("lock", gettext_lazy("The text cannot be edited while it is open for comments.")),
    ],
    Action.CLOSE_CONSULTATION: [
        ("pencil", gettext_lazy("The authors and the coordinator can edit the text again.")),
        ("info-circle", gettext_lazy("Before the last day is over, a reason must be given.")),
    ],
    Action.OPEN_VOTE: [
        ("lock", gettext_lazy("The text and the list of the libraries that vote are frozen.")),
        ("clock", gettext_lazy("The vote closes by itself at 23:59 on the last day.")),
    ],
    Action.CLOSE_VOTE: [
        ("clipboard-check", gettext_lazy("The votes are counted; each library's vote is shown.")),
    ],
    Action.TAKE_UP: [
        ("people", gettext_lazy("A ballot of the board opens among its members of today.")),
        ("clock", gettext_lazy("Votes are taken until 23:59 on the day of the decision.")),
    ],
    Action.ACCEPT_WITH_CHANGES: [
        ("file-earmark-text", gettext_lazy("Your wording is kept as a version of its own.")),
    ],
    Action.AGREE_TO_CHANGES: [
        ("file-earmark-text", gettext_lazy("The wording of the board becomes the text.")),
    ],
    Action.PREPARE_SUBMISSION: [
        ("person-check", gettext_lazy("Somebody else must confirm it before it is sent.")),
    ],
    Action.CONFIRM_SUBMISSION: [
        ("send", gettext_lazy("After that the coordinator can send it.")),
    ],
    Action.SUBMIT: [
        ("globe", gettext_lazy("Text, points, the section's votes and the dates become public.")),
        ("clock", gettext_lazy("The day of the answer is reckoned from the day of sending.")),
    ],
    Action.RECORD_INTERIM_ANSWER: [
        ("clock", gettext_lazy("The time to answer runs on.")),
        ("globe", gettext_lazy("Everybody can read what you enter.")),
    ],
    Action.RECORD_ANSWER: [
        ("globe", gettext_lazy("Everybody can read what you enter.")),
    ],
    Action.CLOSE: [
        ("globe", gettext_lazy("Everybody can read the result.")),
    ],
    Action.PARK: [
        ("clock", gettext_lazy("On the day you set it is resumed by itself.")),
    ],
    Action.WITHDRAW: [
        ("x-circle", gettext_lazy("A vote that is running is annulled with your reason.")),
    ],
}
START = [
    ("lock", gettext_lazy("Only you, the authors you add and the coordinator see the draft.")),
    ("bookmark", gettext_lazy("It gets a number that stays with it for ever.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
EDITING = [
    ("layers", gettext_lazy("What you save is a new version; the earlier ones are kept.")),
    (
        "people",
        gettext_lazy(
            "What others save meanwhile is joined with yours; where both changed the same "
            "paragraph, you decide."
        ),
    ),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
RESTORING = [
    ("layers", gettext_lazy("What it says becomes the next version; all others are kept.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
COMMENTING = [
    ("people", gettext_lazy("The section reads it with your name and your library's.")),
    ("lock", gettext_lazy("It stays in the section and the board; it does not become public.")),
]
SECTION_VOTE = [
    ("lock", gettext_lazy("A library has one vote. It cannot be changed once it is cast.")),
    ("eye", gettext_lazy("Nobody sees a count before the vote is closed.")),
    ("globe", gettext_lazy("With the position the votes of the libraries become public.")),
]
BOARD_VOTE = [
    ("lock", gettext_lazy("You have one vote. It cannot be changed once it is cast.")),
    ("people", gettext_lazy("After the end the board and the section see who voted how.")),
]
NUMBERED = {Action.ACCEPT, Action.ACCEPT_WITH_CHANGES, Action.REJECT}


def consequences(position: Position, move: Move, *, by: Any) -> list[tuple[str, Any]]:
    """Pairs of icon and sentence for the component of that name."""
    state = _target(position, move)
    told = list(ALSO.get(move.action, ()))
    if move.action in NUMBERED or (
        move.action == Action.RETURN and position.status == State.BOARD_REVIEW
    ):
        told.append(("bank", _("The ballot is closed and the resolution gets its number.")))
    if not state:
        return told
    told.insert(0, ("arrow-right", _("It will be: %(state)s.") % {"state": state.label}))
    if HOLDERS[state] == Holder.NOBODY:
        told.append(("lock", _("This is the end of its way.")))
    return [*told, _mail(position, state, by)]


def _target(position: Position, move: Move) -> State | None:
    """The state the move leads to, where that is known beforehand."""
    if move.action == Action.RESUME:
        return State(position.parked_from)
    targets = move.targets()
    return State(next(iter(targets))) if len(targets) == 1 else None


def _mail(position: Position, state: State, by: Any) -> tuple[str, str]:
    count = readers(position, by=by, state=state).count()
    if not count:
        return "envelope", _("Nobody gets mail.")
    sentence = ngettext(
        "%(count)d person gets mail: whose turn it is then.",
        "%(count)d people get mail: those whose turn it is then.",
        count,
    )
    return "envelope", sentence % {"count": count}
