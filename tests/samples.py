"""Files made for tests byte by byte: sound ones, and such as somebody who means harm sends."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from core.files import ODF, OOXML

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT_TYPE = f"{OOXML}.wordprocessingml.document.main+xml"
SHEET_TYPE = f"{OOXML}.spreadsheetml.sheet.main+xml"
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def zipped(parts, *, stored=()):
    """A ZIP archive of {name: text or bytes}, or of such pairs where a name comes twice."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            method = ZIP_STORED if name in stored else ZIP_DEFLATED
            archive.writestr(name, content, compress_type=method)
    return file.getvalue()


def content_types(main_type, main_part):
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/>'
        f'<Override PartName="/{main_part}" ContentType="{main_type}"/></Types>'
    )


def docx_parts(*paragraphs, body=""):
    body = body or "".join(map(PARAGRAPH.format, paragraphs or ["A sentence."]))
    return {
        "[Content_Types].xml": content_types(DOCUMENT_TYPE, "word/document.xml"),
        "_rels/.rels": RELATIONS,
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }


def docx(*paragraphs, more=None, **parts):
    return zipped({**docx_parts(*paragraphs, **parts), **(more or {})})


def xlsx(more=None):
    types = content_types(SHEET_TYPE, "xl/workbook.xml")
    return zipped({"[Content_Types].xml": types, "xl/workbook.xml": "<workbook/>", **(more or {})})


def odf_parts(kind, content="<office:document-content/>"):
    return {
        "mimetype": f"{ODF}.{kind}",
        "META-INF/manifest.xml": "<manifest:manifest/>",
        "content.xml": content,
    }


def odt(more=None):
    return zipped({**odf_parts("text"), **(more or {})}, stored={"mimetype"})


def ods(more=None):
    return zipped({**odf_parts("spreadsheet"), **(more or {})}, stored={"mimetype"})


def png(width=20, height=10):
    """A picture of one colour; its size is in the header, its pixels are never drawn."""

    def chunk(kind, data):
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + width // 8) * min(height, 100))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def jpeg(width=20, height=10):
    """Its head, as a camera writes it: application data first, then the frame."""
    application = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + application + frame + b"\xff\xd9"


SOUND = {
    "study.pdf": PDF,
    "letter.docx": docx(),
    "table.xlsx": xlsx(),
    "letter.odt": odt(),
    "table.ods": ods(),
    "plan.png": png(),
    "photo.jpg": jpeg(),
    "photo.JPEG": jpeg(),
    "list.csv": "név;szám\r\nő;1\r\n".encode("cp1250"),
    "note.txt": "Árvíztűrő tükörfúrógép\n".encode(),
}
