"""HTML of the few tags as a tree that typst draws: text stays text, whatever it looks like.

Nothing of the text is ever written into typst's own language; the tree is handed over as data.
"""

import re
from html.parser import HTMLParser
from typing import Any

TAGS = {
    *("p", "h1", "h2", "h3", "ul", "ol", "li", "blockquote", "br", "hr"),
    *("strong", "em", "u", "s", "sub", "sup", "a", "small"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
    *("div", "section"),
}
VOID = {"br", "hr"}
INSIDE_LINES = {"strong", "em", "u", "s", "sub", "sup", "a", "small", "br"}
DEEPEST = 16
"""Levels of tags that are drawn; what lies deeper keeps its words and loses its frame."""
ROOM = {"table": 4, "ul": 2, "ol": 2}
"""Levels that a tag needs for itself and those without which it holds no words."""
MOST_COLUMNS = 60
SPACE = re.compile(r"[ \t\r\n\f]+")
HEADINGS = ("h1", "h2", "h3")

Node = dict[str, Any]


def tree(html: str) -> list[Any]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    drawn = [_drawn(kid) for kid in _blocks(reader.root["kids"])]
    _level(drawn, 0)
    return drawn


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: Node = {"tag": "div", "kids": []}
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or len(self.open) + ROOM.get(tag, 1) > DEEPEST:
            return
        node: Node = {"tag": tag, "kids": [], "attributes": dict(attrs)}
        self.open[-1]["kids"].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place]["tag"] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1]["kids"].append(SPACE.sub(" ", data))


def _drawn(node: Any) -> Any:
    if isinstance(node, str):
        return node
    tag, attributes = node["tag"], node["attributes"]
    match tag:
        case "table":
            return _table(node)
        case "ul" | "ol":
            return {"tag": tag, "items": [_inner(item) for item in _blocks(node["kids"])]}
        case "a":
            return {"tag": tag, "href": attributes.get("href", ""), "kids": _inner(node)}
        case "div" | "section":
            kept = {name: attributes[name] for name in ("class", "lang") if name in attributes}
            number = {"number": attributes["data-number"]} if "data-number" in attributes else {}
            return {"tag": tag, "kids": _inner(node), **kept, **number}
    lang = {"lang": attributes["lang"]} if "lang" in attributes else {}
    return {"tag": tag, "kids": _inner(node), **lang}


def _inner(node: Node) -> list[Any]:
    """What is inside: lines where there are only such, else blocks, loose words as paragraphs."""
    kids = node["kids"]
    if all(isinstance(kid, str) or kid["tag"] in INSIDE_LINES for kid in kids):
        return [_drawn(kid) for kid in _trimmed(kids)]
    return [_drawn(kid) for kid in _blocks(kids)]


def _blocks(kids: list[Any]) -> list[Node]:
    blocks: list[Node] = []
    line: list[Any] = []
    for kid in [*kids, None]:
        if kid is not None and (isinstance(kid, str) or kid["tag"] in INSIDE_LINES):
            line.append(kid)
            continue
        if any(not isinstance(each, str) or each.strip(" ") for each in line):
            blocks.append({"tag": "p", "kids": line, "attributes": {}})
        line = []
        if kid is not None:
            blocks.append(kid)
    return blocks


def _trimmed(kids: list[Any]) -> list[Any]:
    """Without the spaces that stand at the ends of a block."""
    kids = list(kids)
    if kids and isinstance(kids[0], str):
        kids[0] = kids[0].lstrip(" ")
    if kids and isinstance(kids[-1], str):
        kids[-1] = kids[-1].rstrip(" ")
    return [kid for kid in kids if kid != ""]


def _level(nodes: list[Any], above: int) -> int:
    """Gives each heading its level, none of them skipped; returns the last one."""
    for node in nodes:
        if isinstance(node, str):
            continue
        if node["tag"] in HEADINGS:
            above = node["level"] = min(HEADINGS.index(node["tag"]) + 1, above + 1)
        elif node["tag"] in {"div", "section"}:
            above = _level(node["kids"], above)
    return above


# Tables ------------------------------------------------------------------------------------


def _table(node: Node) -> Node:
    """Each cell with its place: what a row lacks stays empty, what sticks out is cut."""
    captions = [kid for kid in _elements(node) if kid["tag"] == "caption"]
    rows = _rows(node)
    head = 0
    while head < len(rows) - 1 and _is_head(rows[head]):
        head += 1
    above, below = _placed(rows[:head], 0), _placed(rows[head:], head)
    return {
        "tag": "table",
        "caption": [kid for caption in captions for kid in _inner(caption)],
        "columns": _close_up([*above, *below]),
        "head": above,
        "body": below,
    }


def _elements(node: Node) -> list[Node]:
    return [kid for kid in node["kids"] if not isinstance(kid, str)]


def _rows(node: Node) -> list[list[Node]]:
    rows = []
    for kid in _elements(node):
        if kid["tag"] == "tr":
            rows.append([cell for cell in _elements(kid) if cell["tag"] in {"td", "th"}])
        elif kid["tag"] in {"thead", "tbody"}:
            rows += _rows(kid)
    return [row for row in rows if row]


def _is_head(row: list[Node]) -> bool:
    return all(cell["tag"] == "th" for cell in row)


def _placed(rows: list[list[Node]], first: int) -> list[Node]:
    taken: set[tuple[int, int]] = set()
    cells = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            wide = min(_span(cell, "colspan"), MOST_COLUMNS - x, _free(taken, x, y))
            high = min(_span(cell, "rowspan"), len(rows) - y)
            taken |= {(x + dx, y + dy) for dx in range(wide) for dy in range(high)}
            place = {"x": x, "y": first + y, "colspan": wide, "rowspan": high}
            cells.append({"strong": cell["tag"] == "th", "kids": _inner(cell), **place})
    return cells


def _close_up(cells: list[Node]) -> int:
    """Leaves out columns in which no cell begins; returns how many are left."""
    kept = sorted({cell["x"] for cell in cells})
    for cell in cells:
        first, end = cell["x"], cell["x"] + cell["colspan"]
        cell["x"] = kept.index(first)
        cell["colspan"] = sum(first <= column < end for column in kept)
    return max(len(kept), 1)


def _span(cell: Node, name: str) -> int:
    given = cell["attributes"].get(name) or ""
    return max(1, int(given)) if given.isdecimal() and len(given) < 5 else 1


def _free(taken: set[tuple[int, int]], x: int, y: int) -> int:
    """How many cells are free from here on in the row."""
    return next((w for w in range(MOST_COLUMNS) if (x + w, y) in taken), MOST_COLUMNS)
