"""An office file opened: its parts, those that are XML as trees, to be changed and closed again."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

MOST_UNPACKED = 100 * 1024 * 1024
READ = re.compile(
    r"(word/|_rels/|\[Content_Types\]|docProps/|Object|content|styles|meta|mimetype|META)"
)
BLACK = {"auto", "000000", "#000000"}
PAGE_NUMBER = "0123456789 /-–\n"


class Opened:
    """The parts of the archive, those that are XML as trees; `found` counts what is not kept."""

    def __init__(self, archive):
        self.parts, self.trees, self.changed, self.found = {}, {}, {}, {}
        self.title, self.pictures = "", []
        room = MOST_UNPACKED
        for part in archive.infolist():
            if part.is_dir() or not READ.match(part.filename):
                continue
            is_xml = part.filename.endswith((".xml", ".rels"))
            content = archive.read(part) if is_xml or part.filename == "mimetype" else b""
            room -= len(content)
            if room < 0 or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise SystemExit("this is not the file that was checked")
            self.parts[part.filename] = content

    def tree(self, name):
        if name not in self.trees:
            self.trees[name] = _parsed(self.parts.get(name) or b"<nothing/>")
        return self.trees[name]

    def tree_to_change(self, name):
        self.changed[name] = self.tree(name)
        return self.changed[name]

    def count(self, what, number=1):
        if number:
            self.found[what] = self.found.get(what, 0) + number

    def closed(self):
        for name, tree in self.changed.items():
            if name in self.parts:
                self.parts[name] = ElementTree.tostring(tree, "utf-8", xml_declaration=True)
        made = BytesIO()
        with ZipFile(made, "w") as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return made.getvalue()


def _parsed(content):
    """The tree; the prefixes of its names stay, because pandoc goes by them.

    What declares entities, by which a parser could be led astray, was refused above.
    """
    for _event, (prefix, name) in ElementTree.iterparse(BytesIO(content), ["start-ns"]):  # noqa: S314
        if prefix and not re.fullmatch(r"ns\d+|xml", prefix):
            ElementTree.register_namespace(prefix, name)
    return ElementTree.fromstring(content)  # noqa: S314


def parents(tree):
    return {child: parent for parent in tree.iter() for child in parent}


def put_in_place(parent, child, new):
    """The elements `new` stand where the child stood; the words after it stay."""
    at = list(parent).index(child)
    parent.remove(child)
    for offset, element in enumerate(new):
        parent.insert(at + offset, element)
    if child.tail:
        add_after(parent, at + len(new), child.tail)


def add_after(parent, at, words):
    if at == 0:
        parent.text = (parent.text or "") + words
    else:
        parent[at - 1].tail = (parent[at - 1].tail or "") + words
