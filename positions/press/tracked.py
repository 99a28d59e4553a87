"""Two texts as one with tracked changes: accepted it is the new one, refused the old one, exactly.

The redline of the pages is made for reading and may leave a space unmarked; here every character
is kept, gone or come. Words are compared with their formatting: one that became bold went and came.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape
from itertools import groupby

from core.richtext import blocks, clean
from positions.redline import EXACT, LARGEST, TOKEN, aligned, redline

INLINE = {"a", "em", "s", "small", "strong", "sub", "sup", "u"}
NOTE = re.compile(r"(<small>.*?</small>)", re.S)
TAG = re.compile(r"</?(\w+)")
FLAT_LIST = re.compile(
    r"<(ul|ol)>(?:<li>(?:(?!</?(?:ul|ol|li|p|table|blockquote)\b).)*</li>)*</\1>"
)
ITEM = re.compile(r"<li>(.*?)</li>")

Word = tuple[str, tuple[str, ...]]
"""A piece of text with the inline tags it stands in."""


class Tracker:
    """Marks changes as pandoc wants them, in somebody's name."""

    def __init__(self, author: str, when: str):
        self.named = f'author="{escape(author)}" date="{when}"'

    def text(self, old: str, new: str) -> list[str]:
        """Block by block; one that moved has gone from one place and come to the other."""
        before, after = blocks(clean(old)), blocks(clean(new))
        found = []
        for change in redline(old, new):
            if change.moved_to is not None:
                pair = (before[(change.old_number or 1) - 1], "")
            elif change.moved_from is not None:
                pair = ("", after[(change.number or 1) - 1])
            else:
                pair = (
                    before[change.old_number - 1] if change.old_number else "",
                    after[change.number - 1] if change.number else "",
                )
            found.append(self.block(*pair))
        return found

    def lines(self, old: list[str], new: list[str]) -> list[str]:
        """Plain lines: points, one beside the other."""
        pairs = aligned([escape(line) for line in old], [escape(line) for line in new])
        return [self.line(before or "", after or "") for before, after in pairs]

    def block(self, old: str, new: str) -> str:
        if old == new:
            return new
        before, after = _parts(old), _parts(new)
        if before[0::2] == after[0::2]:
            return "".join(
                self.line(a, b) if place % 2 else b
                for place, (a, b) in enumerate(zip(before, after, strict=True))
            )
        if old[:4] == new[:4] and FLAT_LIST.fullmatch(old) and FLAT_LIST.fullmatch(new):
            pairs = aligned(ITEM.findall(old), ITEM.findall(new))
            items = "".join(f"<li>{self.line(a or '', b or '')}</li>" for a, b in pairs)
            return f"{new[:4]}{items}</{new[1:4]}"
        return self._all(before, "deletion") + self._all(after, "insertion")

    def _all(self, parts: list[str], kind: str) -> str:
        return "".join(
            self._marked(kind, _words(part)) if place % 2 else part
            for place, part in enumerate(parts)
        )

    def line(self, old: str, new: str) -> str:
        """What stands between two tags of a block."""
        before, after = _words(old), _words(new)
        found = []
        for kind, a1, a2, b1, b2 in _opcodes(before, after):
            if kind == "equal":
                found.append(_html(after[b1:b2]))
                continue
            found += [
                self._marked("deletion", before[a1:a2]),
                self._marked("insertion", after[b1:b2]),
            ]
        return "".join(found)

    def _marked(self, kind: str, words: list[Word]) -> str:
        return f'<span class="{kind}" {self.named}>{_html(words)}</span>' if words else ""


def _parts(block: str) -> list[str]:
    """Tags of blocks in turn with the lines between them: tags, line, tags, line, tags …"""
    parts = [""]
    for token in TOKEN.findall(block):
        of_block = token.startswith("<") and _name(token) not in INLINE | {"br"}
        if of_block == (len(parts) % 2 == 0):
            parts.append("")
        parts[-1] += token
    return parts


def _words(line: str) -> list[Word]:
    """A note is one word: it goes and comes as a whole."""
    words: list[Word] = []
    inside: list[str] = []
    for token in _tokens(line):
        if not token.startswith("<") or _name(token) in {"br", "small"}:
            words.append((token, tuple(inside)))
        elif token.startswith("</"):
            inside = inside[:-1]
        else:
            inside = [*inside, token]
    return words


def _tokens(line: str) -> Iterator[str]:
    for place, piece in enumerate(NOTE.split(line)):
        yield from [piece] if place % 2 else TOKEN.findall(piece)


def _html(words: list[Word]) -> str:
    return "".join(_framed(tags, run) for tags, run in groupby(words, key=lambda word: word[1]))


def _framed(tags: tuple[str, ...], run: Iterator[Word]) -> str:
    text = "".join(word for word, _tags in run)
    return "".join(tags) + text + "".join(f"</{_name(tag)}>" for tag in reversed(tags))


def _name(tag: str) -> str:
    found = TAG.match(tag)
    return found[1] if found else ""


def _opcodes(old: list[Word], new: list[Word]) -> list[tuple[str, int, int, int, int]]:
    pairs = len(old) * len(new)
    if pairs > LARGEST:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=pairs > EXACT).get_opcodes()
