"""Where in a title or a text the words stand that somebody asked for, marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString

from core.search.asking import SHORTEST_PREFIX, Question
from core.search.words import asked, plain, stems
from core.text import fold

LENGTH = 240
BEFORE = 60
LOOKED_AT = 40
"""So many places of a text are compared for the one that shows most of the words."""
_LETTERS = {
    code: folded
    for code in (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00))
    if len(folded := fold(chr(code))) == 1
}


@dataclass(frozen=True)
class Excerpts:
    """Marks the words of one question."""

    question: Question

    @cached_property
    def _words(self) -> list[tuple[str, frozenset[str]]]:
        return [(plain(word), asked(word)) for word in self.question.words]

    @cached_property
    def _met(self) -> dict[str, int | None]:
        """Which of the question's words those are that were met in a text; most come again."""
        return {}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        starts = {start for start, tokens in self._words for start in (start, *tokens)}
        if not starts:
            return None
        any_of = "|".join(re.escape(start) for start in sorted(starts, key=len, reverse=True))
        return re.compile(rf"(?<![^\W_])(?:{any_of})[^\W_]*")

    def places(self, text: str) -> list[tuple[int, int, int]]:
        """Start and end of each word that was asked for, and which of the question's it is."""
        if self._pattern is None:
            return []
        found = []
        for hit in self._pattern.finditer(text.translate(_LETTERS)):
            start, end = hit.span()
            folded, word = hit.group(), text[start:end]
            if word not in self._met:
                self._met[word] = self._which(folded, word.casefold())
            which = self._met[word]
            if which is not None:
                found.append((start, end, which))
        return found

    def _which(self, folded: str, word: str) -> int | None:
        of_word = stems(word) | stems(word, "en") | stems(word, "sl")
        for number, (_start, tokens) in enumerate(self._words):
            if tokens & of_word:
                return number
        for number, (start, _tokens) in enumerate(self._words):
            if len(start) >= SHORTEST_PREFIX and folded.startswith(start):
                return number
        return None

    def marked(self, text: str) -> SafeString:
        return _marked(text, self.places(text))

    def excerpt(self, text: str) -> SafeString:
        """The part of the text that shows most of the words; its beginning where none stands."""
        places = self.places(text)
        start = _best_start(text, places)
        end = _word_end(text, start + LENGTH)
        inside = [(a - start, b - start, w) for a, b, w in places if start <= a and b <= end]
        words = _marked(text[start:end].rstrip(), inside)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return SafeString(f"{before}{words}{after}")


def _best_start(text: str, places: list[tuple[int, int, int]]) -> int:
    best, shown = 0, 0
    for first, _end, _which in places[:LOOKED_AT]:
        near = {which for a, b, which in places if first <= a and b <= first + LENGTH - BEFORE}
        if len(near) > shown:
            best, shown = first, len(near)
    if best <= BEFORE:
        return 0
    return text.find(" ", best - BEFORE) + 1 if " " in text[best - BEFORE : best] else best


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    blank = text.rfind(" ", 0, end)
    return blank if blank > end - BEFORE else end


def _marked(text: str, places: Iterable[tuple[int, int, int]]) -> SafeString:
    parts, last = [], 0
    for start, end, _which in places:
        if start < last or end > len(text):
            continue
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return SafeString("".join([*parts, escape(text[last:])]))
