"""Office files are ZIP archives: what is in them is judged from their directory, before unpacking.

Only then are the small parts read that say what the file is; no part is ever written to a disk.
"""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from django.core.exceptions import ValidationError

from core.refusals import DAMAGED, LOCKED, MACROS, ODD, OTHER_CONTENT, UNPACKS_TO_TOO_MUCH

MOST_PARTS = 2000
LARGEST_DIRECTORY = 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
SMALL = 5 * 1024 * 1024
MOST_TIMES = 100
"""How many times the size of the file its parts may have together, when they are not SMALL."""

LARGEST_LISTING = 1024 * 1024
CHUNK = 256 * 1024
END = struct.Struct("<4s4H2LH")
END_MARK, END_OF_BIG_MARK = b"PK\x05\x06", b"PK\x06\x07"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCAL_HEADER = 30
CONTENT_TYPES, MANIFEST, ODF_TYPE = "[Content_Types].xml", "META-INF/manifest.xml", "mimetype"
MACRO_PARTS = ("basic/", "scripts/")
MACRO_NAMES = ("vbaproject.bin", "vbadata.xml")
NO_PARTS = (".zip", ".jar", ".7z", ".rar", ".exe", ".dll", ".scr", ".bat", ".cmd", ".com", ".js")
NO_PARTS += (".vbs", ".ps1", ".hta", ".lnk", ".docm", ".dotm", ".xlsm", ".xltm")
READ_AS_XML = (".xml", ".rels", ".rdf")
DECLARATIONS = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
UNREADABLE = (BadZipFile, ZlibError, EOFError, RuntimeError, OSError)
"""What zipfile raises for what is broken, locked or packed in a way it does not know."""


def check_ooxml(file: BinaryIO, main_type: str) -> None:
    """A file of Word or Excel whose main part is of this type, without macros."""
    with opened(file) as archive:
        listing = read_part(archive, CONTENT_TYPES)
        if b"macroEnabled" in listing:
            raise ValidationError(MACROS)
        if main_type.encode() not in listing:
            raise ValidationError(OTHER_CONTENT)
        _check_declarations(archive)


def check_odf(file: BinaryIO, media_type: str) -> None:
    """A file of LibreOffice of this type."""
    with opened(file) as archive:
        if read_part(archive, ODF_TYPE) != media_type.encode():
            raise ValidationError(OTHER_CONTENT)
        if b"encryption-data" in read_part(archive, MANIFEST):
            raise ValidationError(LOCKED)
        _check_declarations(archive)


def opened(file: BinaryIO) -> ZipFile:
    """The archive once its directory has been found sound; ValidationError if it is not."""
    size = file.seek(0, 2)
    _check_end(file, size)
    try:
        archive = ZipFile(file)
    except (*UNREADABLE, ValueError) as error:
        raise ValidationError(DAMAGED) from error
    _check_parts(archive.infolist(), size)
    return archive


def read_part(archive: ZipFile, name: str) -> bytes:
    """A small part that says what the archive is; without it, it is something else."""
    try:
        part = archive.getinfo(name)
    except KeyError:
        raise ValidationError(OTHER_CONTENT) from None
    if part.file_size > LARGEST_LISTING:
        raise ValidationError(ODD)
    return b"".join(chunks(archive, part))


def chunks(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """What is in the part, never more than the directory says; ValidationError if it is broken."""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except UNREADABLE as error:
        raise ValidationError(DAMAGED) from error


def _check_end(file: BinaryIO, size: int) -> None:
    """The end of the archive is the end of the file, the directory before it small and whole.

    Read by hand, because `ZipFile` makes an object of every entry before it can be asked how many
    there are.
    """
    file.seek(0)
    if file.read(len(OLD_OFFICE)) == OLD_OFFICE:
        raise ValidationError(LOCKED)
    file.seek(0)
    if file.read(2) != b"PK":
        raise ValidationError(OTHER_CONTENT)
    file.seek(max(0, size - END.size - 20))
    tail = file.read()
    if len(tail) < END.size or tail[-END.size :][:4] != END_MARK:
        raise ValidationError(DAMAGED)
    count, length, start, comment = END.unpack(tail[-END.size :])[4:]
    if count > MOST_PARTS or length > LARGEST_DIRECTORY:
        raise ValidationError(UNPACKS_TO_TOO_MUCH)
    if comment or start + length + END.size != size or tail.startswith(END_OF_BIG_MARK):
        raise ValidationError(ODD)


def _check_parts(parts: list[ZipInfo], size: int) -> None:
    names = [part.orig_filename.casefold() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise ValidationError(LOCKED)
    if any(name.startswith(MACRO_PARTS) or name.endswith(MACRO_NAMES) for name in names):
        raise ValidationError(MACROS)
    if len(set(names)) != len(names) or any(map(_is_no_name, names)):
        raise ValidationError(ODD)
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise ValidationError(ODD)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > max(SMALL, MOST_TIMES * size):
        raise ValidationError(UNPACKS_TO_TOO_MUCH)
    if _overlap(parts):
        raise ValidationError(ODD)


def _is_no_name(name: str) -> bool:
    steps = name.split("/")
    return (
        name.startswith("/")
        or ".." in steps
        or any(char in name for char in "\\:\0")
        or name.endswith(NO_PARTS)
        or not name.isprintable()
    )


def _overlap(parts: list[ZipInfo]) -> bool:
    """Whether two parts share bytes: so a small file can hold a big one many times over."""
    in_order = sorted(parts, key=lambda part: part.header_offset)
    return any(
        part.header_offset + LOCAL_HEADER + part.compress_size > later.header_offset
        for part, later in pairwise(in_order)
    )


def _check_declarations(archive: ZipFile) -> None:
    """No part declares entities or another document: no office program writes such a thing."""
    for part in archive.infolist():
        if not part.filename.casefold().endswith(READ_AS_XML):
            continue
        last = b""
        for chunk in chunks(archive, part):
            if b"\0" in chunk or DECLARATIONS.search(last + chunk):
                raise ValidationError(ODD)
            last = chunk[-10:]
