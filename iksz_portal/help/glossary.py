"""The field's words in three languages: `iksz_portal/data/glossary.json`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from core.text import fold, hungarian_key

FILE = Path(__file__).resolve().parents[1] / "data" / "glossary.json"


@dataclass(frozen=True)
class Word:
    id: str
    words: dict[str, str]
    meanings: dict[str, str]

    @property
    def word(self):
        return self.words[get_language()]

    @property
    def meaning(self):
        return self.meanings[get_language()]

    @property
    def elsewhere(self):
        """The word in the other languages: pairs of code and word."""
        return [
            (code, self.words[code]) for code, _name in settings.LANGUAGES if code != get_language()
        ]


@cache
def _all():
    written = json.loads(FILE.read_text(encoding="utf-8"))
    return [Word(each["id"], each["word"], each["meaning"]) for each in written]


def words() -> list[Word]:
    """In the alphabetical order of the language of the moment."""
    key = hungarian_key if get_language() == "hu" else slovenian_key
    return sorted(_all(), key=lambda word: key(word.word))


def slovenian_key(text: str) -> list[tuple[str, str]]:
    """Č, š and ž follow c, s and z as letters of their own; English has none of them."""
    return [(fold(char), char) for char in text.casefold()]
