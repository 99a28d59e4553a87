"""The few tags a text may have, cleaned on the way in and on the way out.

`<small>` is a note, as at the foot of a page: it stands in the text where its number would, so that
it moves, merges and is compared with its paragraph, and no number is kept that could be wrong.
"""

import html
import re
from collections.abc import Iterator
from itertools import count

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from core.markup import VOID

TAGS = {
    *("p", "h2", "h3", "ul", "ol", "li", "blockquote", "br", "hr"),
    *("strong", "em", "u", "s", "sub", "sup", "a", "small"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto"}
BLOCK = re.compile(r"<(p|h2|h3|ul|ol|blockquote|table|hr)\b")
PIECE = re.compile(r'<(/?)(\w+)((?:"[^"]*"|[^"<>])*)>|[^<]+')
NOTE = re.compile(r"<small>(.*?)</small>", re.S)
CAPTION = re.compile(r"<table><caption>(.*?)</caption>", re.S)
TAG = re.compile(r'<(?:"[^"]*"|[^"<>])*>')


def clean(text: str) -> str:
    """Sanitised HTML of the allowed tags; safe to store, and cleaned once more when shown."""
    return nh3.clean(
        text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow"
    ).strip()


def shown(text: str) -> SafeString:
    return mark_safe(clean(text))  # noqa: S308 - this is the one place where it is made safe


def readable(blocks: list[str]) -> list[SafeString]:
    """The blocks as a page shows them: each note is a number where it stands, and its words are
    below its block; a table has a frame to scroll in. The numbers run through the text."""
    numbers = count(1)
    return [_readable(clean(block), numbers) for block in blocks]


def _readable(block: str, numbers: Iterator[int]) -> SafeString:
    below = []

    def mark(note: re.Match) -> str:
        name = html.escape(pgettext("in a text", "note"))
        said = f'<span class="visually-hidden">{name} </span>{next(numbers)}'
        below.append(f'<p class="note"><sup>{said}</sup> {note[1]}</p>')
        return f"<sup>{said}</sup>"

    shown = NOTE.sub(mark, block)
    if shown.startswith("<table>"):
        shown = _framed(shown)
    return mark_safe(shown + "".join(below))  # noqa: S308 - the block is clean, the rest our own


def _framed(table: str) -> str:
    caption = CAPTION.match(table)
    label = words(caption[1]) if caption else pgettext("in a text", "Table")
    frame = (
        f'<div class="table-frame" role="region" tabindex="0" aria-label="{html.escape(label)}">'
    )
    return f"{frame}{table}</div>"


def blocks(text: str) -> list[str]:
    """The top-level blocks of a cleaned text, in order: what a paragraph number counts.

    Words that stand outside of any block are a paragraph of their own: nothing is left unshown.
    """
    found, block, depth = [], "", 0
    for piece in PIECE.finditer(text):
        closing, tag = piece[1], piece[2]
        if depth == 0 and BLOCK.match(piece[0]):
            found.append(_loose(block))
            block = ""
            if tag == "hr":
                found.append(piece[0])
                continue
        block += piece[0]
        if tag and tag not in VOID:
            depth += -1 if closing else 1
        if depth == 0 and BLOCK.match(block) and closing:
            found.append(block)
            block = ""
    return [block for block in [*found, _loose(block)] if block]


def _loose(text: str) -> str:
    return f"<p>{text.strip()}</p>" if words(text) else ""


def words(text: str) -> str:
    """The text without its tags."""
    return html.unescape(TAG.sub(" ", text)).strip()
