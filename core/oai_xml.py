"""The answers of OAI-PMH 2.0 as XML: well-formed whatever the texts hold."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO

from django.utils.xmlutils import SimplerXMLGenerator

XSI = "http://www.w3.org/2001/XMLSchema-instance"
OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
NEVER_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer:
    """Elements are opened by `with`; texts lose what no XML may hold."""

    def __init__(self) -> None:
        self._text = StringIO()
        self._xml = SimplerXMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def element(self, name: str, **attributes: str) -> Iterator[None]:
        self.open(name, attributes)
        yield
        self._xml.endElement(name)

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self._xml.startElement(name, {key: clean(value) for key, value in attributes.items()})

    def text(self, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
        self.open(name, attributes or {})
        if text:
            self._xml.characters(clean(text))
        self._xml.endElement(name)

    def written(self) -> str:
        self._xml.endDocument()
        return self._text.getvalue()


def clean(text: str) -> str:
    return NEVER_IN_XML.sub("", str(text))


ROOT = {
    "xmlns": OAI,
    "xmlns:xsi": XSI,
    "xsi:schemaLocation": f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
}
DUBLIN_CORE = {
    "xmlns:oai_dc": OAI_DC,
    "xmlns:dc": DC,
    "xmlns:xsi": XSI,
    "xsi:schemaLocation": f"{OAI_DC} {OAI_DC_SCHEMA}",
}
OAI_IDENTIFIER = {
    "xmlns": IDENTIFIER,
    "xmlns:xsi": XSI,
    "xsi:schemaLocation": (f"{IDENTIFIER} http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"),
}
