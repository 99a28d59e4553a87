"""Tags called so that the parser takes each for what it says, and for nothing more.

To the parser of HTML marks are contagious: one that was left open is opened anew in each paragraph
that follows, so that a page of letters becomes millions of elements. Under a name of our own it
ends with what it stands in. A tag that no text has is a `<span>`: it ends where the next one does.
"""

import re
from collections.abc import Set

OURS = "x-"
CONTAGIOUS = {"b", "em", "i", "s", "small", "strike", "strong", "u"}
OTHERS = {
    *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img"),
    *("input", "keygen", "link", "meta", "param", "source", "track", "wbr"),
    *("html", "head", "body", "colgroup"),
}
"""What never holds words, and what a text stands in."""
NAMED = re.compile(r"(</?)([a-z][^ \t\r\n\f/>]*)", re.I)
EMPTY = re.compile(r"<[a-z]+:[^<>]*/>", re.I)
"""As word processors write it; in HTML it would stay open to the end."""


def renamed(text: str, *, known: Set[str]) -> str:
    """The text with its `known` tags, the contagious ones under our name."""

    def name(tag: re.Match[str]) -> str:
        lower = tag[2].lower()
        if lower in CONTAGIOUS:
            return f"{tag[1]}{OURS}{lower}"
        return tag[0] if lower in known or lower in OTHERS else f"{tag[1]}span"

    return NAMED.sub(name, EMPTY.sub("", text))
