"""What a move will do, told before it is made: who gets mail, what becomes public."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.foretold import with_count, with_followers
from core.workflow import Move
from positions import foretold_votes
from positions.choices import HOLDERS, Action, Holder, State
from positions.models import Position
from positions.news import WITHOUT_A_NEW_STATE, concerned, followers
from positions.notices import endorsers, readers
from positions.timeline import OUTCOME, SAVE

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
        (
            "file-earmark-text",
            gettext_lazy("Letter, position and the chosen files are made into a package."),
        ),
        ("arrow-clockwise", gettext_lazy("A confirmation that was given before is taken back.")),
        ("person-check", gettext_lazy("Somebody else must confirm it before it is sent.")),
    ],
    Action.CONFIRM_SUBMISSION: [
        (
            "clipboard-check",
            gettext_lazy("You stand for exactly these files; their fingerprints are kept."),
        ),
        ("send", gettext_lazy("After that the coordinator can send it.")),
    ],
    Action.SUBMIT: [
        (
            "globe",
            gettext_lazy("Text, points, topics, the section's votes and the dates become public."),
        ),
        ("globe", gettext_lazy("So do the libraries' endorsements with their reservations.")),
        ("people", gettext_lazy("Minority opinions become public if they were filed so.")),
        ("clock", gettext_lazy("The day of the answer is reckoned from the day of sending.")),
        ("lock", gettext_lazy("The letter, the package and the proof of sending stay inside.")),
    ],
    Action.RECORD_INTERIM_ANSWER: [
        ("clock", gettext_lazy("The time to answer runs on.")),
        ("globe", gettext_lazy("Everybody can read that it came, and when.")),
        (
            "lock",
            gettext_lazy("Its words stay inside until you publish them without personal data."),
        ),
    ],
    Action.RECORD_ANSWER: [
        ("globe", gettext_lazy("Everybody can read that it came, when, and how it is classified.")),
        (
            "lock",
            gettext_lazy("Its words stay inside until you publish them without personal data."),
        ),
        ("check-lg", gettext_lazy("Reminders that still wait for an answer are settled.")),
    ],
    Action.RECORD_SILENCE: [
        ("globe", gettext_lazy("Everybody can read that the authority did not answer in time.")),
        ("info-circle", gettext_lazy("An answer that comes late can still be recorded.")),
    ],
    Action.EVALUATE: [
        ("globe", gettext_lazy("Everybody can read what became of each point, and why.")),
        ("globe", gettext_lazy("So can everybody what was promised, and whether it was kept.")),
    ],
    Action.CLOSE: [
        ("globe", gettext_lazy("Everybody can read the result.")),
    ],
    Action.DEFER: [
        ("clock", gettext_lazy("The ballot stays open until the new day; it is deferred once.")),
    ],
    Action.CLOSE_BALLOT: [
        ("lock", gettext_lazy("No vote is taken any more, and it is not opened again.")),
        ("eye", gettext_lazy("The board and the section see who voted how.")),
    ],
    Action.RETURN: [
        ("people", gettext_lazy("The section and the board read the reasons, nobody else does.")),
    ],
    Action.ANNUL_VOTE: [
        ("arrow-clockwise", gettext_lazy("The text can be mended and put to the vote anew.")),
    ],
    Action.PARK: [
        ("clock", gettext_lazy("On the day you set it is resumed by itself.")),
    ],
    Action.WITHDRAW: [
        ("x-circle", gettext_lazy("A vote that is running is annulled with your reason.")),
    ],
}
WITH_AMENDMENTS = {
    Action.OPEN_VOTE: gettext_lazy("Amendments are voted on with the text: %(numbers)s."),
    Action.REPEAT_VOTE: gettext_lazy("Amendments are voted on with the text: %(numbers)s."),
    Action.CLOSE_VOTE: gettext_lazy(
        "If the text is adopted, those amendments go into it that the votes carry: %(numbers)s."
    ),
    Action.REWORK: gettext_lazy("Amendments are to be decided on anew: %(numbers)s."),
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
]
AUTHORS = [
    ("people", gettext_lazy("Whoever you add can read and edit the draft from now on.")),
    ("envelope", gettext_lazy("Nobody gets mail: please tell whom you add.")),
]
TRANSLATION = [
    ("globe", gettext_lazy("The translation is on the public page of the position at once.")),
    ("info-circle", gettext_lazy("Beside it stands that the Hungarian text is authoritative.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
TRANSLATION_KEPT = [
    ("lock", gettext_lazy("Those who can read the position can read its translation.")),
    ("globe", gettext_lazy("It becomes public together with the position.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
RESTORING = [
    ("layers", gettext_lazy("What it says becomes the next version; all others are kept.")),
]
BRINGING = [
    ("lock", gettext_lazy("Only you see what becomes of the file.")),
    (
        "pencil",
        gettext_lazy(
            "Nothing is saved yet: you read the text and a report, then save it as your own."
        ),
    ),
    ("trash", gettext_lazy("The file is deleted once it is read, the text after a week.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
FILE_STAYS_INSIDE = [
    ("lock", gettext_lazy("It never becomes public, not even with the position.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
WITH_FILES = {Action.OPEN_CONSULTATION, Action.CONSULT_AGAIN, Action.FORWARD}
ENDORSING = [
    ("people", gettext_lazy("The section reads it at once, the board once it has the position.")),
    (
        "layers",
        gettext_lazy(
            "It belongs to this version: should the text change, it waits until it is confirmed "
            "again, and those who act for the library get a letter."
        ),
    ),
    (
        "globe",
        gettext_lazy(
            "With the position it becomes public that the library endorses it, with the words of "
            "its reservation; people's names do not."
        ),
    ),
    ("envelope", gettext_lazy("Nobody gets mail now.")),
]
WITHDRAWING = [
    ("clock-history", gettext_lazy("That it was there stays in the history of the position.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
NO_MAIL = [("envelope", gettext_lazy("Nobody gets mail."))]
RECORDING = [
    ("globe", gettext_lazy("Everybody can read the outcomes once the evaluation is concluded.")),
    ("arrow-counterclockwise", gettext_lazy("Until then they can be recorded anew.")),
    *NO_MAIL,
]
NUMBERED = {Action.ACCEPT, Action.ACCEPT_WITH_CHANGES, Action.REJECT}


def consequences(position: Position, move: Move, *, by: Any) -> list[tuple[str, Any]]:
    """Pairs of icon and sentence for the component of that name."""
    state = _target(position, move)
    told = [
        *ALSO.get(move.action, ()),
        *foretold_votes.of_move(position, move),
        *_files(position, move),
        *_amendments(position, move),
    ]
    if move.action in NUMBERED or (
        move.action == Action.RETURN and position.status == State.BOARD_REVIEW
    ):
        told.append(("bank", _("The ballot is closed and the resolution gets its number.")))
    endorsers_hear = _text_may_change(position, move, by)
    if not state and not move.targets():
        told += endorsers_hear
        heard = move.action in WITHOUT_A_NEW_STATE
        return followed(told, move.action, position, by=by) if heard else told
    if not state:
        return followed([*told, *endorsers_hear], move.action, position, by=by)
    told.insert(0, ("arrow-right", _("It will be: %(state)s.") % {"state": state.label}))
    if HOLDERS[state] == Holder.NOBODY:
        told.append(("lock", _("This is the end of its way.")))
    heard = pks(readers(position, by=by, state=state))
    told += [*_mail(len(heard)), *endorsers_hear] or NO_MAIL
    return followed(told, move.action, position, by=by, besides=heard)


def followed(told, action, position, *, by, besides=()):
    """How many followers hear of it, besides `by` and the keys of those who get another letter."""
    known = followers(action, position)
    if known is None:
        return with_followers(told, concerned(action, position), by=by, besides=besides)
    return with_count(told, len(known - {by.pk, *besides}))


def of_new_text(position: Position, told: list, *, by: Any) -> list[tuple[str, Any]]:
    """What is told anyway, and who hears that the text is another."""
    heard = pks(endorsers(position.current, by=by)) if position.shared_at else []
    told = [*told, *(_of_endorsers(len(heard)) or NO_MAIL)]
    return followed(told, SAVE, position, by=by, besides=heard)


def of_outcomes(position: Position, *, by: Any) -> list[tuple[str, Any]]:
    return followed(RECORDING, OUTCOME, position, by=by)


def filing(*, goes_public: bool) -> list[tuple[str, Any]]:
    """What becomes of a minority opinion, by the section's rule of today."""
    public = (
        ("globe", _("With the position it becomes public, with the library's name and not yours."))
        if goes_public
        else ("lock", _("It stays in the section and the board; it does not become public."))
    )
    return [
        ("people", _("The section reads it at once, the board once it has the position.")),
        public,
        ("clock-history", _("It can be withdrawn until the position is submitted.")),
        *NO_MAIL,
    ]


def attaching_to(position: Position) -> list[tuple[str, Any]]:
    if position.shared_at is None:
        told = _(
            "The authors and the coordinator can open it; the section once the text is open for "
            "comments, the board once it is forwarded."
        )
    elif position.forwarded_at is None:
        told = _("The section can open it; the board, too, once it is forwarded.")
    else:
        told = _("The section and the board can open it.")
    return [("people", told), *FILE_STAYS_INSIDE]


def documents_of(position: Position, *, inside: bool) -> list[tuple[str, Any]]:
    told = [
        ("hourglass-split", _("It is made in the background; the list shows how far it is.")),
        ("envelope", _("Nobody gets mail.")),
    ]
    if not inside:
        return told
    if position.is_public:
        reads = _(
            "What is made for everybody can be opened by everybody, the rest by those who work "
            "on it."
        )
    else:
        reads = _("Whoever reads the position here can open it; it is not public.")
    return [*told, ("lock", reads)]


def _amendments(position: Position, move: Move) -> list[tuple[str, Any]]:
    """What becomes of the amendments that were carried to the vote."""
    if move.action not in WITH_AMENDMENTS:
        return []
    to_vote = position.amendments.to_vote().order_by("number").values_list("number", flat=True)
    numbers = ", ".join(map(str, to_vote))
    sentence = WITH_AMENDMENTS[Action(move.action)]
    return [("pencil", sentence % {"numbers": numbers})] if numbers else []


def _files(position: Position, move: Move) -> list[tuple[str, Any]]:
    """The attached files go where the text goes."""
    count = position.attachments.kept().count() if move.action in WITH_FILES else 0
    if not count:
        return []
    sentence = ngettext(
        "%(count)d attached file goes along: whoever reads the text can open it.",
        "%(count)d attached files go along: whoever reads the text can open them.",
        count,
    )
    return [("file-earmark-text", sentence % {"count": count})]


def _target(position: Position, move: Move) -> State | None:
    """The state the move leads to, where that is known beforehand."""
    if move.action == Action.RESUME:
        return State(position.parked_from)
    targets = move.targets()
    return State(next(iter(targets))) if len(targets) == 1 else None


def pks(people: Any) -> list[int]:
    return list(people.values_list("pk", flat=True))


def _mail(count: int) -> list[tuple[str, str]]:
    if not count:
        return []
    sentence = ngettext(
        "%(count)d person gets mail: whose turn it is then.",
        "%(count)d people get mail: those whose turn it is then.",
        count,
    )
    return [("envelope", sentence % {"count": count})]


def _text_may_change(position: Position, move: Move, by: Any) -> list[tuple[str, str]]:
    if move.action == Action.AGREE_TO_CHANGES:
        return mail_of_new_text(position, position.proposed.author)
    if move.action == Action.CLOSE_VOTE and position.amendment_ballots:
        return mail_of_new_text(position, by)
    return []


def mail_of_new_text(position: Position, by: Any) -> list[tuple[str, str]]:
    return _of_endorsers(endorsers(position.current, by=by).count() if position.shared_at else 0)


def _of_endorsers(count: int) -> list[tuple[str, str]]:
    if not count:
        return []
    sentence = ngettext(
        "%(count)d person gets mail if the text changes: who acts for a library that endorsed it.",
        "%(count)d people get mail if the text changes: those who act for libraries that "
        "endorsed it.",
        count,
    )
    return [("envelope", sentence % {"count": count})]
