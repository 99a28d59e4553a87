"""Misspelt names: what somebody may have meant by words that nothing has together."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.search.asking import Question
from core.search.words import WORD, asked, plain, stems
from core.text import DASHES

MOST_NAMES = 10_000
MOST_NEAR = 20
SHORTEST, LONG = 4, 7
"""Shorter words are not guessed at; one slip is forgiven, from this length on two."""


def near(question: Question, names: dict[int, str]) -> tuple[dict[int, int], str]:
    """The keys of what has nearly such `names`, better than anything else, and the question as it
    may have been meant; nothing where a word is near no name."""
    written = {plain(word): word for text in names.values() for word in _words(text)}
    tokens = {key: _tokens(_words(text)) for key, text in names.items()}
    known = frozenset().union(*tokens.values())
    meant = [_meant(word, written, known) for word in question.words]
    if meant == question.words or not all(meant):
        return {}, ""
    wanted = [asked(word.casefold()) for word in meant]
    found = [key for key in names if all(tokens[key] & each for each in wanted)][:MOST_NEAR]
    return dict.fromkeys(found, 0), " ".join(meant) if found else ""


def _meant(word: str, written: dict[str, str], known: frozenset[str]) -> str:
    """The word itself if a name has it, else the nearest of the names' words, else nothing."""
    if asked(word) & known:
        return word
    if len(word) < SHORTEST:
        return ""
    slips = 2 if len(word) >= LONG else 1
    best = process.extractOne(plain(word), sorted(written), scorer=OSA.distance, score_cutoff=slips)
    return written[best[0]] if best else ""


def _words(text: str) -> list[str]:
    return WORD.findall(text.translate(DASHES))


def _tokens(words: Iterable[str]) -> set[str]:
    return {token for word in words for token in (plain(word), *stems(word.casefold()))}
