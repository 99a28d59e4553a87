"""Words as the index knows them: plain ASCII tokens, alike on every database.

A word is stemmed first and then folded, because Hungarian suffixes live on their accents
(«könyvtárról»); beside it stands the stem of the folded word, so that «konyvtarrol» is found too.
Nothing a person types reaches the index's own query language: a token has letters and digits only.
"""

import hashlib
import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

from core.localized import LANGUAGES
from core.text import DASHES, fold

WORD = re.compile(r"[^\W_]+")
SIGNS = re.compile(r"[\W_]+")
LONGEST_WORD = 40
LONGEST_TEXT = 200_000
"""So many characters of a text are indexed; a hundred pages have fewer."""
IN_TEXT, IN_TITLE, WHOLE = "w", "t", "a"
UNKNOWN = ""
"""The language of what people wrote without saying which: mostly Hungarian."""
COMMON = frozenset(
    """a az es s egy is hogy nem de vagy mint meg el ki be fel le ezt azt ez
    the of and or to in on for an at by with from
    in na za po pri ter ali iz do od ob""".split()  # noqa: SIM905
)
"""Words that say nothing alone: left out of a question that has others."""
SLOVENE_ENDINGS = tuple(
    """ostnega ostnih ostmi ostjo ovega ovemu imi ima ima ami ama ega emu ove evi ovi oma ih im om
    em ev ov ah eh ij ja je ji jo ju ga mu a e i o u""".split()  # noqa: SIM905
)
ACCENTED = {
    **{f"{first}ol": (f"{first}ól", f"{first}ől") for first in "rbt"},
    **{"nal": ("nál",), "nel": ("nél",), "ert": ("ért",), "kent": ("ként",), "ul": ("ül",)},
    **{"va": ("vá",), "ve": ("vé",), "ok": ("ők",), "ig": ("ig",)},
}
"""Hungarian endings typed without their accents."""
_stemmers = threading.local()


def spoken(text: str) -> list[str]:
    """The words of a text with their accents, in lower case; hyphens of any kind part them."""
    plain = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).casefold().translate(DASHES)
    return [word[:LONGEST_WORD] for word in WORD.findall(plain)]


@lru_cache(maxsize=50_000)
def stems(word: str, language: str = UNKNOWN) -> frozenset[str]:
    """The tokens, without their mark, under which a word of the language is kept."""
    folded = fold(word)
    match language:
        case "en":
            found = {_stem("english", folded), folded}
        case "sl":
            found = {slovene(folded), folded}
        case _:
            found = {_stem("hungarian", word), _stem("hungarian", folded)}
    return frozenset(plain(each) for each in found if each)


@lru_cache(maxsize=10_000)
def asked(word: str) -> frozenset[str]:
    """The tokens for a word somebody typed, who may mean any of the languages."""
    meant = [word, *_with_accents(word)]
    return frozenset().union(*(stems(each, code) for each in meant for code in LANGUAGES))


def _with_accents(word: str) -> list[str]:
    """What a word without any may have ended in, so that «konyvtarrol» finds «könyvtár», too."""
    if not word.isascii():
        return []
    endings = (each for each in ACCENTED if word.endswith(each) and len(word) > len(each) + 2)
    ending = next(endings, "")
    return [word[: -len(ending)] + each for each in ACCENTED.get(ending, ())]


def slovene(folded: str) -> str:
    """There is no stemmer: the ending goes, as long as four letters are left."""
    for ending in SLOVENE_ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 4:
            return folded[: -len(ending)]
    return folded


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Letters and digits of ASCII, also of a sign such as «⑴», which folds to «(1)»; what has none
    of its own is written as its bytes."""
    word = fold(word)
    if not word.isalnum():
        word = SIGNS.sub("", word)
    return word if word.isascii() else "0x" + word.encode().hex()[:LONGEST_WORD]


def tokens(mark: str, text: str, language: str = UNKNOWN) -> set[str]:
    """A text's tokens; those of a title hold the folded words too, for prefixes of their forms."""
    found = {mark + stem for word in set(spoken(text)) for stem in stems(word, language)}
    if mark == IN_TITLE:
        found |= {mark + plain(word) for word in spoken(text)}
    return found


def whole(text: str) -> str:
    """The token of a title or number as a whole, whatever its accents, hyphens and signs."""
    together = "".join(plain(word) for word in spoken(text))
    return WHOLE + hashlib.sha256(together.encode()).hexdigest()[:20]


def _stem(language: str, word: str) -> str:
    """By this thread's own stemmer: they keep the word they are at work on."""
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(language)
        setattr(_stemmers, language, stemmer)
    return stemmer.stemWord(word)
