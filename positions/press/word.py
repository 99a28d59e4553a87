"""A sheet as DOCX: pandoc's, with letterhead, the portal's styles, and changes that are tracked."""

from copy import deepcopy
from html import escape
from pathlib import Path
from string import Template
from xml.etree import ElementTree

from positions.press.office import (
    CONTROL,
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
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LETTERHEAD = (
    ("header", "first", "word_header_first.xml"),
    ("header", "default", "word_header.xml"),
    ("footer", "first", "word_footer.xml"),
    ("footer", "default", "word_footer.xml"),
)
MARGINS = {"top": 1418, "right": 1418, "bottom": 1418, "left": 1418, "header": 709, "footer": 709}
HANGING = "624"
FIRST_LIST = 200_000
"""Beyond the numbers that pandoc gives to its kinds of lists."""
INS, DEL = f"{W}ins", f"{W}del"


def make(sheet: Sheet) -> bytes:
    names = {"word/_rels/document.xml.rels": _relate, "[Content_Types].xml": _declare}
    return gone_over(
        written(sheet, target="docx"),
        {
            **names,
            "word/document.xml": _finish,
            "word/styles.xml": _restyle,
            "word/numbering.xml": _part_lists,
            "docProps/core.xml": lambda root: _describe(root, sheet),
        },
        {f"word/{_part(place)}": _letterhead(place, sheet) for place in range(len(LETTERHEAD))},
    )


# Letterhead --------------------------------------------------------------------------------


def _part(place: int) -> str:
    return f"letterhead{place}.xml"


def _letterhead(place: int, sheet: Sheet) -> bytes:
    words = {
        name: escape(CONTROL.sub("", getattr(sheet, name)))
        for name in ("association", "section", "reference", "version")
    }
    template = Template((PARTS / LETTERHEAD[place][2]).read_text())
    return template.substitute(words).encode()


def _relate(root: Element) -> None:
    for place, (kind, _which, _file) in enumerate(LETTERHEAD):
        named = {"Id": f"letterhead{place}", "Type": f"{KINDS}/{kind}", "Target": _part(place)}
        ElementTree.SubElement(root, f"{PACKAGE}relationships}}Relationship", named)


def _declare(root: Element) -> None:
    for place, (kind, _which, _file) in enumerate(LETTERHEAD):
        named = {"PartName": f"/word/{_part(place)}", "ContentType": f"{CONTENT}.{kind}+xml"}
        ElementTree.SubElement(root, f"{PACKAGE}content-types}}Override", named)


def _describe(root: Element, sheet: Sheet) -> None:
    set_text(root, f"{DC}title", sheet.title)
    set_text(root, f"{DC}creator", sheet.association)
    set_text(root, f"{TERMS}created", moment(sheet))
    set_text(root, f"{TERMS}modified", moment(sheet))


def _restyle(root: Element) -> None:
    """The portal's styles take the place of pandoc's."""
    there = {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
    for style in read((PARTS / "word_styles.xml").read_bytes()).iter(f"{W}style"):
        old = there.get(style.get(f"{W}styleId"))
        if old is not None:
            root.remove(old)
        root.append(style)


def _part_lists(root: Element) -> None:
    """Each numbered list has a numbering of its own. pandoc lets them share one and start it anew,
    which LibreOffice takes for a list to each item once it has saved the file."""
    kinds = {kind.get(f"{W}abstractNumId"): kind for kind in root.iter(f"{W}abstractNum")}
    for place, listed in enumerate(root.findall(f"{W}num")):
        if listed.find(f"{W}lvlOverride") is None:
            continue
        kind, own = listed.find(f"{W}abstractNumId"), str(FIRST_LIST + place)
        alike = deepcopy(kinds[kind.get(f"{W}val")])
        alike.set(f"{W}abstractNumId", own)
        for sign in alike.iter(f"{W}nsid"):
            sign.set(f"{W}val", f"{FIRST_LIST + place:08X}")
        root.insert(0, alike)
        kind.set(f"{W}val", own)
        for override in listed.findall(f"{W}lvlOverride"):
            listed.remove(override)


# The text ----------------------------------------------------------------------------------


def _finish(root: Element) -> None:
    body = root.find(f"{W}body")
    _set_page(body.find(f"{W}sectPr"))
    for paragraph in root.iter(f"{W}p"):
        _hang_number(paragraph)
        _track_mark(paragraph)
    for row in root.iter(f"{W}tr"):
        _track_row(row)
    for place, change in enumerate(each for each in root.iter() if each.tag in {INS, DEL}):
        change.set(f"{W}id", str(place + 1))


def _set_page(section: Element) -> None:
    for place, (kind, which, _file) in enumerate(LETTERHEAD):
        named = {f"{W}type": which, f"{R}id": f"letterhead{place}"}
        section.insert(place, ElementTree.Element(f"{W}{kind}Reference", named))
    ElementTree.SubElement(section, f"{W}pgSz", {f"{W}w": "11906", f"{W}h": "16838"})
    margins = {f"{W}{side}": str(size) for side, size in MARGINS.items()}
    ElementTree.SubElement(section, f"{W}pgMar", {**margins, f"{W}gutter": "0"})
    ElementTree.SubElement(section, f"{W}titlePg")


def _hang_number(paragraph: Element) -> None:
    """The number of a paragraph stands in the margin, a tab before the words."""
    run = paragraph.find(f"{W}r")
    style = run.find(f"{W}rPr/{W}rStyle") if run is not None else None
    if style is None or style.get(f"{W}val") != NUMBER:
        return
    ElementTree.SubElement(run, f"{W}tab")
    ElementTree.SubElement(
        _properties(paragraph), f"{W}ind", {f"{W}left": "0", f"{W}hanging": HANGING}
    )


def _properties(paragraph: Element) -> Element:
    found = paragraph.find(f"{W}pPr")
    if found is None:
        found = ElementTree.Element(f"{W}pPr")
        paragraph.insert(0, found)
    return found


# Tracked changes ---------------------------------------------------------------------------


def _track_mark(paragraph: Element) -> None:
    """Where all words came or went, so did the paragraph."""
    change = _whole(paragraph)
    if change is not None:
        properties = _properties(paragraph)
        marks = ElementTree.SubElement(properties, f"{W}rPr")
        ElementTree.SubElement(marks, change.tag, change.attrib)


def _track_row(row: Element) -> None:
    """Where all paragraphs of a table's row came or went, so did the row."""
    changes = [_whole(paragraph) for paragraph in row.iter(f"{W}p")]
    filled = [change for change in changes if change is not None]
    words = [paragraph for paragraph in row.iter(f"{W}p") if paragraph.find(f".//{W}r") is not None]
    if filled and len(filled) == len(words) and len({change.tag for change in filled}) == 1:
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = ElementTree.Element(f"{W}trPr")
            row.insert(0, properties)
        ElementTree.SubElement(properties, filled[0].tag, filled[0].attrib)


def _whole(paragraph: Element) -> Element | None:
    """The change that all the runs of a paragraph belong to, if they do."""
    kids = [kid for kid in paragraph if kid.tag != f"{W}pPr" and kid.find(f".//{W}r") is not None]
    loose = any(kid.tag in {f"{W}r", f"{W}hyperlink"} for kid in paragraph)
    kinds = {kid.tag for kid in kids}
    if loose or len(kinds) != 1 or not kinds <= {INS, DEL}:
        return None
    return kids[0]
