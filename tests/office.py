"""DOCX and ODT as a reader of them sees them, by the standard library alone."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
INS, DEL = f"{W}ins", f"{W}del"


def parts(package):
    """{name: bytes} of everything in it."""
    with ZipFile(BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def xml(package, name):
    return ElementTree.fromstring(parts(package)[name])


def docx_paragraphs(package, *, without=None):
    """(style, text) of each paragraph; `without` one kind of tracked changes, as when all of them
    were accepted (DEL) or refused (INS): a paragraph whose mark went is gone, or runs into the
    next one."""
    found, text = [], ""
    for paragraph in xml(package, "word/document.xml").iter(f"{W}p"):
        text += "".join(_words(paragraph, without))
        if without and paragraph.find(f"{W}pPr/{W}rPr/{without}") is not None:
            continue
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found.append(("" if style is None else style.get(f"{W}val"), text))
        text = ""
    return found


def _words(element, without):
    for child in element:
        if child.tag == without:
            continue
        if child.tag in {f"{W}t", f"{W}delText"}:
            yield child.text or ""
        elif child.tag in {f"{W}tab", f"{W}br"}:
            yield " "
        else:
            yield from _words(child, without)


def changes(package):
    """(kind, author, moment, words) of every tracked change of words."""
    found = xml(package, "word/document.xml")
    return [
        (
            "came" if change.tag == INS else "went",
            change.get(f"{W}author"),
            change.get(f"{W}date"),
            "".join(_words(change, None)),
        )
        for change in found.iter()
        if change.tag in {INS, DEL} and len(change)
    ]


def odt_paragraphs(package):
    """(style, text) of each paragraph and heading."""
    found = xml(package, "content.xml")
    return [
        (each.get(f"{TEXT}style-name", ""), "".join(_odt_words(each)))
        for each in found.iter()
        if each.tag in {f"{TEXT}p", f"{TEXT}h"}
    ]


def _odt_words(element):
    yield element.text or ""
    for child in element:
        yield " " if child.tag in {f"{TEXT}tab", f"{TEXT}line-break", f"{TEXT}s"} else ""
        if child.tag != f"{TEXT}note":
            yield from _odt_words(child)
        yield child.tail or ""
