"""A sheet as ODT: pandoc's, with letterhead and the portal's styles."""

from html import escape
from pathlib import Path
from string import Template
from xml.etree import ElementTree

from positions.press.office import (
    CONTROL,
    HEADING,
    NUMBER,
    Element,
    gone_over,
    moment,
    read,
    set_text,
    written,
)
from positions.press.sheet import Sheet

PARTS = Path(__file__).with_name("parts")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
GROUPS = ("styles", "automatic-styles", "master-styles")
NUMBERED = {
    "Text_20_body": "Numbered",
    "First_20_paragraph": "Numbered",
    "Heading_20_2": "NumberedHeading2",
    "Heading_20_3": "NumberedHeading3",
}


def make(sheet: Sheet) -> bytes:
    return gone_over(
        written(sheet, target="odt"),
        {
            "content.xml": _finish,
            "styles.xml": lambda root: _restyle(root, sheet),
            "meta.xml": lambda root: _describe(root, sheet),
        },
    )


def _restyle(root: Element, sheet: Sheet) -> None:
    """The portal's styles and its page take the place of pandoc's."""
    words = {
        name: escape(CONTROL.sub("", getattr(sheet, name)))
        for name in ("association", "section", "reference", "version")
    }
    ours = read(Template((PARTS / "odt_styles.xml").read_text()).substitute(words).encode())
    for group in GROUPS:
        place = root.find(f"{OFFICE}{group}")
        there = {_key(style): style for style in place}
        for style in ours.find(f"{OFFICE}{group}"):
            if _key(style) in there:
                place.remove(there[_key(style)])
            place.append(style)


def _key(style: Element) -> tuple[str, ...]:
    return (style.tag, style.get(f"{STYLE}name", ""), style.get(f"{STYLE}family", ""))


def _finish(root: Element) -> None:
    for paragraph in root.iter():
        if paragraph.get(f"{TEXT}style-name") == HEADING:
            paragraph.tag = f"{TEXT}h"
            paragraph.set(f"{TEXT}outline-level", "1")
        elif paragraph.tag in {f"{TEXT}p", f"{TEXT}h"} and not paragraph.text:
            _hang_number(paragraph)


def _hang_number(paragraph: Element) -> None:
    """The number of a paragraph stands in the margin, a tab before the words."""
    span = paragraph[0] if len(paragraph) else None
    if span is None or span.get(f"{TEXT}style-name") != NUMBER:
        return
    ElementTree.SubElement(span, f"{TEXT}tab")
    style = paragraph.get(f"{TEXT}style-name", "")
    paragraph.set(f"{TEXT}style-name", NUMBERED.get(style, style))


def _describe(root: Element, sheet: Sheet) -> None:
    set_text(root, f"{DC}title", sheet.title)
    set_text(root, f"{DC}creator", sheet.association)
    set_text(root, f"{META}initial-creator", sheet.association)
    set_text(root, f"{META}creation-date", moment(sheet))
    set_text(root, f"{DC}date", moment(sheet))
