"""A file of Word made fit for pandoc, which would pass over fields and paragraphs with boxes."""

import re
from xml.etree.ElementTree import SubElement

from positions.intake import own
from positions.intake.office import BLACK, PAGE_NUMBER, parents, put_in_place

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"
DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
NAMED = f"{{{DRAWN}/wordprocessingDrawing}}docPr"
CONTENTS = re.compile(r"toc \d|toc heading|contents (\d|heading)")
UNREAD = {f"{WORD}moveFrom", f"{WORD}del", f"{WORD}ruby", f"{ALTERNATIVE}Fallback"}


def refit(file):
    main = next((n for n, c in _types(file) if c.endswith("document.main+xml")), "")
    tree = file.tree_to_change(main)
    file.count("frame", _without_frame(tree, _named(file)))
    file.count("tracked", len(_with_words(tree, "ins", "del", "moveFrom", "moveTo")))
    file.count("comments", len(file.tree("word/comments.xml").findall(f"{WORD}comment")))
    headers = (words_of(part).strip(PAGE_NUMBER) for part in _headers(file))
    file.count("headers", sum(map(bool, headers)))
    file.count("coloured", len(_coloured(tree)))
    file.count("hidden", sum(map(_is_hidden, tree.iter(f"{WORD}r"))))
    file.pictures = list(_pictures(tree))
    file.count("objects", len(_objects(tree)))
    file.count("contents", _without_contents(tree, _named(file)))
    file.count("numbered_headings", _numbered_headings(file, tree))
    for name in (main, "word/footnotes.xml", "word/endnotes.xml"):
        part = file.tree_to_change(name)
        _unwrap_fields(part)
        _lift_and_lower(part)
        file.count("boxes", _open_boxes(part))
    notes = [file.tree(f"word/{name}notes.xml") for name in ("foot", "end")]
    return "\n".join(words_of(part) for part in (tree, *notes))


def _types(file):
    for each in file.tree("[Content_Types].xml"):
        yield each.get("PartName", "").lstrip("/"), each.get("ContentType", "")


def _with_words(tree, *names):
    tags = {f"{WORD}{name}" for name in names}
    texts = (f"{WORD}t", f"{WORD}delText")
    return [e for e in tree.iter() if e.tag in tags and any(x.tag in texts for x in e.iter())]


def _headers(file):
    names = [name for name in file.parts if re.match(r"word/(header|footer)\d*\.xml", name)]
    return [file.tree(name) for name in names]


def _has_words(tree):
    return any((text.text or "").strip() for text in tree.iter(f"{WORD}t"))


def _coloured(tree):
    """The paragraphs in which words are marked by a colour, which may mean something."""
    return [p for p in tree.iter(f"{WORD}p") if any(map(_is_coloured, p.iter(f"{WORD}r")))]


def _is_coloured(run):
    if not _has_words(run):
        return False
    for name, attribute in (("color", "val"), ("highlight", "val"), ("shd", "fill")):
        mark = run.find(f"{WORD}rPr/{WORD}{name}")
        if mark is not None and mark.get(f"{WORD}{attribute}") not in {*BLACK, "none", None}:
            return True
    return False


def _is_hidden(run):
    return run.find(f"{WORD}rPr/{WORD}vanish") is not None and _has_words(run)


def _pictures(tree):
    """What the pictures are said to show; an empty text where nothing is said."""
    for drawing in tree.iter(f"{WORD}drawing"):
        told = [each.get("descr") or each.get("title") for each in drawing.iter(NAMED)]
        for _picture in drawing.iter(f"{{{DRAWN}/picture}}pic"):
            yield (told and told[0]) or ""
    fallbacks = {e for each in tree.iter(f"{ALTERNATIVE}Fallback") for e in each.iter()}
    for old in tree.iter(f"{WORD}pict"):
        if old not in fallbacks:
            yield from (e.get("alt", "") for e in old if e.find(f"{VML}imagedata") is not None)


def _objects(tree):
    names = {f"{WORD}object", f"{WORD}altChunk"}
    kinds = ("chart", "diagram")
    return [
        e
        for e in tree.iter()
        if e.tag in names
        or (e.tag == f"{{{DRAWN}/main}}graphicData" and e.get("uri", "").endswith(kinds))
    ]


def _named(file):
    """The names of the styles, in small letters, by their keys: these depend on Word's language."""
    styles = file.tree("word/styles.xml").iter(f"{WORD}style")
    return {style.get(f"{WORD}styleId"): _value(style, "name").lower() for style in styles}


def _without_contents(tree, named):
    """Take tables of contents out: their page numbers mean nothing here."""
    above, removed, before = parents(tree), 0, None
    for holder in list(tree.iter(f"{WORD}sdt")):
        if _value(holder, "sdtPr/docPartObj/docPartGallery") == "Table of Contents":
            above[holder].remove(holder)
            removed += 1
    for paragraph in list(tree.iter(f"{WORD}p")):
        if not CONTENTS.fullmatch(named.get(_value(paragraph, "pPr/pStyle"), "")):
            before = paragraph
            continue
        above[paragraph].remove(paragraph)
        removed += before is not None
        before = None
    return removed


def _without_frame(tree, named):
    """Take out what the portal writes around a text; returns how many paragraphs that were."""
    above, removed = parents(tree), 0
    for paragraph in list(tree.iter(f"{WORD}p")):
        for run in paragraph.findall(f"{WORD}r"):
            if named.get(_value(run, "rPr/rStyle")) == own.NUMBER:
                _take_off_number(run)
        style = named.get(_value(paragraph, "pPr/pStyle"), "")
        if own.is_left_out(style, words_of(paragraph)):
            above[paragraph].remove(paragraph)
            removed += style in own.FRAME
    return removed


def _take_off_number(run):
    text, tab = run.find(f"{WORD}t"), run.find(f"{WORD}tab")
    if text is not None:
        text.text = own.DIGITS.sub("", text.text or "")
    if tab is not None:
        run.remove(tab)


def _numbered_headings(file, tree):
    """How many headings carry a number that is written nowhere."""
    headings = {}
    for style in file.tree("word/styles.xml").iter(f"{WORD}style"):
        if _value(style, "name").lower().startswith("heading "):
            headings[style.get(f"{WORD}styleId")] = _value(style, "pPr/numPr/numId")
    silent = _silent_numbers(file.tree("word/numbering.xml"))
    found = 0
    for paragraph in tree.iter(f"{WORD}p"):
        style = _value(paragraph, "pPr/pStyle")
        if style in headings and _has_words(paragraph):
            number = _value(paragraph, "pPr/numPr/numId") or headings[style]
            found += number not in silent
    return found


def _silent_numbers(numbering):
    """The lists that show no number on their first level, among them no list at all."""
    silent, shown_by = {"", "0"}, {}
    for abstract in numbering.iter(f"{WORD}abstractNum"):
        shown_by[abstract.get(f"{WORD}abstractNumId")] = _value(abstract, "lvl/numFmt")
    for number in numbering.iter(f"{WORD}num"):
        if shown_by.get(_value(number, "abstractNumId"), "none") in {"none", ""}:
            silent.add(number.get(f"{WORD}numId"))
    return silent


def _value(element, path):
    found = element.find("/".join(f"{WORD}{step}" for step in path.split("/")))
    return "" if found is None else found.get(f"{WORD}val", "")


def _unwrap_fields(tree):
    above = parents(tree)
    for field in list(tree.iter(f"{WORD}fldSimple")):
        put_in_place(above[field], field, list(field))


def _lift_and_lower(tree):
    """LibreOffice writes some high and low letters as letters that are raised and lowered."""
    for properties in tree.iter(f"{WORD}rPr"):
        height = re.fullmatch(r"-?[1-9]\d*", _value(properties, "position"))
        if height and properties.find(f"{WORD}vertAlign") is None:
            place = "subscript" if height[0].startswith("-") else "superscript"
            SubElement(properties, f"{WORD}vertAlign", {f"{WORD}val": place})


def _open_boxes(tree):
    """Each paragraph with a text box is followed by what was in the box."""
    opened, above = 0, parents(tree)
    for paragraph in list(tree.iter(f"{WORD}p")):
        inside = []
        for run in list(paragraph.iter(f"{WORD}r")):
            for shape in list(run):
                boxes = _boxes(shape)
                if boxes:
                    inside += boxes
                    run.remove(shape)
        if inside and paragraph in above:
            at = list(above[paragraph]).index(paragraph)
            for box in reversed(inside):
                for block in reversed(list(box)):
                    above[paragraph].insert(at + 1, block)
            opened += len(inside)
            above.update(parents(above[paragraph]))
    return opened


def _boxes(shape):
    """The text boxes in a shape; where it is drawn in two ways, those of the first."""
    if shape.tag == f"{ALTERNATIVE}AlternateContent" and len(shape):
        shape = shape[0]
    if shape.tag == f"{WORD}txbxContent":
        return [shape]
    return [box for child in shape for box in _boxes(child)]


def words_of(tree):
    """What would be read aloud, a line for each paragraph, after all changes are accepted."""
    pieces = []

    def read(element):
        tag = element.tag
        if tag in UNREAD:
            return
        if tag == f"{WORD}t":
            pieces.append(element.text or "")
        elif tag in {f"{WORD}tab", f"{WORD}br", f"{WORD}cr"}:
            pieces.append(" ")
        for child in element:
            read(child)
        if tag == f"{WORD}p":
            pieces.append("\n")

    read(tree)
    return "".join(pieces)
