"""Which files are taken: by name, by content, within limits; everything else in a second."""

import struct
from io import BytesIO
from time import perf_counter

import pytest
from django.core.exceptions import ValidationError

from core.files import kind_of, tidy_name
from core.refusals import (
    DAMAGED,
    LOCKED,
    MACROS,
    ODD,
    OTHER_CONTENT,
    TOO_MANY_PIXELS,
    UNPACKS_TO_TOO_MUCH,
)
from tests import samples
from tests.samples import docx, docx_parts, jpeg, odf_parts, odt, png, xlsx, zipped

pytestmark = pytest.mark.usefixtures("english")

ENTITIES = '<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
EXTERNAL = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>'
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def refused(name, content):
    """The sentence with which the file is refused, or None; in less than a second."""
    began = perf_counter()
    try:
        kind_of(BytesIO(content), name)
    except ValidationError as error:
        sentence = error.messages[0]
    else:
        sentence = None
    assert perf_counter() - began < 1
    return sentence


def changed(content, *, at, by):
    """The bytes with others put in at a place counted from the start, or from the end."""
    at = at if at >= 0 else len(content) + at
    return content[:at] + by + content[at + len(by) :]


def with_lying_directory(size):
    """An archive whose directory tells another size of its last part than it has."""
    archive = docx()
    place = archive.rindex(b"PK\x01\x02")
    return changed(archive, at=place + 24, by=struct.pack("<L", size))


def with_shared_bytes():
    """Two entries of the directory that point to the same bytes."""
    archive = zipped({**docx_parts(), "word/a.bin": b"x" * 500, "word/b.bin": b"x" * 500})
    offsets = [archive.index(b"PK\x03\x04", archive.index(name) - 40) for name in (b"word/a.bin",)]
    place = archive.rindex(b"PK\x01\x02")
    return changed(archive, at=place + 42, by=struct.pack("<L", offsets[0]))


@pytest.mark.parametrize("name", samples.SOUND)
def test_a_sound_file_of_each_kind_is_taken(name):
    assert refused(name, samples.SOUND[name]) is None


@pytest.mark.parametrize(
    "name",
    ["a.svg", "a.html", "a.xhtml", "a.js", "a.exe", "a.doc", "a.docm", "a.zip", "a", "pdf", ".pdf"],
)
def test_O_011_a_kind_that_is_not_on_the_list_is_refused(name):
    sentence = "Files of this kind are not taken; these are: "

    assert refused(name, samples.PDF)[: len(sentence)] == sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", samples.EXE),
        ("a.pdf", b""),
        ("a.pdf", b"\n" + samples.PDF),
        ("a.png", samples.EXE),
        ("a.png", jpeg()),
        ("a.jpg", png()),
        ("a.docx", samples.EXE),
        ("a.docx", samples.PDF),
        ("a.docx", xlsx()),
        ("a.docx", odt()),
        ("a.xlsx", docx()),
        ("a.odt", samples.ods()),
        ("a.odt", docx()),
        ("a.ods", zipped({"readme.txt": "no document"})),
        ("a.txt", samples.EXE),
        ("a.csv", "név;szám".encode("utf-16")),
    ],
)
def test_O_011_the_content_must_be_what_the_name_says(name, content):
    assert refused(name, content) == OTHER_CONTENT


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", samples.OLE, LOCKED),
        ("a.docx", docx()[:-30], DAMAGED),
        ("a.docx", docx()[: len(docx()) // 2], DAMAGED),
        ("a.docx", docx() + b"something after it", DAMAGED),
        ("a.docx", b"PK", DAMAGED),
        ("a.docx", samples.EXE[:5] + docx(), OTHER_CONTENT),
        ("a.docx", with_lying_directory(3), DAMAGED),
        ("a.docx", with_lying_directory(3_000_000_000), UNPACKS_TO_TOO_MUCH),
        ("a.docx", with_shared_bytes(), ODD),
        ("a.docx", docx(more={"word/vbaProject.bin": b"x"}), MACROS),
        (
            "a.docx",
            docx(more={"[Content_Types].xml": samples.content_types(MACRO_TYPE, "word/d.xml")}),
            MACROS,
        ),
        ("a.odt", odt({"Basic/Standard/Module1.xml": "<x/>"}), MACROS),
        ("a.odt", odt({"Scripts/python/go.py": "go()"}), MACROS),
        (
            "a.odt",
            odt({"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            LOCKED,
        ),
        ("a.docx", docx(more={"../../etc/cron.d/x": "x"}), ODD),
        ("a.docx", docx(more={"/etc/cron.d/x": "x"}), ODD),
        ("a.docx", docx(more={"..\\..\\x": "x"}), ODD),
        ("a.docx", docx(more={"word/media/run.exe": "x"}), ODD),
        ("a.docx", docx(more={"word/media/inner.zip": docx()}), ODD),
        ("a.docx", docx(more={"word/\x01.xml": "<x/>"}), ODD),
        (
            "a.odt",
            zipped([*odf_parts("text").items(), ("Content.XML", "<x/>")], stored={"mimetype"}),
            ODD,
        ),
        ("a.docx", docx(more={"word/notes.xml": "<x/>".encode("utf-16")}), ODD),
        ("a.docx", docx(more={"word/notes.xml": ENTITIES}), ODD),
    ],
)
def test_an_archive_that_is_no_honest_document_is_refused(name, content, sentence):
    assert refused(name, content) == sentence


def test_O_014_a_small_file_that_unpacks_to_much_is_refused():
    sheet = b"<row><c><v>1</v></c></row>" * 1_200_000
    bomb = xlsx({"xl/worksheets/sheet1.xml": sheet})

    assert (len(bomb) < 121_000, len(sheet) > 30_000_000) == (True, True)
    assert refused("a.xlsx", bomb) == UNPACKS_TO_TOO_MUCH


def test_O_014_a_file_of_very_many_parts_is_refused():
    assert refused("a.docx", docx(more={f"word/{n}.xml": "" for n in range(2001)})) == (
        UNPACKS_TO_TOO_MUCH
    )


def test_O_014_a_directory_that_hides_its_length_is_refused():
    """The longer counts of ZIP64 stand before the end that older readers know."""
    archive = docx()
    end = len(archive) - 22
    hidden = archive[:end] + b"PK\x06\x07" + bytes(16) + archive[end:]
    length, start = struct.unpack("<LL", archive[end + 12 : end + 20])

    assert refused("a.docx", hidden) == ODD
    assert refused("a.docx", changed(hidden, at=-10, by=struct.pack("<L", length + 20))) == ODD
    assert start + length == end


@pytest.mark.parametrize("declared", [ENTITIES, EXTERNAL, f"<!-- {'x' * 300_000} -->{EXTERNAL}"])
def test_O_015_declared_entities_are_refused(declared):
    assert refused("a.xlsx", xlsx({"xl/sharedStrings.xml": declared})) == ODD


@pytest.mark.parametrize("filler", range(262_130, 262_146))
def test_O_015_a_declaration_is_seen_wherever_it_stands(filler):
    assert refused("a.xlsx", xlsx({"xl/s.xml": " " * filler + EXTERNAL})) == ODD


@pytest.mark.parametrize("picture", [png, jpeg])
@pytest.mark.parametrize("side", [12_000, 20_000])
def test_O_016_a_picture_of_too_many_pixels_is_refused_by_its_header(picture, side):
    ending = picture.__name__

    assert refused(f"a.{ending}", picture(side, side)) == TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png()[:20]),
        ("a.png", png(0, 10)),
        ("a.jpg", jpeg()[:25]),
        ("a.jpg", jpeg(10, 0)),
        ("a.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 1000),
        ("a.jpg", b"\xff\xd8\x00\x00"),
    ],
)
def test_a_picture_without_a_size_is_damaged(name, content):
    assert refused(name, content) == DAMAGED


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../../app/settings.pdf", "settings.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\0.pdf", "a.pdf"),
        ("Jelente\u0301s\u202efdp.exe.pdf", "Jelentésfdp.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("CON.pdf", "CON.pdf"),
        ("<img src=x>.pdf", "<img src=x>.pdf"),
    ],
)
def test_O_010_a_name_is_kept_as_text(name, kept):
    assert tidy_name(name) == kept
