"""The few tags a text may have, cleaned on the way in and on the way out."""

import html
import re

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {
    *("p", "h2", "h3", "ul", "ol", "li", "blockquote", "br", "hr"),
    *("strong", "em", "u", "s", "sub", "sup", "a"),
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
TAG = re.compile(r'<(?:"[^"]*"|[^"<>])*>')
VOID = {"br", "hr"}


def clean(text: str) -> str:
    """Sanitised HTML of the allowed tags; safe to store, and cleaned once more when shown."""
    return nh3.clean(
        text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow"
    ).strip()


def shown(text: str) -> SafeString:
    return mark_safe(clean(text))  # noqa: S308 - this is the one place where it is made safe


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


def from_typed(typed: str) -> str:
    """What was typed in a plain box, as clean HTML: a blank line ends a paragraph, `## ` makes a
    heading, `- ` an item, `> ` a quotation. HTML that was pasted stays HTML."""
    if BLOCK.search(typed):
        return clean(typed)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", typed.replace("\r\n", "\n"))]
    return clean("\n".join(_as_block(part) for part in paragraphs if part))


def to_typed(text: str) -> str:
    """The inverse of `from_typed` where the text is that simple, else the HTML itself."""
    typed = html.unescape("\n\n".join(_as_typed(block) for block in blocks(text)))
    return typed if blocks(from_typed(typed)) == blocks(text) else text


def _as_block(part: str) -> str:
    lines = [line.strip() for line in part.split("\n")]
    if len(lines) == 1 and part.startswith("## "):
        return f"<h2>{part[3:]}</h2>"
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"
    if all(line.startswith(">") for line in lines):
        return "<blockquote>" + "<br>".join(line[1:].strip() for line in lines) + "</blockquote>"
    return "<p>" + "<br>".join(lines) + "</p>"


def _as_typed(block: str) -> str:
    inner = block[block.index(">") + 1 : block.rindex("<")] if "</" in block else ""
    if block.startswith("<h2>"):
        return "## " + inner
    if block.startswith("<ul>"):
        return "\n".join("- " + item for item in re.findall(r"<li>(.*?)</li>", inner, re.S))
    if block.startswith("<blockquote>"):
        return "\n".join("> " + line for line in inner.split("<br>"))
    return inner.replace("<br>", "\n")
