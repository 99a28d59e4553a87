"""What DOCX and ODT have in common: pandoc writes them, then their parts are gone over."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from django.utils.safestring import SafeString

from core import pandoc
from positions.press.sheet import Sheet

NUMBER, NUMBER_LINE = "PortalNumber", "PortalNumberLine"
FACTS, HEADING, ASIDE = "PortalFacts", "PortalHeading", "PortalAside"
"""Styles of what the portal writes around a text: by them it is known when the file comes back."""
PART = re.compile(r'<h1 class="part">(.*?)</h1>')
OPENING = re.compile(r"<(p|h2|h3)(\s[^>]*)?>")
NOTES = Path(__file__).with_name("parts") / "notes.lua"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Change = Callable[[ElementTree.Element], None]
Element = ElementTree.Element


def passage(number: int, html: SafeString) -> str:
    """The number opens its paragraph, or stands on a line of its own before a list or table."""
    mark = f'<span data-custom-style="{NUMBER}">{number}</span>'
    opening = OPENING.match(html)
    if opening:
        return html[: opening.end()] + mark + html[opening.end() :]
    return f'<div data-custom-style="{NUMBER_LINE}"><p>{mark}</p></div>{html}'


def written(sheet: Sheet, *, target: str) -> bytes:
    """As pandoc writes it, without title page, letterhead and the portal's styles."""
    title = f'<div data-custom-style="Title"><p>{sheet.heading or escape(sheet.title)}</p></div>'
    body = PART.sub(rf'<div data-custom-style="{HEADING}"><p>\1</p></div>', sheet.body)
    for before, after in (
        ('<div class="facts">', f'<div data-custom-style="{FACTS}">'),
        ('<div class="aside">', f'<div data-custom-style="{ASIDE}">'),
        ("<small>", '<span class="note">'),
        ("</small>", "</span>"),
    ):
        body = body.replace(before, after)
    html = f'<html lang="{sheet.language}"><body>{title}{body}</body></html>'
    given = CONTROL.sub("", html).encode()
    options = [f"--lua-filter={NOTES}"]
    return pandoc.convert(given, source="html-auto_identifiers", target=target, options=options)


def gone_over(
    package: bytes, changes: Mapping[str, Change], added: Mapping[str, bytes] | None = None
) -> bytes:
    """The package with parts changed and parts added; the order and the packing stay."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename in changes:
                part = _changed(part, changes[info.filename])
            new.writestr(info, part, compress_type=info.compress_type)
        for name, part in (added or {}).items():
            info = zipfile.ZipInfo(name)
            new.writestr(info, part, compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _changed(part: bytes, change: Change) -> bytes:
    for _event, (prefix, uri) in ElementTree.iterparse(io.BytesIO(part), events=["start-ns"]):  # noqa: S314 - what pandoc has just written
        ElementTree.register_namespace(prefix, uri)
    root = read(part)
    change(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def read(part: bytes) -> Element:
    return ElementTree.fromstring(part)  # noqa: S314 - written by pandoc or shipped with the portal


def set_text(root: Element, tag: str, text: str) -> None:
    """The one element of this name says this; it is made if it is not there."""
    found = root.find(f".//{tag}")
    if found is None:
        found = ElementTree.SubElement(root, tag)
    found.text = CONTROL.sub("", text)


def moment(sheet: Sheet) -> str:
    return datetime.fromtimestamp(sheet.saved, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
