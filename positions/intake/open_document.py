"""An OpenDocument text made fit for pandoc, which would pass over boxes, titles and underlining."""

import re
from xml.etree.ElementTree import Element, SubElement

from positions.intake import own
from positions.intake.office import BLACK, PAGE_NUMBER, add_after, parents, put_in_place

ODF = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, STYLE = (f"{{{ODF}:{name}:1.0}}" for name in ("office", "text", "style"))
DRAW, TABLE = (f"{{{ODF}:{name}:1.0}}" for name in ("drawing", "table"))
FO, SVG = (f"{{{ODF}:{name}-compatible:1.0}}" for name in ("xsl-fo", "svg"))
UNREAD = {f"{TEXT}note-citation", f"{TEXT}tracked-changes", f"{OFFICE}annotation"}
UNREAD |= {f"{SVG}desc", f"{SVG}title", f"{OFFICE}binary-data"}
XLINK, MATH = "{http://www.w3.org/1999/xlink}", "{http://www.w3.org/1998/Math/MathML}math"
OBJECTS = {f"{DRAW}object", f"{DRAW}object-ole", f"{DRAW}plugin"}
BLOCKS = {f"{TEXT}p", f"{TEXT}h", f"{TEXT}list"}
KNOWN = {f"{TEXT}{n}" for n in ("p", "h", "span", "a", "s", "tab", "note-citation", "line-break")}
INDEXES = ("table-of-content", "alphabetical-index", "illustration-index", "table-index")
CONTENTS = {f"{TEXT}{name}" for name in (*INDEXES, "object-index", "user-index", "bibliography")}
CONTENTS_LINE = re.compile(r"(contents|toc)_20_(\d+|heading)", re.IGNORECASE)
MOST_COLUMNS = 100
UNDERLINED, PLAIN_AGAIN, NO_ROW = "\ue9f1", "\ue9f2", "\ue9f3"


def refit(file):
    tree = file.tree_to_change("content.xml")
    styles = {style.get(f"{STYLE}name"): style for style in tree.iter(f"{STYLE}style")}
    body = tree.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        return ""
    file.count("frame", _without_frame(body, styles))
    regions = body.findall(f"{TEXT}tracked-changes/{TEXT}changed-region")
    file.count("tracked", sum(r.find(f"{TEXT}format-change") is None for r in regions))
    file.count("comments", len(list(body.iter(f"{OFFICE}annotation"))))
    file.count("headers", _headers(file))
    file.count("coloured", _coloured(body, styles))
    file.pictures = list(_pictures(body))
    file.count("hidden", len(_hidden(body, styles)))
    file.count("objects", sum(not _is_formula(file, e) for e in body.iter() if e.tag in OBJECTS))
    file.count("numbered_headings", _numbered_headings(file, body) + _lift_headings(body))
    file.count("contents", _without_contents(body, styles))
    _take_title(file, body, styles)
    file.count("boxes", _open_boxes(body))
    file.count("nested_tables", _draw_out_tables(body))
    _unwrap_fields(body)
    words = f"{file.title}\n{words_of(body)}"
    _mark_underlined(body, styles)
    _count_out_columns(body)
    return words


def _is_formula(file, element):
    """Formulas are read; what else a program of its own has drawn is not."""
    name = element.get(f"{XLINK}href", "").removeprefix("./")
    return file.tree(f"{name}/content.xml").tag == MATH


def _pictures(body):
    for frame in body.iter(f"{DRAW}frame"):
        if frame.find(f"{DRAW}image") is not None and frame.find(f"{DRAW}object") is None:
            yield frame.findtext(f"{SVG}desc") or frame.findtext(f"{SVG}title") or ""


def _headers(file):
    masters = file.tree("styles.xml").iter(f"{STYLE}master-page")
    parts = [part for page in masters for part in page if part.tag.startswith(STYLE)]
    return sum(bool(words_of(part).strip(PAGE_NUMBER)) for part in parts)


def _coloured(body, styles):
    def is_coloured(style):
        for properties in style.iter(f"{STYLE}text-properties"):
            marks = (properties.get(f"{FO}{name}") for name in ("color", "background-color"))
            if any(mark not in {*BLACK, "transparent", None} for mark in marks):
                return True
        return False

    coloured = {name for name, style in styles.items() if is_coloured(style)}
    return sum(
        any(span.get(f"{TEXT}style-name") in coloured for span in paragraph.iter(f"{TEXT}span"))
        for paragraph in body.iter()
        if paragraph.tag in {f"{TEXT}p", f"{TEXT}h"}
    )


def _numbered_headings(file, body):
    numbered = {
        level.get(f"{TEXT}level")
        for outline in file.tree("styles.xml").iter(f"{TEXT}outline-style")
        for level in outline
        if level.get(f"{STYLE}num-format")
    }
    headings = body.iter(f"{TEXT}h")
    return sum(heading.get(f"{TEXT}outline-level", "1") in numbered for heading in headings)


def _lift_headings(body):
    """LibreOffice may keep a numbered heading in a list of its own; returns how many there were."""
    lifted = 0
    for listed in list(body.iter(f"{TEXT}list")):
        inside = [e for e in listed.iter() if e.tag in {f"{TEXT}p", f"{TEXT}h"}]
        above = parents(body).get(listed)
        if above is not None and inside and all(e.tag == f"{TEXT}h" for e in inside):
            put_in_place(above, listed, inside)
            lifted += len(inside)
    return lifted


def _without_contents(body, styles):
    """Take tables of contents and indexes out: their page numbers mean nothing here."""

    def is_line(element):
        name = element.get(f"{TEXT}style-name", "")
        style = styles.get(name)
        parent = style.get(f"{STYLE}parent-style-name", "") if style is not None else ""
        return CONTENTS_LINE.fullmatch(parent or name) is not None

    taken = [e for e in body.iter() if e.tag in CONTENTS]
    inside = {e for each in taken for e in each.iter()}
    lines = [e for e in body.iter(f"{TEXT}p") if e not in inside and is_line(e)]
    for element in [*taken, *lines, *body.findall(f"{TEXT}tracked-changes")]:
        parents(body)[element].remove(element)
    return len(taken) + bool(lines)


def _without_frame(body, styles):
    """Take out what the portal writes around a text; returns how many paragraphs that were."""
    above, removed = parents(body), 0
    for paragraph in [e for e in body.iter() if e.tag in {f"{TEXT}p", f"{TEXT}h"}]:
        for span in paragraph.iter(f"{TEXT}span"):
            if _style_of(span, styles) == own.NUMBER:
                _take_off_number(span)
        style = _style_of(paragraph, styles)
        if own.is_left_out(style, words_of(paragraph)):
            removed += style in own.FRAME
            empty = paragraph
            while empty in above and (empty is paragraph or not len(empty)):
                above[empty].remove(empty)  # and with it the list that it leaves empty
                empty = above[empty]
    return removed


def _style_of(element, styles):
    """The name of its style, or of the one that was varied for it, in small letters."""
    name = element.get(f"{TEXT}style-name", "")
    style = styles.get(name)
    parent = style.get(f"{STYLE}parent-style-name") if style is not None else None
    return (parent or name).lower()


def _take_off_number(span):
    inner = next((each for each in span.iter(f"{TEXT}span") if each.text), span)
    inner.text = own.DIGITS.sub("", inner.text or "")
    for holder in span.iter(f"{TEXT}span"):
        for tab in holder.findall(f"{TEXT}tab")[:1]:
            put_in_place(holder, tab, [])


def _hidden(body, styles):
    unseen = {
        name
        for name, style in styles.items()
        for properties in style.iter(f"{STYLE}text-properties")
        if properties.get(f"{TEXT}display") == "none"
    }
    names = (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph")
    return [e for e in body.iter() if e.tag in names or e.get(f"{TEXT}style-name") in unseen]


def _take_title(file, body, styles):
    """The first paragraph of the style that LibreOffice has for titles."""
    for paragraph in body.findall(f"{TEXT}p"):
        name = paragraph.get(f"{TEXT}style-name", "")
        style = styles.get(name)
        parent = style.get(f"{STYLE}parent-style-name") if style is not None else None
        is_plain = all(inner.tag in {f"{TEXT}p", f"{TEXT}span"} for inner in paragraph.iter())
        if "Title" in {name, parent} and is_plain and words_of(paragraph).strip():
            file.title = " ".join(words_of(paragraph).split())
            body.remove(paragraph)
            return


def _open_boxes(body):
    """What is written in boxes and shapes follows the paragraph that they hang on."""
    opened = 0
    for shape in [e for e in body.iter() if e.tag.startswith(DRAW)]:
        inside = [child for child in shape if child.tag in BLOCKS]
        if not inside:
            continue
        above = parents(body)
        outer = above[shape] if shape.tag == f"{DRAW}text-box" else shape
        holder = above[outer]
        while holder is not None and holder.tag not in BLOCKS:
            holder = above.get(holder)
        if holder is None:  # it hangs on the page: its words come where it is
            put_in_place(above[outer], outer, inside)
        else:
            put_in_place(above[outer], outer, [])
            at = list(above[holder]).index(holder)
            for offset, block in enumerate(inside, start=1):
                above[holder].insert(at + offset, block)
        opened += any(words_of(block).strip() for block in inside)
    return opened


def _draw_out_tables(body):
    """A table in a cell of another becomes a paragraph for each of its rows."""
    inner = [t for cell in body.iter(f"{TABLE}table-cell") for t in cell.findall(f"{TABLE}table")]
    for table in inner:
        rows = [_as_paragraph(row) for row in table.iter(f"{TABLE}table-row")]
        put_in_place(parents(body)[table], table, rows)
    return len(inner)


def _count_out_columns(body):
    """pandoc lets go of cells when no row has one for each column: a last row, marked, has."""
    for table in body.iter(f"{TABLE}table"):
        columns = table.iter(f"{TABLE}table-column")
        count = sum(int(each.get(f"{TABLE}number-columns-repeated", "1")) for each in columns)
        row = SubElement(table, f"{TABLE}table-row")
        for _number in range(min(count, MOST_COLUMNS)):
            cell = SubElement(row, f"{TABLE}table-cell", {f"{OFFICE}value-type": "string"})
            SubElement(cell, f"{TEXT}p").text = NO_ROW


def _as_paragraph(row):
    line = Element(f"{TEXT}p")
    for paragraph in row.iter():
        if paragraph.tag in {f"{TEXT}p", f"{TEXT}h"}:
            piece = SubElement(line, f"{TEXT}span")
            piece.text, piece.tail = paragraph.text, " "
            piece.extend(list(paragraph))
    return line


def _unwrap_fields(body):
    """Dates, numbers of figures, references: their last result stays as text."""
    for field in [e for e in body.iter() if e.tag.startswith(TEXT) and e.tag not in KNOWN]:
        if field.text and not len(field):
            field.tail = field.text + (field.tail or "")
            put_in_place(parents(body)[field], field, [])


def _mark_underlined(body, styles):
    """pandoc takes underlining for emphasis; two private characters carry it past."""
    underlined = set()
    for name, style in styles.items():
        for properties in style.iter(f"{STYLE}text-properties"):
            line = properties.attrib.pop(f"{STYLE}text-underline-style", "none")
            if line != "none":
                underlined.add(name)
    for span in body.iter(f"{TEXT}span"):
        if span.get(f"{TEXT}style-name") in underlined:
            span.text = UNDERLINED + (span.text or "")
            add_after(span, len(span), PLAIN_AGAIN)


def words_of(tree):
    """As in Word's; notes come after everything else."""
    notes = []

    def read(element, pieces):
        if element.tag in UNREAD:
            return
        if element.tag == f"{TEXT}note":
            notes.append("\n")
            pieces = notes
        if element.tag in {f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"}:
            pieces.append(" ")
        pieces.append(element.text or "")
        for child in element:
            read(child, pieces)
            pieces.append(child.tail or "")
        if element.tag in {f"{TEXT}p", f"{TEXT}h"}:
            pieces.append("\n")

    found = []
    read(tree, found)
    return "".join([*found, *notes])
