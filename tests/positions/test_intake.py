"""Files of Word and LibreOffice become texts: what the tags can say is kept, the rest is told."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from core.tidy import tidy
from positions.intake import report
from positions.intake.converted import Unreadable, convert
from positions.intake.markup import Writer
from tests.positions.word_sample import as_word_writes, item, par, run
from tests.samples import docx, docx_parts, zipped

pytestmark = pytest.mark.usefixtures("english")

FILES = Path(__file__).parent / "files"
TABLE = (
    '<table><thead><tr><th scope="col">Könyvtár</th><th colspan="2" scope="col">Forgalom</th></tr>'
    "</thead><tbody>{}</tbody></table>"
)
JOINT = "".join(
    [
        "<h2>Bevezetés</h2>",
        "<p>Ez egy <strong>félkövér</strong>, <em>dőlt</em>, <u>aláhúzott</u> és <s>áthúzott</s> ",
        "mondat, x<sup>2</sup> és H<sub>2</sub>O.<small>Az első <em>lábjegyzet</em>.</small> ",
        "Piros szavak.</p>",
        "<p>Itt beszúrt szavak állnak, és itt hiányoznak.</p>",
        "<h3>Listák</h3>",
        "<ul><li>első pont<ul><li>beljebb egy</li><li>beljebb kettő</li></ul></li>",
        "<li>második pont</li></ul>",
        "<p>Közbeszúrt bekezdés.</p>",
        "<ol><li>számozott egy<ol><li>betűs a</li><li>betűs b</li></ol></li>",
        "<li>számozott kettő</li></ol>",
        "<h3>Negyedik szint</h3>",
        "<blockquote>Idézett szöveg egy rendeletből.</blockquote>",
        '<p>Lásd a <a href="https://example.org/rendelet?a=1&amp;b=2" rel="noopener nofollow">',
        "rendeletet</a> is.</p>",
        TABLE.format(
            '<tr><td rowspan="2">1. Mintakönyvtár</td><td>2025</td><td>1 200</td></tr>'
            "<tr><td>2026</td><td><p>1 300</p><p>(becslés)</p></td></tr>"
        ),
        "<p>Kép:</p><p>Szövegdoboz:</p><p>A dobozban álló szavak.</p>",
        "<p>Sortörés<br>után. Végjegyzet is van.",
        "<small>A végjegyzet első bekezdése. A második bekezdése.</small></p>",
    ]
)
JOINT_TOLD = [
    "1 picture is not in the text; attach it as a file if it is needed.",
    "1 comment was left out.",
    "In 1 paragraph words were marked by a colour; the colour was left out.",
    "2 tracked changes were accepted.",
    "A numbered list became 2 points; its heading was left out.",
    "The words of 1 text box follow the paragraph it hung on.",
    "2 footnotes or endnotes became notes of the text.",
    "1 note of several paragraphs, or with a list or table, became one line.",
    "1 heading of a deeper level became a subheading.",
    "1 list with letters, Roman numerals or another start is numbered 1, 2, 3 now.",
]
WORD = "".join(
    [
        "<p>A mintatagozat tervezete</p>",
        "<h2>Bevezetés</h2>",
        "<p>Szavak: <strong>félkövér</strong>, <em>dőlt</em>, <u>aláhúzott</u>, <s>áthúzott</s>, ",
        "x<sup>2</sup> és H<sub>2</sub>O, piros, rejtett.</p>",
        "<p>Itt beszúrt szavak állnak, idehozva.</p>",
        "<p>Megjegyzett szöveg<small>Jegyzet <em>dőlt</em> szava. Második bekezdése.</small>.</p>",
        "<p>A doboz bekezdése, előtte és utána.</p><p>A dobozban álló szavak.</p>",
        "<ol><li>egy<ol><li>egy és bé<ol><li>egy és bé és római</li></ol></li></ol></li>",
        "<li>kettő</li></ol>",
        "<p>Közbeszúrt bekezdés.</p>",
        "<ul><li>pont<ul><li>alpont</li></ul></li></ul>",
        "<blockquote>Idézet egy rendeletből.</blockquote>",
        '<p><a href="https://example.org/kulso" rel="noopener nofollow">Távoli</a> és ',
        '<a href="https://example.org/mezo" rel="noopener nofollow">mezős</a> cím, belső cím, ',
        "dátum: 2026. 03. 01.</p>",
        "<p>Tabulátor után<br>sor.</p>",
        TABLE.format(
            '<tr><td rowspan="2">1. Mintakönyvtár</td><td>2025</td>'
            "<td><ul><li>helyben</li><li>kölcsön</li></ul></td></tr>"
            "<tr><td>2026</td><td>belső tábla</td></tr>"
        ),
        "<p>x + 1 képlet</p><p>Objektum.</p>",
        "<h3>Harmadik szint</h3><h3>Ötödik szint</h3>",
    ]
)
WORD_TOLD = [
    "1 picture is not in the text; attach it as a file if it is needed.",
    "2 charts, drawings or embedded tables are not in the text.",
    "1 comment was left out.",
    "1 table of contents or index was left out.",
    "1 page header or footer was left out.",
    "2 headings have lost their automatic numbers; look whether the text names any.",
    "In 1 paragraph words were marked by a colour; the colour was left out.",
    "4 tracked changes were accepted.",
    "A numbered list became 2 points; its heading was left out.",
    "The words of 1 text box follow the paragraph it hung on.",
    "1 footnote or endnote became a note of the text.",
    "1 note of several paragraphs, or with a list or table, became one line.",
    "1 heading of a deeper level became a subheading.",
    "2 lists with letters, Roman numerals or another start are numbered 1, 2, 3 now.",
    "1 table in a cell of another became lines of words.",
    "1 formula became typed text.",
    "1 reference to another place of the file became plain text.",
    "1 hidden passage can be seen now.",
]
POINTS = ["Készüljön közös ajánlás.", "Az eltéréseket tegyük közzé."]


def read(name):
    return convert((FILES / name).read_bytes(), name.rsplit(".", 1)[1])


def told(text):
    return [line.sentence for part in report.told(text.report) for line in part]


def body_of(*paragraphs):
    return convert(docx(body="".join(paragraphs)), "docx").body


# Whole files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["joint.docx", "joint.odt"])
def test_a_file_of_libreoffice_becomes_a_text(name):
    text = read(name)

    assert (text.title, text.points) == ("Minta: vélemény a kölcsönzés rendjéről", POINTS)
    assert text.body == JOINT
    assert told(text) == JOINT_TOLD


def test_a_file_of_word_becomes_a_text():
    text = convert(as_word_writes(), "docx")

    assert (text.title, text.points) == ("Minta: Wordben írt vélemény", POINTS)
    assert text.body == WORD
    assert told(text) == WORD_TOLD


def test_a_file_of_word_saved_by_libreoffice_becomes_the_same_text():
    """Its field shows another day and it had no program for formulas; all else is the same."""
    text = read("as-word-writes.odt")

    same = WORD.replace("x + 1 ", "")
    assert text.body == re.sub("dátum: [^<]*", "dátum: 11/22/26", same)
    assert text.points == POINTS


@pytest.mark.parametrize("name", ["from-web.docx", "from-web.odt"])
def test_a_page_saved_from_the_web_becomes_a_text(name):
    text = read(name)

    assert text.title == "Minta: böngészőből mentett szöveg"
    assert text.body == "".join(
        [
            "<p>Bevezető <strong>vastag</strong> és <em>dőlt</em> szó; ",
            '<a href="mailto:minta@example.org" rel="noopener nofollow">levél</a>.</p>',
            "<h2>Első rész</h2>",
            "<ol><li>egy<ul><li>a<ol><li>mély</li></ol></li></ul></li><li>kettő</li></ol>",
            "<blockquote><p>Idézet egy.</p><p>Idézet kettő.</p></blockquote>",
            '<p>Táblacím</p><table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr>',
            '</thead><tbody><tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr></tbody>',
            "</table><h3>Alcím</h3><p>E=mc<sup>2</sup>, H<sub>2</sub>O</p><p>kód</p><p>sor</p>",
        ]
    )
    assert told(text) == []


@pytest.mark.parametrize("text", [JOINT, WORD])
def test_a_text_that_was_read_is_as_tidy_as_one_that_was_typed(text):
    assert tidy(text) == text


# What is told ---------------------------------------------------------------------------------


def test_what_pictures_show_is_told_so_that_they_can_be_found():
    text = read("joint.docx")

    named = {entry["what"]: entry["names"] for entry in text.report if entry["names"]}
    assert named == {"pictures": ["A mintakönyvtár alaprajza"], "points": ["Javaslataink"]}


def test_words_that_pandoc_lets_go_of_are_told():
    """A ruby stands above other words; pandoc reads neither."""
    lost = (
        "<w:r><w:rPr/><w:sdt/></w:r><w:smartTag><w:r><w:t>Elveszett szavak</w:t></w:r></w:smartTag>"
    )
    text = convert(
        docx(body=par(run("Megmaradt.")) + f"<w:unheard>{par(lost)}</w:unheard>"), "docx"
    )

    assert text.body == "<p>Megmaradt.</p>"
    assert [(entry["what"], entry["names"]) for entry in text.report] == [
        ("missing", ["Elveszett szavak"])
    ]


def test_a_link_that_leads_elsewhere_is_told():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
        "</Relationships>"
    )
    link = (
        '<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        f' r:id="rId1">{run("ide")}</w:hyperlink>'
    )
    parts = docx_parts(body=par(run("Kattintson ") + link))

    text = convert(zipped({**parts, "word/_rels/document.xml.rels": relations}), "docx")

    assert text.body == "<p>Kattintson ide</p>"
    assert [(entry["what"], entry["names"]) for entry in text.report] == [
        ("links", ["javascript:alert(1)"])
    ]


# Title and points -----------------------------------------------------------------------------


def header(level, words):
    return {"t": "Header", "c": [level, ["", [], []], [{"t": "Str", "c": words}]]}


def test_headings_keep_their_order_whatever_their_levels():
    blocks = [header(2, "a"), header(4, "b"), header(6, "c")]
    writer = Writer()

    assert writer.text(blocks) == "<h2>a</h2><h3>b</h3><h3>c</h3>"
    assert writer.found["headings"] == 1


def test_a_first_line_in_bold_is_the_title():
    text = convert(docx(body=par(run("A cím", "<w:b/>")) + par(run("Szöveg."))), "docx")

    assert (text.title, text.body) == ("A cím", "<p>Szöveg.</p>")


def test_a_list_that_is_not_plain_stays_in_the_text():
    """A point is words alone: a list in it would be lost."""
    parts = {
        name: ZipFile(FILES / "joint.docx").read(name)
        for name in ZipFile(FILES / "joint.docx").namelist()
    }
    words = "Készüljön közös ajánlás.".encode()
    bold = b"</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>"
    parts["word/document.xml"] = parts["word/document.xml"].replace(words, words + bold + b"Sor.")

    text = convert(zipped(parts), "docx")

    assert text.points == []
    assert text.body.endswith(
        "<h2>Javaslataink</h2><ol><li>Készüljön közös ajánlás.<br>Sor.</li>"
        "<li>Az eltéréseket tegyük közzé.</li></ol>"
    )


# What cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (docx(body="<w:p>"), "This file is damaged or incomplete; open it and save it anew."),
        (docx(body=par("")), "There are no words in this file that could be read."),
        (
            docx(body="<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000),
            "This file is damaged or incomplete; open it and save it anew.",
        ),
    ],
    ids=["cut off", "empty", "deep"],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content, sentence):
    with pytest.raises(Unreadable) as refused:
        convert(content, "docx")

    assert str(refused.value) == sentence


def test_what_no_position_could_hold_is_told_before_it_is_gone_through(monkeypatch):
    """Its paragraphs would be looked for one by one: a minute and more for half a megabyte."""
    monkeypatch.setattr("positions.intake.converted.LONGEST_WRITTEN", 1000)
    monkeypatch.delattr("positions.intake.converted._missing")

    with pytest.raises(Unreadable) as refused:
        convert(docx(*["Egy bekezdés szavai."] * 60), "docx")

    assert str(refused.value).startswith("This file is too long or too intricate")


def test_what_takes_too_much_is_ended(monkeypatch):
    monkeypatch.setattr("positions.intake.converted.MEMORY", 200 * 1024 * 1024)

    with pytest.raises(Unreadable) as refused:
        convert(docx(*["Egy bekezdés szavai."] * 60_000), "docx")

    assert str(refused.value) == (
        "This file is too long or too intricate to be read here; bring it in parts."
    )


@pytest.mark.parametrize("vector", ["<script>x()</script>", "&lt;img src=x onerror=x()&gt;"])
def test_O_019_words_stay_words(vector):
    written = vector.replace("<", "&lt;").replace(">", "&gt;") if "<" in vector else vector

    body = body_of(par(run(written)), item(written, 0, 1))

    assert re.findall("<(?!/?(?:p|blockquote)>)[^>]*>", body) == []
    assert "&lt;" in body
