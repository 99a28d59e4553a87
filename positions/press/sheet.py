"""A paper as HTML in the language that is spoken now: what every kind of file is made of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core import clock
from core.outbox import link
from core.richtext import shown
from positions.models import Position, Version
from positions.paper import Paper
from positions.tallies import BallotShown

MOST_SPANNED = 30
SPAN = re.compile(r'((?:col|row)span)="(\d+)"')
Passage = Callable[[int, SafeString], str]
TEXT_LANGUAGE = settings.LANGUAGE_CODE
"""Texts are written in the association's own language, whatever the words around them."""


@dataclass(frozen=True)
class Sheet:
    """`body` is HTML of the tags of `core.richtext`, `h1`, and `div`, `section`, `span`."""

    language: str
    association: str
    section: str
    reference: str
    version: str
    title: str
    body: str
    saved: int
    """When the version was saved, in seconds since 1970: files made again are the same."""
    heading: str = ""
    """HTML of the title, where it is more than its words."""


def of_paper(paper: Paper, passage: Passage) -> Sheet:
    """`passage` tells how a numbered paragraph is written for the kind of file."""
    position, version = paper.position, paper.version
    passages = [
        mark_safe(passage(number, tamed(shown(block))))  # noqa: S308 - it has been cleaned
        for number, block in enumerate(version.wordings, start=1)
    ]
    context = {
        "paper": paper,
        "facts": facts(paper),
        "passages": passages,
        "ballot": paper.ballot and BallotShown(paper.ballot, [], position, paper.inside),
        "language": TEXT_LANGUAGE,
        "address": link(position.get_absolute_url()),
    }
    return headed(position, version, render_to_string("positions/sheet/paper.html", context))


def tamed(html: str) -> SafeString:
    """No cell of a table stretches over hundreds of others: programs would draw them all."""
    return mark_safe(SPAN.sub(_least, html))  # noqa: S308 - only a number is made smaller


def _least(span: re.Match) -> str:
    return f'{span[1]}="{min(int(span[2]), MOST_SPANNED)}"'


def headed(position: Position, version: Version, body: str, *, heading: str = "") -> Sheet:
    """The sheet of a version, with its body."""
    number = {"number": version.number}
    return Sheet(
        language=get_language(),
        association=str(settings.SITE_NAME),
        section=str(position.section),
        reference=position.reference,
        version=_("version %(number)d") % number,
        title=version.title,
        body=body,
        saved=int(version.created_at.timestamp()),
        heading=heading,
    )


def facts(paper: Paper) -> list[tuple[str, Any]]:
    """Term and value, as they stand under the title."""
    position, version, sent = paper.position, paper.version, paper.sent
    found = [
        (_("Number"), position.reference),
        (pgettext("of a position", "Kind"), position.get_kind_display()),
        (_("Section"), position.section),
        (_("Addressee"), position.addressee),
        (_("Version"), f"{version.number}, {_day(version.created_at)}"),
        (_("State"), paper.is_current and _state(position)),
        (_("Resolution of the board"), ", ".join(each.resolution for each in paper.decisions)),
        (_("Sent on"), sent and date_format(sent.sent_on)),
        (_("File number"), sent and sent.file_number),
        (_("The result"), paper.is_current and position.result),
    ]
    if not paper.is_current:
        found.append((_("Note"), _("The text has changed since: this is an earlier version.")))
    return [(term, value) for term, value in found if value]


def _state(position: Position) -> str:
    since = {"state": position.get_status_display(), "day": _day(position.status_since)}
    return _("%(state)s, since %(day)s") % since


def _day(moment: Any) -> str:
    return date_format(clock.day_of(moment))
