"""The tree that pandoc made of a file, written in the few tags; what they cannot say is counted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from core.richtext import SCHEMES
from positions.intake.open_document import NO_ROW, PLAIN_AGAIN, UNDERLINED

Node = dict[str, Any]

MARKS = {
    "Strong": "strong",
    "Emph": "em",
    "Underline": "u",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
}
QUOTES = {"SingleQuote": "’{}’", "DoubleQuote": "„{}”"}
QUOTATIONS = {"quote", "quotations", "intense quote", "block text"}
INLINE = {*MARKS.values(), "small"}
SPACE: Node = {"t": "Space"}
NOTHING: Node = {"t": "Plain", "c": []}


@dataclass
class Writer:
    """`found` counts what is not kept as it was; `notes` are the words of the notes."""

    levels: dict[int, str] = field(default_factory=dict)
    found: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, blocks: list[Node]) -> str:
        """The whole as HTML. Its highest headings are h2, all lower ones h3."""
        levels = sorted({block["c"][0] for block in blocks if block["t"] == "Header"})
        self.levels = {level: "h2" if level == levels[0] else "h3" for level in levels}
        deeper = levels[2:]
        self.found["headings"] += sum(b["t"] == "Header" and b["c"][0] in deeper for b in blocks)
        return self.blocks(blocks)

    # Blocks --------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Node]) -> str:
        return "".join(map(self.block, unframed(blocks)))

    def block(self, block: Node) -> str:
        kind, content = block["t"], block.get("c")
        match kind:
            case "Para" | "Plain":
                return _in("p", self.inlines(content))
            case "Header":
                return _in(self.levels.get(content[0], "h3"), self.inlines(content[2]))
            case "BulletList":
                return _in("ul", self.items(content))
            case "OrderedList":
                (start, style, _mark), items = content
                is_usual = start == 1 and style["t"] in {"Decimal", "DefaultStyle"}
                self.found["renumbered"] += not is_usual
                return _in("ol", self.items(items))
            case "BlockQuote":
                return _in("blockquote", self.blocks(content))
            case "Table":
                return self.table(content)
            case "HorizontalRule":
                return "<hr>"
            case "Figure":
                return self.blocks(content[2]) + self.blocks(content[1][1])
            case "LineBlock":
                return _in("p", "<br>".join(map(self.inlines, content)))
            case "DefinitionList":
                return "".join(self.definition(*each) for each in content)
            case "CodeBlock":
                return _in("p", "<br>".join(map(_escaped, content[1].splitlines())))
        return self.unknown(kind)

    def items(self, items: list[list[Node]]) -> str:
        return "".join(f"<li>{self.flow(item)}</li>" for item in items)

    def flow(self, blocks: list[Node]) -> str:
        """Inside of an item or cell: its first paragraph bare, the rest as it is."""
        first, *others = unframed(blocks) or [NOTHING]
        if first["t"] in {"Para", "Plain"}:
            return self.inlines(first["c"]).strip() + self.blocks(others)
        return self.blocks([first, *others])

    def definition(self, term: list[Node], meanings: list[list[Node]]) -> str:
        return f"<p><strong>{self.inlines(term)}</strong></p>" + "".join(map(self.blocks, meanings))

    def unknown(self, kind: str) -> str:
        self.found["unknown"] += 1
        return ""

    # Tables --------------------------------------------------------------------------------

    def table(self, content: list[Any]) -> str:
        _attributes, caption, _columns, head, bodies, foot = content
        told = self.line(caption[1])
        heading = "".join(self.row(row, headings=len(row[1]), scope="col") for row in head[1])
        rows = "".join(
            self.row(row, headings=body[1], scope="row")
            for body in bodies
            for row in body[2] + body[3]
        )
        rows += "".join(self.row(row) for row in foot[1])
        parts = [_in("caption", told), _in("thead", heading), _in("tbody", rows)]
        return _in("table", "".join(parts))

    def row(self, row: list[Any], *, headings: int = 0, scope: str = "") -> str:
        cells = row[1]
        if plain(joined(cell[4] for cell in cells[:1])) == NO_ROW:
            return ""
        return (
            "<tr>"
            + "".join(
                self.cell(cell, scope if number < headings else "")
                for number, cell in enumerate(cells)
            )
            + "</tr>"
        )

    def cell(self, cell: list[Any], scope: str) -> str:
        _attributes, _align, down, across, blocks = cell
        tag = "th" if scope else "td"
        spans = f' colspan="{across}"' * (across > 1) + f' rowspan="{down}"' * (down > 1)
        told = f' scope="{scope}"' * bool(scope)
        inside = self.flow([part for each in unframed(blocks) for part in self.drawn_out(each)])
        return f"<{tag}{spans}{told}>{inside}</{tag}>"

    def drawn_out(self, block: Node) -> list[Node]:
        """A table in a cell is drawn out to a paragraph for each of its rows."""
        if block["t"] != "Table":
            return [block]
        self.found["nested_tables"] += 1
        _attributes, _caption, _columns, head, bodies, foot = block["c"]
        rows = [*head[1], *(row for body in bodies for row in body[2] + body[3]), *foot[1]]
        return [{"t": "Para", "c": joined(cell[4] for cell in row[1])} for row in rows]

    # Words ---------------------------------------------------------------------------------

    def line(self, blocks: list[Node]) -> str:
        """Blocks drawn together to one line."""
        return self.inlines(joined([block] for block in blocks))

    def inlines(self, inlines: Iterable[Node]) -> str:
        return "".join(map(self.inline, inlines))

    def inline(self, inline: Node) -> str:
        kind, content = inline["t"], inline.get("c")
        if kind in MARKS:
            return _in(MARKS[kind], self.inlines(content))
        match kind:
            case "Str":
                return _escaped(content)
            case "Space" | "SoftBreak":
                return " "
            case "LineBreak":
                return "<br>"
            case "SmallCaps":
                return self.inlines(content)
            case "Span" | "Cite":
                return self.inlines(content[1])
            case "Quoted":
                return QUOTES[content[0]["t"]].format(self.inlines(content[1]))
            case "Code":
                return _escaped(content[1])
            case "Math":
                self.found["formulas"] += 1
                return _escaped(content[1])
            case "Link":
                return self.link(self.inlines(content[1]), *content[2])
            case "Note":
                return self.note(content)
            case "Image":
                return ""  # counted where the file was opened
        return self.unknown(kind)

    def link(self, words: str, address: str, title: str) -> str:
        if address.startswith("#"):
            self.found["references"] += 1
            return words
        if address.split(":", 1)[0].lower() not in SCHEMES:
            self.links.append(address)
            return words
        return f'<a href="{escape(address)}">{words}</a>'

    def note(self, blocks: list[Node]) -> str:
        """A note is one line, in the place where its number stood."""
        kinds = [block["t"] for block in unframed(blocks)]
        self.found["note_blocks"] += kinds not in (["Para"], ["Plain"])
        told = self.line(blocks).strip()
        self.notes.append(told)
        return _in("small", told)


def unframed(blocks: Iterable[Node]) -> list[Node]:
    """Without the frames that only name a style; the frame of a quotation becomes one, and
    quotations that follow one another are one."""
    found: list[Node] = []
    for block in blocks:
        for inner in _inside_frame(block) if block["t"] == "Div" else [block]:
            if found and found[-1]["t"] == inner["t"] == "BlockQuote":
                found.append({"t": "BlockQuote", "c": [*found.pop()["c"], *inner["c"]]})
            else:
                found.append(inner)
    return found


def _inside_frame(block: Node) -> list[Node]:
    (_identifier, _classes, attributes), inner = block["c"]
    inside = unframed(inner)
    is_quotation = dict(attributes).get("custom-style", "").lower() in QUOTATIONS
    if is_quotation and all(each["t"] == "Para" for each in inside):
        return [{"t": "BlockQuote", "c": inside}]
    return inside


def plain(inlines: Iterable[Node]) -> str:
    """The words alone, as a title or a point has them."""
    written = Writer().inlines(inlines)
    return " ".join(unescape(re.sub("<[^>]*>", " " if "<br" in written else "", written)).split())


def joined(parts: Iterable[list[Node]]) -> list[Node]:
    """The words of several lists of blocks as one line of inlines."""
    found: list[Node] = []
    for part in parts:
        for inlines in _lines(part):
            found += [SPACE, *inlines] if found else inlines
    return found


def _lines(node: Any) -> Iterator[list[Node]]:
    """Every run of inlines in the blocks, however deep it lies."""
    for block in node if isinstance(node, list) else []:
        if isinstance(block, list):
            yield from _lines(block)
        elif isinstance(block, dict) and block["t"] in {"Para", "Plain"}:
            yield block["c"]
        elif isinstance(block, dict):
            yield from _lines(block.get("c"))


def _in(tag: str, inside: str) -> str:
    """The words in their tag, white space around them outside; nothing where there is nothing."""
    if not inside.strip():
        return inside if tag in INLINE else ""
    if tag not in INLINE:
        return f"<{tag}>{inside}</{tag}>"
    bare = inside.strip(" ")
    before, after = inside.split(bare, 1)
    return f"{before}<{tag}>{bare}</{tag}>{after}"


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace(UNDERLINED, "<u>").replace(PLAIN_AGAIN, "</u>")
