"""Text folded for matching and keyed for Hungarian order, alike on every database."""

import re
import unicodedata

DASHES = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"), " ")
# Long vowels sort with the short ones; their length decides only between otherwise equal words.
PRIMARY = str.maketrans("áéíóőúű", "aeioöuü")
ALPHABET = (  # noqa: SIM905
    "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs"
).split()
RANK = {letter: rank for rank, letter in enumerate(ALPHABET, start=20)}
DOUBLED = re.compile("c(?=cs)|d(?=dz)|g(?=gy)|l(?=ly)|n(?=ny)|s(?=sz)|t(?=ty)|z(?=zs)")
SECOND = {"c": "cs", "d": "dz", "g": "gy", "l": "ly", "n": "ny", "s": "sz", "t": "ty", "z": "zs"}
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
TOKEN = re.compile("|".join(sorted(RANK, key=len, reverse=True)) + r"|\d|.")


def fold(text: str) -> str:
    """Case, accents, hyphens and spacing made alike: «Jász‑Nagykun» meets «jasz nagykun»."""
    lower = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lower).translate(DASHES)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.split())


def hungarian_key(text: str) -> str:
    """Digits whose plain order is the Hungarian alphabetical order of the texts.

    Source: the rules of Hungarian orthography (AkH. 12, § 14-15): digraphs are letters of their
    own, long vowels rank with the short ones, hyphens and spaces do not count.
    """
    word = unicodedata.normalize("NFC", text).casefold().translate(DASHES).replace(" ", "")
    word = DOUBLED.sub(lambda match: SECOND[match.group()], word)
    ranks = []
    for token in TOKEN.findall(word.translate(PRIMARY)):
        if token in RANK:
            ranks.append(RANK[token])
        elif token.isdecimal():
            ranks.append(10 + int(token))
        elif token.isalpha():
            ranks.append(RANK.get(fold(token)[:1], 98))
    lengths = "".join("2" if char in "áéíóőúű" else "1" for char in word)
    return "".join(f"{rank:02}" for rank in ranks) + "00" + lengths


def printable(text: str) -> str:
    """Without the control characters that XML, cards and calendars cannot hold; whatever a reader
    of them may take for the end of a line is one that they know how to write."""
    return UNPRINTABLE.sub("", LINE_END.sub("\n", text))
