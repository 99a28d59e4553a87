"""What comes of a comment, a reply and an answer, told before they are written."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from positions.choices import Audience
from positions.comment_notices import partners
from positions.foretold import followed, pks
from positions.models import Comment, Position
from positions.timeline import COMMENT

COMMENTING = [
    ("people", gettext_lazy("Those you choose read it, with your name and your library's.")),
    ("lock", gettext_lazy("It never becomes public. The staff of the association can read it.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]
READERS = {
    Audience.DRAFTERS: gettext_lazy(
        "The drafting group reads it, and those who act for the library that began."
    ),
    Audience.SECTION: gettext_lazy(
        "The section reads it, and the board once the position is forwarded to it."
    ),
    Audience.MEMBERS: gettext_lazy(
        "The section reads it; once the position is public, so do all member libraries."
    ),
}
REOPENING = [
    ("arrow-counterclockwise", gettext_lazy("The comment counts as open again.")),
    ("chat-left-text", gettext_lazy("The answer stays below it, as a reply.")),
    ("envelope", gettext_lazy("Nobody gets mail.")),
]


def of_comment(position: Position, *, by: Any) -> list[tuple[str, Any]]:
    return followed(COMMENTING, COMMENT, position, by=by)


def replying(thread: Comment, position: Position, *, by: Any) -> list[tuple[str, Any]]:
    """To a comment, in whose thread others take part."""
    among = pks(partners(thread, by=by))
    others = len(among)
    told = [
        ("people", READERS[Audience(thread.audience)]),
        ("lock", _("It never becomes public.")),
        _letters(
            others,
            ngettext(
                "%(count)d person gets mail: who takes part in the thread.",
                "%(count)d people get mail: those who take part in the thread.",
                others,
            ),
        ),
    ]
    return followed(told, COMMENT, position, by=by, besides=among)


def answering(thread: Comment, *, by: Any) -> list[tuple[str, Any]]:
    heard = thread.author_id != by.pk and thread.author.is_active
    return [
        ("check-circle", _("The comment counts as done; it stays readable, folded.")),
        ("people", _("Whoever reads the comment reads your answer.")),
        _letters(heard, _("Whoever wrote the comment gets mail.")),
    ]


def _letters(count: int, sentence: str) -> tuple[str, str]:
    return "envelope", sentence % {"count": count} if count else _("Nobody gets mail.")
