"""What every form says of mail before it is sent: how many followers hear of the act, too."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import notices

Told = list[tuple[str, Any]]


def with_followers(
    told: Sequence[tuple[str, Any]], things: Iterable[Any], *, by: Any, besides: Any = ()
) -> Told:
    """What is told anyway, and how many people besides `by` and those who get a letter of their own
    (`besides`, a queryset of people) follow any of the things. In one query."""
    return with_count(told, notices.followers_of(things, by=by, besides=besides))


def with_count(told: Sequence[tuple[str, Any]], count: int) -> Told:
    """The same where the followers are known already."""
    if not count:
        return list(told)
    nobody = {_("Nobody gets mail."), _("Nobody gets mail now.")}
    sentence = ngettext(
        "%(count)d person who follows it hears of it, as far as they may read it.",
        "%(count)d people who follow it hear of it, as far as they may read it.",
        count,
    )
    kept = [(icon, words) for icon, words in told if str(words) not in nobody]
    return [*kept, ("bell", sentence % {"count": count})]
