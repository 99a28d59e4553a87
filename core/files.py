"""Which files may come in: of a kind on the list, by their name and by their content.

Everything is judged from a few bytes and from a container's directory; nothing is decoded, no
picture is drawn and no sheet is calculated.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import archives, pictures
from core.refusals import OTHER_CONTENT

LARGEST = 25 * 1024 * 1024
LONGEST_NAME = 255
CHUNK = 64 * 1024
OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
NO_TEXT = bytes(set(range(32)) - set(b"\t\n\f\r"))


@dataclass(frozen=True)
class FileKind:
    """A kind of file: how its name ends, what it is sent as, and what its content must be."""

    label: str | Promise
    endings: tuple[str, ...]
    media_type: str
    check: Callable[[BinaryIO], None]


def _pdf(file: BinaryIO) -> None:
    if file.read(5) != b"%PDF-":
        raise ValidationError(OTHER_CONTENT)


def _text(file: BinaryIO) -> None:
    """No control characters: programs, pictures and archives are full of them."""
    while chunk := file.read(CHUNK):
        if chunk.translate(None, NO_TEXT) != chunk:
            raise ValidationError(OTHER_CONTENT)


def _docx(file: BinaryIO) -> None:
    archives.check_ooxml(file, f"{OOXML}.wordprocessingml.document.main+xml")


def _xlsx(file: BinaryIO) -> None:
    archives.check_ooxml(file, f"{OOXML}.spreadsheetml.sheet.main+xml")


def _odt(file: BinaryIO) -> None:
    archives.check_odf(file, f"{ODF}.text")


def _ods(file: BinaryIO) -> None:
    archives.check_odf(file, f"{ODF}.spreadsheet")


PDF = FileKind("PDF", (".pdf",), "application/pdf", _pdf)
DOCX = FileKind("DOCX", (".docx",), f"{OOXML}.wordprocessingml.document", _docx)
ODT = FileKind("ODT", (".odt",), f"{ODF}.text", _odt)
XLSX = FileKind("XLSX", (".xlsx",), f"{OOXML}.spreadsheetml.sheet", _xlsx)
ODS = FileKind("ODS", (".ods",), f"{ODF}.spreadsheet", _ods)
PNG = FileKind("PNG", (".png",), "image/png", pictures.check_png)
JPEG = FileKind("JPEG", (".jpg", ".jpeg"), "image/jpeg", pictures.check_jpeg)
CSV = FileKind("CSV", (".csv",), "text/csv", _text)
TXT = FileKind(gettext_lazy("plain text"), (".txt",), "text/plain", _text)
KINDS = (PDF, DOCX, ODT, XLSX, ODS, PNG, JPEG, CSV, TXT)


def kind_of(file: BinaryIO, name: str, kinds: Sequence[FileKind] = KINDS) -> FileKind:
    """The kind that both the name and the content speak for; ValidationError says what is wrong."""
    ending = PurePath(name).suffix.lower()
    kind = next((kind for kind in kinds if ending in kind.endings), None)
    if kind is None:
        listed = ", ".join(str(kind.label) for kind in kinds)
        raise ValidationError(_("Files of this kind are not taken; these are: %s.") % listed)
    file.seek(0)
    kind.check(file)
    file.seek(0)
    return kind


def kind_labelled(media_type: str) -> str:
    """What people call files of this media type."""
    return str(next((kind.label for kind in KINDS if kind.media_type == media_type), media_type))


def tidy_name(name: str) -> str:
    """The name as text to be shown: no path, nothing invisible, of a length that can be kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(char for char in unicodedata.normalize("NFC", last) if char.isprintable())
    path = PurePath(seen)
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix


def sha256_of(file: BinaryIO) -> str:
    """In hex; the file is left at its beginning."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found
