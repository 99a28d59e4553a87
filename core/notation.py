"""Text as it is typed in a plain box, and back.

A blank line ends a paragraph; `## ` and `### ` make headings, `- ` and `1. ` items, `> ` a
quotation, `---` a rule, `^[…]` a note. HTML may stand among it, and stays HTML.
"""

import html
import re
from collections.abc import Iterator
from itertools import accumulate

from core import broken_lines
from core.foreign import FOREIGN
from core.richtext import blocks
from core.tag_names import renamed
from core.tidy import FRAMES, KNOWN, MARKS, UNDERSTOOD, tidy

BLOCK_TAG = re.compile(r"<(/?)(?:p|h[1-6]|ul|ol|blockquote|table|div|section)\b", re.I)
HTML = re.compile(r"</?(?:p|h[1-6r]|ul|ol|blockquote|table|div|section|span|font|body)\b", re.I)
NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(UNDERSTOOD))})\b)", re.I)
NESTED = {*FRAMES, *MARKS, "b", "i", "strike", "del", "ul", "ol", "blockquote", "table", "span"}
NESTING = re.compile(rf"<(/?)(?:x-)?(?:{'|'.join(sorted(NESTED))})\b", re.I)
DEEPEST = 100
NOTE = re.compile(r"\^\[([^\[\]]+)\]")
HEADING = re.compile(r"(##|###) (.+)")
ITEM = re.compile(r"<li>(.*?)</li>", re.S)


def from_typed(typed: str) -> str:
    """What was typed, pasted, or sent by the editor, as tidy HTML."""
    typed = typed.replace("\r\n", "\n")
    if _is_bottomless(typed):
        typed = typed.replace("<", "&lt;")
    if FOREIGN.search(typed):
        return tidy(typed)
    return tidy("\n".join(_as_html(part) for part in _parts(typed)))


def to_typed(text: str) -> str:
    """The inverse of `from_typed`: each block as simply as it can be typed without a loss, else as
    the HTML that it is."""
    return "\n\n".join(_as_typed(block) for block in blocks(text))


def _is_bottomless(typed: str) -> bool:
    """Nested as no text is: it is taken for words, or the sanitiser would work on it for ever."""
    tags = NESTING.findall(renamed(typed, known=KNOWN))
    depths = accumulate(
        tags, lambda depth, closing: max(depth + (-1 if closing else 1), 0), initial=0
    )
    return any(depth > DEEPEST for depth in depths)


def _parts(typed: str) -> Iterator[str]:
    """What blank lines part; inside of a block of HTML they part nothing."""
    chunks, depth = [], 0
    for chunk in re.split(r"\n\s*\n", typed):
        chunks.append(chunk)
        depth += sum(-1 if closing else 1 for closing in BLOCK_TAG.findall(chunk))
        if depth <= 0:
            yield "\n\n".join(chunks).strip()
            chunks, depth = [], 0
    yield "\n\n".join(chunks).strip()


def _as_html(part: str) -> str:
    if HTML.search(part):
        return part
    part = NOTE.sub(r"<small>\1</small>", NO_TAG.sub("&lt;", part))
    lines = [line.strip() for line in part.split("\n")]
    if len(lines) == 1 and (heading := HEADING.fullmatch(part)):
        level = len(heading[1])
        return f"<h{level}>{heading[2]}</h{level}>"
    if part == "---":
        return "<hr>"
    if all(line.startswith("- ") for line in lines):
        return _list("ul", (line[2:] for line in lines))
    if len(lines) > 1 and all(line.startswith(f"{n}. ") for n, line in enumerate(lines, 1)):
        return _list("ol", (line.partition(" ")[2] for line in lines))
    if all(line.startswith(">") for line in lines):
        return "<blockquote>" + "<br>".join(line[1:].strip() for line in lines) + "</blockquote>"
    if broken_lines.are_broken(lines):
        return broken_lines.as_html(broken_lines.mended(lines))
    return "<p>" + "<br>".join(lines) + "</p>"


def _list(tag: str, items) -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _as_typed(block: str) -> str:
    simple = html.unescape(_simple(block).replace("<small>", "^[").replace("</small>", "]"))
    return simple if from_typed(simple) == block else block


def _simple(block: str) -> str:
    tag = block[1 : block.index(">")]
    inner = block[block.index(">") + 1 : block.rindex("<")] if tag != "hr" else ""
    match tag:
        case "hr":
            return "---"
        case "h2" | "h3":
            return f"{'#' * int(tag[1])} {inner}"
        case "ul":
            return "\n".join(f"- {item}" for item in ITEM.findall(inner))
        case "ol":
            return "\n".join(f"{n}. {item}" for n, item in enumerate(ITEM.findall(inner), 1))
        case "blockquote":
            return "\n".join(f"> {line}" for line in inner.split("<br>"))
    return inner.replace("<br>", "\n")
