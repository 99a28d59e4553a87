"""What is told of meetings: what happened, and what a form will do before it is sent."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.audit import AuditEntry
from core.workflow import Move
from positions import meeting_notices
from positions.choices import MEETING_TONES, MeetingAction, MeetingState
from positions.models import BoardDecision, Meeting

ACTS = {
    "plan": gettext_lazy("The meeting was planned"),
    "add_item": gettext_lazy("An item was put on the agenda"),
    "change_item": gettext_lazy("An item of the agenda was changed"),
    "move_item": gettext_lazy("The order of the agenda was changed"),
    "remove_item": gettext_lazy("An item was taken off the agenda"),
    "attendance": gettext_lazy("The attendance was recorded"),
    "vote": gettext_lazy("The votes on an item were entered"),
    "resolve": gettext_lazy("A resolution was recorded"),
    "note": gettext_lazy("Something was added to the minutes"),
    MeetingAction.CONVENE: gettext_lazy("The meeting was convened"),
    MeetingAction.CHANGE: gettext_lazy("The time or the place was changed"),
    MeetingAction.OPEN: gettext_lazy("The session was opened"),
    MeetingAction.FIND_NOT_QUORATE: gettext_lazy("It was found that there is no quorum"),
    MeetingAction.END: gettext_lazy("The session was ended"),
    MeetingAction.APPOINT: gettext_lazy("Others were appointed for the minutes"),
    MeetingAction.PRESENT: gettext_lazy("The minutes were presented for authentication"),
    MeetingAction.AUTHENTICATE: gettext_lazy("The minutes were authenticated"),
    MeetingAction.CLOSE: pgettext_lazy("a meeting", "The meeting was closed"),
    MeetingAction.REPEAT: gettext_lazy("The repeated meeting was called"),
    MeetingAction.CANCEL: gettext_lazy("The meeting was cancelled"),
}
INSIDE = ("lock", gettext_lazy("The board and the staff see it; it does not become public."))
NO_MAIL = ("envelope", gettext_lazy("Nobody gets mail."))
PLANNING = [
    ("bookmark", gettext_lazy("The meeting gets the next number of its year.")),
    INSIDE,
    ("envelope", gettext_lazy("Nobody gets mail before the meeting is convened.")),
]
ADDING = [
    ("info-circle", gettext_lazy("After the invitations, an item is marked as added later.")),
    INSIDE,
    NO_MAIL,
]
ATTENDANCE = [
    ("people", gettext_lazy("By this list the quorum is reckoned, for each item of the agenda.")),
    INSIDE,
    NO_MAIL,
]
VOTING = [
    (
        "people",
        gettext_lazy("A vote in writing that is still open is annulled: its votes are kept."),
    ),
    ("arrow-right", gettext_lazy("Then you record the decision on the page of the position.")),
    ("lock", gettext_lazy("How each member voted never becomes public.")),
    NO_MAIL,
]
RESOLVING = [
    (
        "bank",
        gettext_lazy("It gets the next number of its year, and cannot be undone."),
    ),
    (
        "globe",
        gettext_lazy("If you say so, it is public once the minutes are authenticated."),
    ),
    NO_MAIL,
]
NOTING = [
    INSIDE,
    (
        "info-circle",
        gettext_lazy("Whoever has authenticated the minutes must do so again after this."),
    ),
    NO_MAIL,
]
LINKING = [
    ("globe", gettext_lazy("Both resolutions show it, to everybody who may read them.")),
    ("info-circle", gettext_lazy("If it was a mistake, it can be undone, with a reason.")),
    NO_MAIL,
]
UNDOING = [
    ("globe", gettext_lazy("Neither resolution shows it any more.")),
    ("bookmark", gettext_lazy("Who undid it and why is kept, and does not become public.")),
    NO_MAIL,
]
ALSO: dict[str, list[tuple[str, Any]]] = {
    MeetingAction.OPEN: [
        ("people", gettext_lazy("The list of those who vote is frozen: the members of today.")),
        ("info-circle", gettext_lazy("After that you record who is there.")),
    ],
    MeetingAction.FIND_NOT_QUORATE: [
        ("info-circle", gettext_lazy("Nothing is decided; the meeting can be repeated.")),
    ],
    MeetingAction.END: [
        ("lock", gettext_lazy("Attendance and votes stay as they are.")),
        ("pencil", gettext_lazy("The minute-taker completes the minutes.")),
    ],
    MeetingAction.APPOINT: [
        (
            "info-circle",
            gettext_lazy("The minutes name them, and are authenticated anew."),
        ),
    ],
    MeetingAction.PRESENT: [
        ("info-circle", gettext_lazy("Both authenticators read the minutes and confirm them.")),
    ],
    MeetingAction.AUTHENTICATE: [
        ("key", gettext_lazy("Your name is kept with the fingerprint of the text you have read.")),
        (
            "envelope",
            gettext_lazy("After the second one the sections get their excerpts by mail."),
        ),
    ],
    MeetingAction.REPEAT: [
        ("list-ol", gettext_lazy("It has the agenda of this one, and nothing can be added to it.")),
        ("people", gettext_lazy("It can decide whatever the number of members present.")),
    ],
}


def consequences(meeting: Meeting, move: Move, *, by: Any) -> list[tuple[str, Any]]:
    """Pairs of icon and sentence for the component of that name."""
    told = list(ALSO.get(move.action, ()))
    if len(move.targets()) == 1:
        state = MeetingState(next(iter(move.targets())))
        told.insert(0, ("arrow-right", _("It will be: %(state)s.") % {"state": state.label}))
    count = meeting_notices.hearers(meeting, move.action, by=by).count()
    if count:
        told.append(("envelope", mail(count)))
    elif move.action != MeetingAction.AUTHENTICATE:
        told.append(NO_MAIL)
    return [*told, INSIDE]


def mail(count: int) -> str:
    return ngettext("%(count)d person gets mail.", "%(count)d people get mail.", count) % {
        "count": count
    }


def timeline(history: list[AuditEntry]) -> list[dict]:
    """For the component of that name, newest first."""
    return [
        {
            "when": entry.at,
            "what": ACTS[entry.action],
            "who": str(entry.actor or ""),
            "note": entry.note,
            "tone": MEETING_TONES.get(entry.target, "neutral"),
        }
        for entry in history
    ]


WORDS = {
    "accepted": gettext_lazy("The board accepts %(kind)s %(reference)s, “%(title)s”."),
    "changed": gettext_lazy(
        "The board accepts %(kind)s %(reference)s, “%(title)s”, with the changes it proposes."
    ),
    "rejected": gettext_lazy("The board rejects %(kind)s %(reference)s, “%(title)s”."),
    "returned": gettext_lazy(
        "The board returns %(kind)s %(reference)s, “%(title)s”, to the section."
    ),
}


def words_of(decision: BoardDecision) -> str:
    """What was resolved, in a sentence; on other matters in the words that were put to the vote. A
    position is called as in the version that was decided on, whatever its title is later."""
    if decision.position_id is None:
        return decision.words
    position = decision.position
    facts = {"kind": position.get_kind_display(), "reference": position.reference}
    return WORDS[decision.verdict] % {**facts, "title": decision.version.title}
