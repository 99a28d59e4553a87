"""Translations of what a position says, written by people; the Hungarian text stays authoritative.

A translation is one of a version. When the position's text moves on it is told to be older, until
somebody writes it anew or says that it is still right.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.tidy import tidy
from core.workflow import NotAllowed, Overtaken, lock
from positions import policy
from positions.models import Position, PositionTranslation, Version
from positions.timeline import CONFIRM_TRANSLATION, TRANSLATE


class TranslationMoved(Exception):
    """Somebody else saved the translation meanwhile (409, both are shown)."""

    def __init__(self, row: PositionTranslation):
        super().__init__(str(row))
        self.row = row


@transaction.atomic
def save_translation(
    *,
    position: Position,
    language: str,
    by: Any,
    seen: int,
    version: Version,
    title: str,
    summary: str = "",
    body: str = "",
    points: Sequence[str] = (),
) -> PositionTranslation:
    """The translation of `version` into `language`, a translation of each of its points in
    `points`, empty where there is none. `seen` is the step of the translation that the form was
    opened with, 0 where there was none; TranslationMoved if it is another one now."""
    position = lock(position)
    _check(position, by)
    row = PositionTranslation.objects.filter(position=position, language=language).first()
    if row and row.step != seen:
        raise TranslationMoved(row)
    row = row or PositionTranslation(position=position, language=language)
    originals = version.points.values_list("text", flat=True)
    row.version, row.title, row.summary, row.body = version, title.strip(), summary.strip(), body
    row.body = tidy(body)
    row.points = [
        [before, words] for before, words in zip(originals, points, strict=False) if words
    ]
    _saved(row, by)
    row.save()
    _record(row, TRANSLATE, by)
    return row


@transaction.atomic
def confirm_translation(
    *, position: Position, language: str, by: Any, seen: int, version: int
) -> PositionTranslation:
    """The translation says what the present text says, too: nothing of its words changes.

    Overtaken if the text or the translation is no longer the one that was looked at."""
    position = lock(position)
    _check(position, by)
    found = PositionTranslation.objects.filter(position=position, language=language)
    row = found.select_related("version").first()
    current = Version.objects.get(pk=position.current_id)
    if row is None or (row.step, current.number) != (seen, version):
        raise Overtaken(position, by=by, action=CONFIRM_TRANSLATION)
    originals = list(current.points.values_list("text", flat=True))
    row.points = carried(row, originals)
    row.version = current
    _saved(row, by)
    row.save()
    _record(row, CONFIRM_TRANSLATION, by)
    return row


def carried(row: PositionTranslation, originals: Sequence[str]) -> list[list[str]]:
    """The translations of the points for their words of today: by their words, else, where there
    are as many as there were, by their place."""
    known, before = row.words_of_points(), list(row.version.points.values_list("text", flat=True))
    if len(before) == len(originals):
        by_place = dict(zip(originals, (known.get(words, "") for words in before), strict=True))
        known = {**by_place, **known}
    return [[words, known[words]] for words in originals if known.get(words)]


def _check(position: Position, by: Any) -> None:
    if not policy.may_translate(by, position):
        raise NotAllowed(
            _("Translations are written by the coordinator of the section and by the staff.")
        )


def _saved(row: PositionTranslation, by: Any) -> None:
    row.saved_by, row.saved_at, row.step = by, clock.now(), row.step + 1


def _record(row: PositionTranslation, action: str, by: Any) -> None:
    payload = {"language": row.language, "version": row.version.number}
    audit.record(thing=row.position, action=action, by=by, payload=payload)
