"""One way of writing each text: what the editor, the plain form, Word and a converted file bring
becomes the same HTML wherever it says the same.

The editor's own way of parsing and writing is followed (white space, order of nested marks), so
that a text which is opened and saved is, letter for letter, what it was; single paragraphs in list
items, quotations and table cells stand there bare; rows of headings make the head of a table.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

import nh3

from core import foreign
from core.markup import Element, Node, tree
from core.richtext import ATTRIBUTES, SCHEMES, TAGS, clean, words
from core.tag_names import CONTAGIOUS, OURS, renamed

MARKS = {"small": 0, "a": 1, "strong": 2, "em": 3, "u": 4, "s": 5, "sub": 6, "sup": 7}
"""From the outermost inwards; the editor's schema has the same order."""
SAME_AS = {
    **{"b": "strong", "i": "em", "strike": "s", "del": "s"},
    **{"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"},
}
FRAMES = {
    *("address", "article", "aside", "center", "dd", "div", "dl", "dt", "figcaption", "figure"),
    *("footer", "header", "main", "nav", "pre", "section", "tfoot"),
}
UNDERSTOOD = TAGS | FRAMES | SAME_AS.keys()
UNSEEN = {"script", "style", "title", "xml"}
KNOWN = UNDERSTOOD | UNSEEN | {"span"}
READ = UNDERSTOOD | {f"{OURS}{name}" for name in CONTAGIOUS}
SPACE = re.compile(r"[ \t\r\n\f]+")
BREAK = "<br>"


@dataclass(frozen=True)
class Run:
    """Words, or a line break, with the marks they bear, outermost first."""

    text: str
    marks: tuple[tuple[str, str], ...] = ()  # name and opening tag


def tidy(text: str) -> str:
    """Clean HTML of the allowed tags, written in the one way; tidying it again changes nothing."""
    is_foreign = foreign.FOREIGN.search(text)
    safe = nh3.clean(
        renamed(text, known=KNOWN),
        tags=READ | {"span"} if is_foreign else READ,
        clean_content_tags=UNSEEN,
        attributes=ATTRIBUTES | foreign.ATTRIBUTES if is_foreign else ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    root = foreign.rewritten(tree(safe)) if is_foreign else tree(safe)
    return clean("".join(_blocks(root.children)))


def _blocks(nodes: Iterable[Node], marks=(), tag="p") -> list[str]:
    """What stands on its own, one after the other; loose words are in a block of `tag`."""
    found = []
    for is_run, pieces in groupby(_flow(nodes, marks), key=lambda piece: isinstance(piece, Run)):
        if not is_run:
            found += pieces
        elif inside := _inline(pieces):
            found.append(f"<{tag}>{inside}</{tag}>")
    return [block for block in found if block]


def _flow(nodes: Iterable[Node], marks) -> Iterator[Run | str]:
    """Runs of words, and finished blocks; an empty block parts two paragraphs."""
    for node in nodes:
        if isinstance(node, str):
            yield Run(node, marks)
            continue
        name = node.tag.removeprefix(OURS)
        tag = SAME_AS.get(name, name)
        if tag == "br":
            yield Run(BREAK, marks)
        elif tag in MARKS:
            yield from _flow(node.children, _with_mark(marks, tag, node))
        elif tag in {"h2", "h3"}:
            yield from ["", *_blocks(node.children, marks, tag)]
        elif write := WRITERS.get(tag):
            yield from ["", *write(node, marks)]
        elif tag == "span":
            yield from _flow(node.children, marks)
        else:
            yield from ["", *_flow(node.children, marks), ""]


def _with_mark(marks, tag: str, node: Element):
    if tag in dict(marks) or (tag == "a" and not node.get("href")):
        return marks
    given = [(name, node.get(name)) for name in ("href", "title") if tag == "a"]
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given if value)
    return tuple(sorted([*marks, (tag, f"<{tag}{attributes}>")], key=lambda m: MARKS[m[0]]))


# Blocks of their own kind ----------------------------------------------------------------------


def _rule(node: Element, marks) -> list[str]:
    return ["<hr>"]


def _quotation(node: Element, marks) -> list[str]:
    inside = _bare(_blocks(node.children, marks))
    return [f"<blockquote>{inside}</blockquote>"] if inside else []


def _list(node: Element, marks) -> list[str]:
    items: list[list[Node]] = []
    for child in node.children:
        if isinstance(child, Element) and child.tag == "li":
            items.append(list(child.children))
        elif isinstance(child, Element) or child.strip():
            if not items:
                items.append([])
            items[-1].append(child)  # a list that stands in a list, not in an item of it
    inside = "".join(f"<li>{text}</li>" for item in items if (text := _item(item, marks)))
    return [f"<{node.tag}>{inside}</{node.tag}>"] if inside else []


def _item(nodes: list[Node], marks) -> str:
    first, *others = _blocks(nodes, marks) or [""]
    return "".join([_bare([first]), *others])


def _bare(blocks: list[str]) -> str:
    """A single paragraph without its tags; anything else as it is."""
    if len(blocks) == 1 and blocks[0].startswith("<p>"):
        return blocks[0].removeprefix("<p>").removesuffix("</p>")
    return "".join(blocks)


def _table(node: Element, marks) -> list[str]:
    rows = [row for row in _rows(node) if _cells(row)]
    captions = [child.words for child in node.elements if child.tag == "caption"]
    caption = SPACE.sub(" ", " ".join(captions)).strip()
    if not rows:
        return [f"<p>{escape(caption, quote=False)}</p>"] if caption else []
    told = f"<caption>{escape(caption, quote=False)}</caption>" if caption else ""
    head = _length_of_head(rows)
    inside = "".join(
        f"<{part}>{''.join(_row(row, scope, marks) for row in some)}</{part}>"
        for part, scope, some in (("thead", "col", rows[:head]), ("tbody", "row", rows[head:]))
        if some
    )
    return [f"<table>{told}{inside}</table>"]


def _rows(node: Element) -> Iterator[Element]:
    for child in node.elements:
        if child.tag == "tr":
            if node.tag == "thead":
                for cell in _cells(child):
                    cell.tag = "th"
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _cells(row: Element) -> list[Element]:
    return [child for child in row.elements if child.tag in {"th", "td"}]


def _length_of_head(rows: list[Element]) -> int:
    """How many rows at the top are of headings only; none if one of them reaches below."""
    head = 0
    while head < len(rows) and all(cell.tag == "th" for cell in _cells(rows[head])):
        head += 1
    reach = [at + _span(cell, "rowspan") for at in range(head) for cell in _cells(rows[at])]
    return head if max(reach, default=0) <= head else 0


def _row(row: Element, scope: str, marks) -> str:
    return f"<tr>{''.join(_cell(cell, scope, marks) for cell in _cells(row))}</tr>"


def _cell(cell: Element, scope: str, marks) -> str:
    spans = ((name, _span(cell, name)) for name in ("colspan", "rowspan"))
    attributes = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
    if cell.tag == "th":
        attributes += f' scope="{scope}"'
    return f"<{cell.tag}{attributes}>{_bare(_blocks(cell.children, marks))}</{cell.tag}>"


def _span(cell: Element, name: str) -> int:
    value = cell.get(name)
    return int(value) if re.fullmatch("[1-9][0-9]{0,2}", value) else 1


WRITERS = {"hr": _rule, "blockquote": _quotation, "ul": _list, "ol": _list, "table": _table}


# Words in a line -------------------------------------------------------------------------------


def _inline(pieces: Iterable[Run]) -> str:
    """The inside of a paragraph; nothing where there is nothing to see."""
    written, marks = [], ()
    for run in _joined(_spaced(list(pieces))):
        shared = _shared(marks, run.marks)
        written += [f"</{name}>" for name, _opening in reversed(marks[shared:])]
        written += [opening for _name, opening in run.marks[shared:]]
        written.append(run.text if run.text == BREAK else escape(run.text, quote=False))
        marks = run.marks
    written += [f"</{name}>" for name, _opening in reversed(marks)]
    inside = "".join(written)
    return inside if words(inside) else ""


def _spaced(runs: list[Run]) -> list[Run]:
    """White space as a browser would show it: single, none at the ends of lines."""
    kept: list[Run] = []
    for run in runs:
        text = run.text if run.text == BREAK else SPACE.sub(" ", run.text)
        if text == BREAK:
            _strip_end(kept)
        elif not kept or kept[-1].text == BREAK or kept[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if text:
            kept.append(Run(text, run.marks))
    _strip_end(kept)
    while kept and kept[-1].text == BREAK:
        kept.pop()
        _strip_end(kept)
    return kept


def _strip_end(runs: list[Run]) -> None:
    if runs and runs[-1].text.endswith(" "):
        last = runs.pop()
        if text := last.text.removesuffix(" "):
            runs.append(Run(text, last.marks))


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Words of the same marks as one run; breaks stay apart."""
    for (marks, is_break), some in groupby(runs, key=lambda run: (run.marks, run.text == BREAK)):
        texts = [run.text for run in some]
        yield from (Run(text, marks) for text in (texts if is_break else ["".join(texts)]))


def _shared(one, other) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count
