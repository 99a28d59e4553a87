"""The laws that a text speaks of, known by the usual ways of citing them.

Hungarian acts, decrees and decisions, acts of the European Union, and Slovenian laws by their
abbreviation or gazette. Only the law counts, not its section; a law has one citation here, however
it was written: endings, breaking of lines, kinds of hyphens and spaces, short or long words.
Hungarian decrees are known by number, date and issuer; without a date they are not guessed at.

Every pattern begins at a fixed sign and repeats a bounded number of times: the time it takes grows
with the length of the text, whatever is in it. The functions raise nothing.
"""

import re
import unicodedata
from collections.abc import Iterator

MOST = 100
LONGEST_WORD = 60
SIGNS = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None),
}
FIRST_COMMON_YEAR = 2015
"""From then on all acts of the Union share one numbering, year first."""

CAPITAL = "A-ZÁÉÍÓÖŐÚÜŰ"
LETTER = f"{CAPITAL}a-záéíóöőúüű"
ISSUER = f"[{CAPITAL}][{LETTER}]{{0,7}}[{CAPITAL}y]"
ACT = re.compile(
    r"(?<![0-9])([0-9]{4})(?:\.? ?évi|[.:/]) ?([IVXLCDM]{1,12}) ?\.? ?"
    r"(?:számú |sz\. ?)?(?:törvénn?y(?!erej|javaslat|tervezet)|tv\b)",
    re.IGNORECASE,
)
LAW_DECREE = re.compile(
    r"(?<![0-9])([0-9]{4})\.? ?évi ([0-9]{1,3}) ?\.? ?(?:törvényerejű rendelet|tvr\b)",
    re.IGNORECASE,
)
DECREE = re.compile(
    r"(?<![0-9/])([0-9]{1,5})/([0-9]{4}) ?\.? ?\( ?([IVX]{1,4}) ?\. ?([0-9]{1,2}) ?\.? ?\) ?"
    r"(?:számú |sz\. ?)?"
    rf"([Kk]orm(?:ány)?|KORM(?:ÁNY)?|{ISSUER}(?: ?- ?{ISSUER}){{0,4}})\.? ?"
    r"(együttes )?"
    r"(?:((?i:rendelet|határozat|utasítás))(?!(?i:tervezet))|(r|hat)\.)"
)
OF_THE_UNION = re.compile(
    r"\((EU|EK|EGK|EC|EEC|ES|EGS)(?:, ?Euratom)?\) ?(?:No\.? |Nr\.? |št\. ?|sz\. ?)?"
    r"([0-9]{1,4})/([0-9]{1,4})(?![0-9/])"
    r"|(?<![0-9/])([0-9]{1,4})/([0-9]{1,4})/(EU|EK|EGK|EC|EEC|ES|EGS)\b"
)
GAZETTE = re.compile(
    r"\b(?:Uradni list|Ur\. ?l\.) RS ?,? ?(?:št\. ?)?([0-9]{1,3})/([0-9]{4}|[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
NAMED = "Z[A-ZČŠŽ][A-Za-zČŠŽčšž]{0,9}"
ABBREVIATED = re.compile(
    rf"\b({NAMED}-[0-9]{{1,2}})(?:[A-Z]{{1,2}})?\b"
    rf"|\b[Zz]akon[a-z]{{0,3}} o [^().;]{{3,120}} \(({NAMED})\)"
)
FULL = {"r": "rendelet", "hat": "határozat"}
COMMUNITY = {"EC": "EK", "ES": "EK", "EEC": "EGK", "EGS": "EGK"}


def citations(text: str) -> list[str]:
    """The laws that a plain text cites, each once, in the order of their first mention."""
    plain = _plain(text)
    found = sorted(_found(plain), key=lambda each: each[0])
    return list(dict.fromkeys(citation for _place, citation in found))[:MOST]


def _plain(text: str) -> str:
    """With plain hyphens and single spaces. Only words short enough are composed: a heap of
    accents takes the square of its length."""
    words = text.translate(SIGNS).split()
    return " ".join(
        unicodedata.normalize("NFC", word) if len(word) <= LONGEST_WORD else word for word in words
    )


def _found(text: str) -> Iterator[tuple[int, str]]:
    for match in ACT.finditer(text):
        yield match.start(), f"{match[1]}. évi {match[2].upper()}. törvény"
    for match in LAW_DECREE.finditer(text):
        yield match.start(), f"{match[1]}. évi {int(match[2])}. törvényerejű rendelet"
    for match in DECREE.finditer(text):
        yield match.start(), _decree(match)
    for match in OF_THE_UNION.finditer(text):
        yield match.start(), _of_the_union(match)
    for match in GAZETTE.finditer(text):
        yield match.start(), f"Uradni list RS, št. {int(match[1])}/{match[2][-2:]}"
    if "zakon" in text.casefold():
        for match in ABBREVIATED.finditer(text):
            yield match.start(), match[1] or match[2]


def _decree(match: re.Match[str]) -> str:
    number, year, month, day, issuer, jointly, kind, short = match.groups()
    if issuer.casefold().startswith("korm"):
        issuer = "Korm."
    else:
        issuer = issuer.replace(" ", "").replace("OGy", "OGY")
    what = kind.casefold() if kind else FULL[short]
    together = "együttes " if jointly else ""
    return f"{int(number)}/{year}. ({month}. {int(day)}.) {issuer} {together}{what}"


def _of_the_union(match: re.Match[str]) -> str:
    union, first, second = match[1] or match[6], match[2] or match[4], match[3] or match[5]
    if int(first) >= FIRST_COMMON_YEAR and union == "EU":
        return f"(EU) {first}/{int(second)}"
    return f"{first}/{second}/{COMMUNITY.get(union, union)}"
