"""Lines that the edge of a page has broken, as they come from a PDF, made whole again.

`static/js/pasted.js` does the same in the editor; tests hold the two together by the same samples.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

FULL_LINE = 50
"""Characters from which on a line may have been broken by the edge of a page."""
FITTING = 0.85
"""How much of the widest line a line and the next word may fill for the word to have fitted."""
END = re.compile(r"[.!?:;][\"”’»)]*$")
BULLET = re.compile(r"[•▪●◦‣·]\s*")
NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)]\s")
HYPHEN = re.compile(r"\w[-\u00ad\u2010]$")
IN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")


def are_broken(lines: Sequence[str]) -> bool:
    """Whether most of the full lines end within a sentence."""
    widest = max(map(len, lines))
    full = [pair for pair in pairwise(lines) if _is_full(*pair, widest)]
    broken = [1 for before, line in full if not END.search(before) and line[:1].islower()]
    return bool(broken) and 2 * len(broken) >= len(full)


def mended(lines: Sequence[str]) -> list[str]:
    """The paragraphs of such lines, each in one piece, with its hyphenated words joined."""
    widest, paragraphs = max(map(len, lines)), [lines[0]]
    for before, line in pairwise(lines):
        if _begins_anew(before, line, widest):
            paragraphs.append(line)
        elif HYPHEN.search(before) and line[:1].islower():
            paragraphs[-1] = IN_WORD.sub("", paragraphs[-1]) + line
        else:
            paragraphs[-1] += f" {line}"
    return paragraphs


def as_html(paragraphs: Iterable[str]) -> str:
    """Those that begin with a bullet as the items of a list, the others as paragraphs."""
    written = ""
    for is_item, some in groupby(paragraphs, key=lambda text: bool(BULLET.match(text))):
        if is_item:
            items = "".join(f"<li>{BULLET.sub('', text, count=1)}</li>" for text in some)
            written += f"<ul>{items}</ul>"
        else:
            written += "".join(f"<p>{text}</p>" for text in some)
    return written


def _begins_anew(before: str, line: str, widest: int) -> bool:
    ended = bool(END.search(before))
    if BULLET.match(line) or (ended and NUMBERED.match(line)):
        return True
    return _would_have_fitted(before, line, widest) and (ended or not line[:1].islower())


def _is_full(before: str, line: str, widest: int) -> bool:
    return len(before) >= FULL_LINE and not _would_have_fitted(before, line, widest)


def _would_have_fitted(before: str, line: str, widest: int) -> bool:
    """The first word of the next line: then it was not the page that ended this one."""
    return len(before) + 1 + len(line.split(" ", 1)[0]) <= FITTING * widest
