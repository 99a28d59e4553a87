"""HTML as a tree, for those who rewrite it: read from what the sanitiser wrote, so well-formed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

VOID = {"br", "hr"}
DEEPEST = 60
"""What lies deeper is drawn up to this depth: nobody writes so, and Python could not follow."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[Union["Element", str]] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    @property
    def elements(self) -> Iterator["Element"]:
        return (child for child in self.children if isinstance(child, Element))

    @property
    def words(self) -> str:
        return "".join(words_of(child) for child in self.children)


Node = Element | str


def words_of(node: Node) -> str:
    if isinstance(node, str):
        return node
    return " " if node.tag in VOID else node.words


def tree(safe: str) -> Element:
    """A nameless element that holds the whole."""
    builder = _Builder()
    builder.feed(safe)
    builder.close()
    return builder.open[0]


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        if len(self.open) > DEEPEST:
            self.handle_data(" ")
            element = self.open[-1]
        else:
            self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)
