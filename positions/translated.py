"""What a position says in the reader's language, as far as somebody has translated it.

Querysets read it along with the rows, in the language that is read then or in the one named: for
lists `Position.objects.public().with_titles("en")`, for the whole `.with_translation("sl")`. What
was not read so is shown in Hungarian; nothing is asked for a second time.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.localized import ORIGINAL, Said
from core.richtext import blocks, readable
from core.translated import Freshness
from positions.models import Position


def title_of(position: Position) -> Said:
    """The title with its language: that of the translation, where there is one."""
    translation = getattr(position, "translated", None)
    words = translation.title if translation else getattr(position, "title_translated", None)
    if not words:
        return Said(position.title)
    return Said(words, translation.language if translation else position.title_language)


@dataclass(frozen=True)
class Translation:
    """A translation as the page of its position shows it; `row` is the PositionTranslation."""

    row: Any
    number: int
    freshness: Freshness

    @property
    def is_outdated(self) -> bool:
        return self.freshness == Freshness.OUTDATED

    @cached_property
    def paragraphs(self) -> list:
        return readable(blocks(self.row.body))


def translation_of(position: Position) -> Translation | None:
    """Of a position that was read with `with_translation`; None where there is none."""
    row = getattr(position, "translated", None)
    if row is None:
        return None
    same = position.translated_fingerprint == position.current.fingerprint
    freshness = Freshness.CURRENT if same else Freshness.OUTDATED
    return Translation(row, position.translated_number, freshness)


def point_of(translation: Translation | None, words: str) -> Said:
    """A point by its Hungarian words, translated where it is the same as when it was translated."""
    found = translation.row.words_of_points().get(words, "") if translation else ""
    return Said(found, translation.row.language) if found else Said(words, ORIGINAL)
