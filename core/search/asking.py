"""What somebody typed, as matches the index understands; the same sets on both databases."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from core.search.words import COMMON, IN_TEXT, IN_TITLE, asked, fold, plain, spoken, whole

MOST_WORDS = 10
SHORTEST_PREFIX = 3
LONGEST_QUESTION = 200
KIND, SECTION, YEAR, STATE, COUNTY, SCOPE = "k", "x", "y", "z", "c", "s"
FACETS = {"kind": KIND, "section": SECTION, "year": YEAR, "state": STATE, "county": COUNTY}
"""What a question may be narrowed by, and the marks of the tokens that say it."""

Alternatives = Collection[str]
"""Tokens any of which will do; with a star at its end, one stands for all that begin so."""
Match = list[Alternatives]


@dataclass(frozen=True)
class Question:
    """The words, and what they are narrowed to: "" for everything."""

    q: str = ""
    kind: str = ""
    section: str = ""
    year: str = ""
    state: str = ""
    county: str = ""

    @cached_property
    def words(self) -> list[str]:
        """Each once; those that say nothing only where there is no other."""
        every = list(dict.fromkeys(spoken(self.q[:LONGEST_QUESTION])))
        telling = [word for word in every if fold(word) not in COMMON]
        return (telling or every)[:MOST_WORDS]

    @property
    def narrowed(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}

    @property
    def asked(self) -> dict[str, str]:
        """As it stands in an address."""
        return {name: said for name in ("q", *FACETS) if (said := getattr(self, name))}

    def without(self, name: str) -> "Question":
        return replace(self, **{name: ""})


def facet_token(name: str, value: object) -> str:
    return FACETS[name] + plain(str(value))


def scope_token(scope: str) -> str:
    return SCOPE + plain(scope)


def exactly(question: Question) -> list[Match]:
    """The best first: called so as a whole; all words in the title; all words anywhere."""
    words = [asked(word) for word in question.words]
    return [[[whole(question.q)]], _marked(IN_TITLE, words), _marked(IN_TEXT, words)]


def roughly(question: Question, *, or_some: bool) -> list[Match]:
    """The same with what begins so; at last, with `or_some`, what has any of the words."""
    words = [_beginning(word) for word in question.words]
    found = [_marked(IN_TITLE, words), _marked(IN_TEXT, words)]
    if or_some and len(words) > 1:
        every = [asked(word) for word in question.words if _tells(word)]
        any_of = [token for part in _marked(IN_TEXT, every) for token in part]
        found += [[any_of]] if any_of else []
    return found


def sieve(question: Question, scopes: Iterable[str] | None) -> Match:
    """What narrows every match: the facets chosen and the scopes of the person, None for all."""
    chosen = [[facet_token(name, value)] for name, value in question.narrowed.items()]
    return chosen + ([] if scopes is None else [[scope_token(each) for each in scopes]])


def in_words_of(vendor: str, match: Match) -> str:
    """The match in the database's own words; tokens hold nothing but letters and digits."""
    star, any_of, and_then = ("*", " OR ", " AND ") if vendor == "sqlite" else (":*", " | ", " & ")
    parts = [
        any_of.join(token.replace("*", star) for token in sorted(alternatives))
        for alternatives in match
    ]
    return and_then.join(f"({part})" for part in parts)


def _beginning(word: str) -> set[str]:
    start = plain(word)
    return {*asked(word), *([f"{start}*"] if len(start) >= SHORTEST_PREFIX else [])}


def _tells(word: str) -> bool:
    """Whether one word of several is worth listing things for."""
    return len(word) >= SHORTEST_PREFIX and not word.isdigit()


def _marked(mark: str, words: Iterable[Iterable[str]]) -> Match:
    return [[mark + token for token in alternatives] for alternatives in words]
