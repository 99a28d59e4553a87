"""What files are made of a sheet: all its words, in order, as words, and nothing besides."""

from dataclasses import replace

import pytest

from core import sandbox
from positions.press import office, opendocument, pdf, word
from positions.press.sheet import Sheet, tamed
from positions.press.tree import tree
from tests.office import TEXT as TEXT_NAME
from tests.office import docx_paragraphs, odt_paragraphs, parts, xml
from tests.pdfs import Pdf

FACTS = '<div class="facts"><p><strong>Szám:</strong> MT-2026/014</p></div>'
TEXT = [
    "<h3>Nyitás &amp; <em>zárás</em></h3>",
    '<p>Árvíztűrő tükörfúrógép, Čšž; <a href="https://example.org/a?b=c#d">lásd</a>'
    "<small>Kelt <em>kitalált</em> napon.</small>.</p>",
    "<ul><li>egy<ul><li>kettő</li></ul></li><li><p>három</p><p>négy</p></li></ul>",
    "<table><caption>Óraszámok</caption>"
    '<thead><tr><th>Nap</th><th colspan="2">Óra</th></tr></thead>'
    '<tbody><tr><td rowspan="2">hétfő</td><td>8</td><td>12</td></tr>'
    "<tr><td>13</td><td>18</td></tr></tbody></table>",
    "<blockquote>Idézet<br>két sorban</blockquote>",
    "<ol><li>elsőként</li></ol>",
    "<p>H<sub>2</sub>O és m<sup>2</sup>, <u>alá</u>, <s>át</s>, <strong>vastag</strong>.</p>",
]
POINTS = '<h1>Amit kérünk</h1><ol><li><p lang="hu">Több időt.</p></li></ol>'
CODE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "@label <label> $x^2$ *b* _i_ `raw` = cím",
    "- tétel // megjegyzés /* más */ \\ #{ 1 + 1 }",
    "~ --- ... [x] #let x = sys.inputs",
    "=HYPERLINK(1) +1 -1 @SUM(A1)",
    r"\input{x} \u{41} ```{=openxml} <w:p/> ```",
]


def sheet(passage, blocks=TEXT, **fields):
    numbered = "".join(passage(number, block) for number, block in enumerate(blocks, start=1))
    text = f'<h1 class="part">Szöveg</h1><div class="text" lang="hu">{numbered}</div>'
    given = {
        "language": "hu",
        "association": "Könyvtári Szövetség",
        "section": "Megyei Tagozat",
        "reference": "MT-2026/014",
        "version": "3. változat",
        "title": "A nyitvatartás <rendje> & más",
        "body": FACTS + text + POINTS,
        "saved": 1_800_000_000,
    }
    return Sheet(**given | fields)


def as_pdf(*args, **fields):
    return Pdf(pdf.make(sheet(pdf.passage, *args, **fields)))


def as_docx(*args, **fields):
    return word.make(sheet(office.passage, *args, **fields))


def as_odt(*args, **fields):
    return opendocument.make(sheet(office.passage, *args, **fields))


# PDF ----------------------------------------------------------------------------------------


def test_O_089_a_pdf_says_what_it_is():
    made = as_pdf()

    said = made.said_of_itself
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "A nyitvatartás &lt;rendje&gt; &amp; más" in said
    assert [b"/Marked true" in made, b"/StructTreeRoot" in made, b"/Lang(hu)" in made] == [True] * 3
    assert b"/DisplayDocTitle true" in made


def test_O_089_a_pdf_is_tagged():
    tags = as_pdf().tags

    expected = {"Title": 1, "H1": 2, "H2": 1, "H3": 0, "Table": 1, "L": 4, "Link": 3}
    # An h3 with no h2 before it is an H2; a note is a link to its place and back.
    assert {kind: tags.count(kind) for kind in expected} == expected
    assert [tags.count(kind) for kind in ("THead", "TH", "TD", "BlockQuote")] == [1, 2, 5, 1]


def test_a_pdf_reads_in_order():
    """A cell of two rows is drawn after the first of them; its tag comes before them."""
    assert as_pdf().text == (
        "Könyvtári Szövetség Megyei Tagozat A nyitvatartás <rendje> & más Szám: MT-2026/014 "
        "Szöveg 1 Nyitás & zárás 2 Árvíztűrő tükörfúrógép, Čšž; lásd 1 . "
        "3 • egy ‣ kettő • három négy 4 Óraszámok Nap Óra 8 12 hétfő 13 18 "
        "5 Idézet két sorban 6 1. elsőként 7 H 2 O és m 2 , alá , át , vastag . "
        "Amit kérünk 1. Több időt. 1 Kelt kitalált napon. MT-2026/014, 3. változat 1 / 1"
    )


def test_a_pdf_counts_its_pages():
    made = as_pdf(["<p>Sok szó.</p>"] * 120)

    assert [line for line in made.lines if " / " in line] == [f"{n} / 4" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize("code", CODE)
def test_what_looks_like_code_stays_words(code):
    escaped = code.replace("<", "&lt;")
    made = as_pdf([f"<p>{escaped}</p>"], title=code, section=code)

    assert made.text.count(" ".join(code.split())) == 3


def test_characters_without_a_letter_are_shown_as_a_square_and_it_is_said():
    made = as_pdf(["<p>öröm 😀 漢字 vége</p>"], title="👨‍👩‍👧 cím")

    assert "öröm □ □□ vége" in made.text
    assert made.lines.count("A dokumentum betűtípusából hiányzó jelek helyén □ áll.") == 1


def test_the_same_sheet_makes_the_same_file():
    assert pdf.make(sheet(pdf.passage)) == pdf.make(sheet(pdf.passage))


# DOCX and ODT --------------------------------------------------------------------------------

READ = [
    "A nyitvatartás <rendje> & más",
    "Szám: MT-2026/014",
    "Szöveg",
    "1 Nyitás & zárás",
    "2 Árvíztűrő tükörfúrógép, Čšž; lásd.",
    "3 ",
    "egy",
    "kettő",
    "három",
    "négy",
    "4 ",
    "Óraszámok",
    "Nap",
    "Óra",
    "hétfő",
    "8",
    "12",
    "13",
    "18",
    "5 ",
    "Idézet két sorban",
    "6 ",
    "elsőként",
    "7 H2O és m2, alá, át, vastag.",
    "Amit kérünk",
    "Több időt.",
]


def test_a_docx_reads_in_order_with_its_styles():
    paragraphs = [each for each in docx_paragraphs(as_docx()) if each[1]]

    assert [text for _style, text in paragraphs] == READ
    assert [paragraphs[place][0] for place in (0, 1, 2, 3, 5, 11)] == [
        "Title",
        "PortalFacts",
        "PortalHeading",
        "Heading3",
        "PortalNumberLine",
        "TableCaption",
    ]


def test_an_odt_reads_in_order_with_its_styles():
    found = odt_paragraphs(as_odt())
    paragraphs = [(style, text) for style, text in found if text and style != "Footnote"]

    assert [text for _style, text in paragraphs] == READ
    assert [paragraphs[place][0] for place in (0, 1, 2, 3, 4, 5)] == [
        "Title",
        "PortalFacts",
        "PortalHeading",
        "NumberedHeading3",
        "Numbered",
        "PortalNumberLine",
    ]


def test_a_note_is_one_at_the_foot_of_the_page():
    footnotes = xml(as_docx(), "word/footnotes.xml")
    noted = [each for each in xml(as_odt(), "content.xml").iter() if each.tag == f"{TEXT_NAME}note"]

    assert "".join(footnotes.itertext()).split()[-3:] == ["Kelt", "kitalált", "napon."]
    assert ["".join(each.itertext()).strip() for each in noted] == ["1Kelt kitalált napon."]


def test_both_carry_letterhead_title_and_pages():
    word_parts, odt_parts = parts(as_docx()), parts(as_odt())

    assert "Könyvtári Szövetség" in word_parts["word/letterhead0.xml"].decode()
    assert "Megyei Tagozat" in word_parts["word/letterhead0.xml"].decode()
    assert "MT-2026/014, 3. változat" in word_parts["word/letterhead3.xml"].decode()
    assert " NUMPAGES " in word_parts["word/letterhead3.xml"].decode()
    assert "A nyitvatartás &lt;rendje&gt; &amp; más" in word_parts["docProps/core.xml"].decode()
    styles = odt_parts["styles.xml"].decode()
    assert [styles.count(words) for words in ("Könyvtári Szövetség", "Megyei Tagozat")] == [2, 1]
    assert "A nyitvatartás &lt;rendje&gt; &amp; más" in odt_parts["meta.xml"].decode()


def test_both_say_their_language():
    assert 'w:val="hu"' in parts(as_docx())["word/styles.xml"].decode()
    assert "<dc:language>hu</dc:language>" in parts(as_odt())["meta.xml"].decode()


def test_every_part_of_a_docx_is_declared_and_every_relation_leads_somewhere():
    made = as_docx()
    types = {each.get("PartName") for each in xml(made, "[Content_Types].xml")} - {None}
    relations = [
        each.get("Target")
        for each in xml(made, "word/_rels/document.xml.rels")
        if each.get("TargetMode") != "External"
    ]

    names = set(parts(made))
    assert {name.lstrip("/") for name in types} <= names
    assert {f"word/{target}" for target in relations} <= names


@pytest.mark.parametrize("code", CODE)
def test_what_looks_like_code_stays_words_in_both(code):
    escaped = code.replace("<", "&lt;")
    docx = docx_paragraphs(as_docx([f"<p>{escaped}</p>"], title=code, section=code))
    odt = odt_paragraphs(as_odt([f"<p>{escaped}</p>"], title=code, section=code))

    expected = [code, "Szám: MT-2026/014", "Szöveg", f"1 {code}", "Amit kérünk", "Több időt."]
    assert [text for _style, text in docx] == expected
    assert [text for _style, text in odt] == expected


def test_control_characters_break_no_file():
    words = "a\x01b\x0bc\x1fd\ufffe"
    docx, odt = as_docx([f"<p>{words}</p>"], title=words), as_odt([f"<p>{words}</p>"], title=words)

    assert docx_paragraphs(docx)[0][1] == "abcd"
    assert odt_paragraphs(odt)[0][1] == "abcd"
    assert xml(docx, "word/letterhead0.xml") is not None


# Harm ----------------------------------------------------------------------------------------


def test_O_090_nothing_is_fetched_and_no_file_is_opened():
    """Pictures are not among the tags; one that slipped through would be left out unread."""
    blocks = [
        '<p>x<img src="http://127.0.0.1:9/x"></p>',
        '<p><img src="/etc/hostname"><img src="file:///etc/passwd"></p>',
        '<p><a href="https://127.0.0.1:9/y">y</a></p>',
    ]
    docx, odt = parts(as_docx(blocks)), parts(as_odt(blocks))

    assert [name for name in (*docx, *odt) if "media" in name or "Pictures" in name] == []
    assert "root:" not in as_pdf(blocks).text


@pytest.mark.parametrize(
    "block",
    [
        "<ul><li>" * 400 + "mély" + "</li></ul>" * 400,
        "<blockquote>" * 400 + "<p>mély</p>" + "</blockquote>" * 400,
        "<p>" + "<strong><em>" * 200 + "mély" + "</em></strong>" * 200 + "</p>",
        '<table><tr><td colspan="60000" rowspan="60000">mély</td><td>a</td></tr></table>',
        "<table><tr><td>" + "<table><tr><td>" * 40 + "mély" + "</td></tr></table>" * 41,
        "<p>mély" + "x" * 200_000 + "</p>",
        "<ul></ul><table></table><p></p><ol><li></li></ol><p>mély</p>",
    ],
    ids=["lists", "quotes", "inline", "spans", "tables", "word", "empty"],
)
@pytest.mark.parametrize("make", [as_pdf, as_docx, as_odt])
def test_no_text_is_too_entangled_to_be_printed(make, block):
    made = make([tamed(block)])

    text = (
        made.text
        if make is as_pdf
        else str((docx_paragraphs if make is as_docx else odt_paragraphs)(made))
    )
    assert "mély" in text


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 1)

    with pytest.raises(sandbox.TooMuch):
        as_pdf(["<p>" + "szó " * 2000 + "</p>"] * 3000)


def test_no_cell_stretches_over_hundreds():
    assert tamed('<td colspan="60000" rowspan="7">') == '<td colspan="30" rowspan="7">'


# The tree ------------------------------------------------------------------------------------


def test_no_level_of_headings_is_skipped():
    heads = tree("<h1>a</h1><section><h3>b</h3></section><h2>c</h2><h3>d</h3><h1>e</h1><h3>f</h3>")
    levels = [node["level"] if "level" in node else node["kids"][0]["level"] for node in heads]

    assert levels == [1, 2, 2, 3, 1, 2]


def test_cells_of_a_ragged_table_keep_their_rows():
    (table,) = tree(
        "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
        "<tr><td colspan=9>e</td></tr></table>"
    )
    places = [(cell["kids"][0], cell["x"], cell["y"], cell["colspan"]) for cell in table["body"]]

    assert table["columns"] == 3
    assert places == [
        ("a", 0, 0, 1),
        ("b", 1, 0, 1),
        ("c", 1, 1, 1),
        ("d", 2, 1, 1),
        ("e", 0, 2, 3),
    ]


def test_words_outside_of_blocks_are_paragraphs_of_their_own():
    assert [node["kids"] for node in tree("<div>one<p>two</p> three </div>")[0]["kids"]] == [
        ["one"],
        ["two"],
        ["three"],
    ]


def test_a_sheet_may_bring_a_title_with_marks():
    marked = '<span class="insertion" author="A" date="2026-01-01T00:00:00Z">Új</span> cím'
    made = word.make(replace(sheet(office.passage), heading=marked))

    assert docx_paragraphs(made)[0] == ("Title", "Új cím")
