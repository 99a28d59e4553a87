"""What word processors make of lists and notes in HTML, made into real ones.

Word writes the items of a list as paragraphs with a sign before them; it, LibreOffice and pandoc
put notes at the end, with a link from the text and one back. `static/js/pasted.js` does the same in
the editor; tests hold the two together by the same samples.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from core.markup import Element, Node

FOREIGN = re.compile(r"\bmso-|\bsdfootnote\d|\bid=\"fn\d", re.I)
ATTRIBUTES = {tag: {"class", "href", "id", "style"} for tag in ("a", "div", "li", "p", "span")}
LISTED = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.I)
SIGN = re.compile(r"mso-list:\s*ignore", re.I)
NUMBER = re.compile(r"\(?[0-9a-z]{1,4}[.)]", re.I)
DEFINED = re.compile(r"(?:ftn|edn|fn|sdfootnote|sdendnote)\d+")
REFERRED = re.compile(r"#(?:_((?:ftn|edn)\d+)|(fn\d+)|((?:sdfootnote|sdendnote)\d+)sym)")
BACK = re.compile(r"#(?:_(?:ftn|edn)ref\d+|fnref\d+|(?:sdfootnote|sdendnote)\d+anc)")


def rewritten(root: Element) -> Element:
    """The tree with its lists and notes as the portal knows them."""
    notes: dict[str, list[Node]] = {}
    _take_out_notes(root, notes)
    _rewrite(root, notes)
    return root


# Notes -----------------------------------------------------------------------------------------


def _take_out_notes(element: Element, notes: dict[str, list[Node]]) -> None:
    kept: list[Node] = []
    for child in element.children:
        if not isinstance(child, Element):
            kept.append(child)
        elif DEFINED.fullmatch(child.get("id")) and child.tag in {"div", "li", "p"}:
            notes[child.get("id")] = _stripped(list(_inside_of_note(child)))
        else:
            known = len(notes)
            _take_out_notes(child, notes)
            if len(notes) == known or child.words.strip():
                kept.append(child)  # else nothing but a line was above the notes
    element.children = kept


def _inside_of_note(element: Element) -> Iterator[Node]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif BACK.fullmatch(child.get("href")):
            continue
        elif child.tag in {"p", "div"}:
            yield from (" ", *_inside_of_note(child))
        else:
            yield child


def _stripped(nodes: list[Node]) -> list[Node]:
    while nodes and isinstance(nodes[0], str) and not nodes[0].strip():
        nodes.pop(0)
    while nodes and isinstance(nodes[-1], str) and not nodes[-1].strip():
        nodes.pop()
    if nodes and isinstance(nodes[0], str):
        nodes[0] = nodes[0].lstrip()
    if nodes and isinstance(nodes[-1], str):
        nodes[-1] = nodes[-1].rstrip()
    return nodes


# Lists -----------------------------------------------------------------------------------------


def _rewrite(element: Element, notes: dict[str, list[Node]]) -> None:
    children: list[Node] = []
    for is_item, some in groupby(element.children, key=_is_item_or_gap):
        run = list(some)
        items = [child for child in run if isinstance(child, Element)] if is_item else []
        children += _nested(items) if items else run
    element.children = [_note(child, notes) for child in children]
    for child in element.elements:
        _rewrite(child, notes)


def _note(node: Node, notes: dict[str, list[Node]]) -> Node:
    referred = isinstance(node, Element) and REFERRED.fullmatch(node.get("href"))
    text = referred and notes.get(next(filter(None, referred.groups())))
    return Element("small", {}, text) if text else node


def _is_item_or_gap(node: Node) -> bool:
    if isinstance(node, str):
        return not node.strip()
    return node.tag == "p" and bool(LISTED.search(node.get("style")))


def _nested(items: list[Element]) -> list[Node]:
    top = Element("")
    lists: list[tuple[int, Element]] = [(0, top)]
    for item in items:
        level = int(LISTED.search(item.get("style"))[1])
        tag = "ol" if NUMBER.fullmatch(_take_out_sign(item).strip()) else "ul"
        while lists[-1][0] > level or (lists[-1][0] == level and lists[-1][1].tag != tag):
            lists.pop()
        if lists[-1][0] < level:
            holder = lists[-1][1]
            holder = holder.children[-1] if holder.tag else holder
            lists.append((level, Element(tag)))
            holder.children.append(lists[-1][1])
        lists[-1][1].children.append(Element("li", {}, item.children))
    return top.children


def _take_out_sign(element: Element) -> str:
    """The sign before an item, wherever it is nested; the item is without it then."""
    for child in element.elements:
        if SIGN.search(child.get("style")):
            element.children = [other for other in element.children if other is not child]
            return child.words
        if sign := _take_out_sign(child):
            return sign
    return ""
