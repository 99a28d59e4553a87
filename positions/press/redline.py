"""The difference of two versions as a sheet whose changes a word processor can accept or refuse."""

from collections.abc import Sequence
from datetime import UTC
from html import escape

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import clock
from core.outbox import link
from positions.models import Version
from positions.press.sheet import TEXT_LANGUAGE, Sheet, headed, tamed
from positions.press.tracked import Tracker


def of_versions(older: Version, newer: Version, *, authors: Sequence[str]) -> Sheet:
    """`authors` wrote what lies between the two; the changes carry their names and the newer
    version's time."""
    position, by = newer.position, ", ".join(authors)
    when = newer.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    tracker = Tracker(by, when)
    points = [[point.text for point in version.points.all()] for version in (older, newer)]
    numbers = {"old": older.number, "new": newer.number}
    context = {
        "facts": [
            (_("Number"), position.reference),
            (_("Section"), position.section),
            (_("Changes"), _("from version %(old)d to version %(new)d") % numbers),
            (_("Written by"), by),
            (_("Saved"), date_format(clock.day_of(newer.created_at))),
        ],
        "changes": _safe(tracker.text(older.body, newer.body)),
        "points": _safe(tracker.lines(*points)),
        "language": TEXT_LANGUAGE,
        "address": link(position.get_absolute_url()),
    }
    body = render_to_string("positions/sheet/redline.html", context)
    heading = tracker.line(escape(older.title), escape(newer.title))
    return headed(position, newer, body, heading=heading)


def _safe(lines: list[str]) -> list[SafeString]:
    """Of cleaned text and marks."""
    return [mark_safe(tamed(line)) for line in lines]  # noqa: S308
