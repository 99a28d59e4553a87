"""A file as Word itself writes it in Hungarian: everything that a text here has, and much that it
has not. `files/as-word-writes.odt` was made of it by LibreOffice."""

from tests.samples import zipped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
MICROSOFT = "http://schemas.microsoft.com/office/word/2010"
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{OFFICE}/relationships",
    "m": f"{OFFICE}/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": f"{DRAWING}/wordprocessingDrawing",
    "a": f"{DRAWING}/main",
    "pic": f"{DRAWING}/picture",
    "c": f"{DRAWING}/chart",
    "wps": f"{MICROSOFT}/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in SPACES.items())
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def run(text, marks=""):
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(inside, style="", more=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{inside}</w:p>"


def item(text, level, number):
    of = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return par(run(text), "Listaszerbekezds", of)


def cell(inside, more=""):
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{more}</w:tcPr>{inside}</w:tc>'


def field(code, result):
    def char(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    return char("begin") + told + char("separate") + run(result) + char("end")


def drawing(uri, inside, words=""):
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{words}"/><a:graphic>'
        f'<a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></wp:inline></w:drawing>'
        "</w:r>"
    )


BOX = f"<w:txbxContent>{par(run('A dobozban álló szavak.'))}</w:txbxContent>"
BOXED = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
    f'<a:graphicData uri="{SPACES["wps"]}"><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp>'
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
CONTENTS = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="
    '"Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
    + par(run("Tartalom"), "TJ")
    + par(f'<w:hyperlink w:anchor="_Toc1">{run("Bevezetés")}</w:hyperlink>', "TJ1")
    + "</w:sdtContent></w:sdt>"
)
GRID = (
    '<w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
)
INNER = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr>'
    f"{cell(par(run('belső tábla')))}</w:tr></w:tbl>"
)
TABLE = (
    f"<w:tbl><w:tblPr/>{GRID}<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell(par(run('Könyvtár')))}"
    + cell(par(run("Forgalom")), '<w:gridSpan w:val="2"/>')
    + "</w:tr><w:tr>"
    + cell(par(run("1. Mintakönyvtár")), '<w:vMerge w:val="restart"/>')
    + cell(par(run("2025")))
    + cell(item("helyben", 0, 2) + item("kölcsön", 0, 2))
    + f"</w:tr><w:tr>{cell('<w:p/>', '<w:vMerge/>')}{cell(par(run('2026')))}"
    + cell(INNER + par(""))
    + "</w:tr></w:tbl>"
)
BODY = "".join(
    [
        par(run("Minta: Wordben írt vélemény"), "Cm"),
        par(run("A mintatagozat tervezete"), "Alcm"),
        CONTENTS,
        par(
            f'<w:bookmarkStart w:id="0" w:name="_Toc1"/>{run("Bevezetés")}'
            '<w:bookmarkEnd w:id="0"/>',
            "Cmsor1",
        ),
        par(
            run("Szavak: ")
            + run("félkövér", "<w:b/>")
            + run(", ")
            + run("dőlt", "<w:i/>")
            + run(", ")
            + run("aláhúzott", '<w:u w:val="single"/>')
            + run(", ")
            + run("áthúzott", "<w:strike/>")
            + run(", x")
            + run("2", '<w:vertAlign w:val="superscript"/>')
            + run(" és H")
            + run("2", '<w:vertAlign w:val="subscript"/>')
            + run("O, ")
            + run("piros", '<w:color w:val="FF0000"/>')
            + run(", ")
            + run("rejtett", "<w:vanish/>")
            + run(".")
        ),
        par(
            run("Itt ")
            + f'<w:ins w:id="1" w:author="Kitalált Kata">{run("beszúrt ")}</w:ins>'
            + '<w:del w:id="2" w:author="Kitalált Kata"><w:r><w:delText>törölt </w:delText></w:r>'
            + f'</w:del><w:moveFrom w:id="3" w:author="Kitalált Kata">{run("elvitt ")}</w:moveFrom>'
            + run("szavak állnak")
            + f'<w:moveTo w:id="4" w:author="Kitalált Kata">{run(", idehozva")}</w:moveTo>'
            + run(".")
        ),
        par(
            f'<w:commentRangeStart w:id="0"/>{run("Megjegyzett")}<w:commentRangeEnd w:id="0"/>'
            '<w:r><w:commentReference w:id="0"/></w:r>'
            f'{run(" szöveg")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}'
        ),
        par(run("A doboz bekezdése, előtte ") + BOXED + run("és utána.")),
        item("egy", 0, 1),
        item("egy és bé", 1, 1),
        item("egy és bé és római", 2, 1),
        item("kettő", 0, 1),
        par(run("Közbeszúrt bekezdés.")),
        item("pont", 0, 2),
        item("alpont", 1, 2),
        par(run("Idézet egy rendeletből."), "Idzet"),
        par(
            f'<w:hyperlink r:id="rId9">{run("Távoli")}</w:hyperlink>{run(" és ")}'
            + field('HYPERLINK "https://example.org/mezo"', "mezős")
            + run(" cím, ")
            + f'<w:hyperlink w:anchor="_Toc1">{run("belső")}</w:hyperlink>{run(" cím, dátum: ")}'
            + f'<w:fldSimple w:instr=" DATE ">{run("2026. 03. 01.")}</w:fldSimple>'
        ),
        par(
            run("Tabulátor")
            + "<w:r><w:tab/></w:r>"
            + run("után")
            + "<w:r><w:br/></w:r>"
            + run("sor.")
        ),
        TABLE,
        par(f"<m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t>+1</m:t></m:r></m:oMath>{run(' képlet')}"),
        par(
            f'<w:r><w:object><o:OLEObject ProgID="Excel.Sheet"/></w:object></w:r>{run("Objektum.")}'
        ),
        par(
            drawing(
                f"{DRAWING}/picture",
                '<pic:pic><pic:blipFill><a:blip r:embed="rId8"/></pic:blipFill></pic:pic>',
                "A mintakönyvtár alaprajza",
            )
        ),
        par(drawing(f"{DRAWING}/chart", '<c:chart r:id="rId7"/>')),
        par(run("Harmadik szint"), "Cmsor3"),
        par(run("Ötödik szint"), "Cmsor5"),
        par(run("Kéréseink"), "Cmsor1"),
        item("Készüljön közös ajánlás.", 0, 4),
        item("Az eltéréseket tegyük közzé.", 0, 4),
        '<w:sectPr><w:headerReference w:type="default" r:id="rId6"/></w:sectPr>',
    ]
)


def style(key, name, more=""):
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:pPr>{more}</w:pPr></w:style>"
    )


def level(number, kind, text):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def outline(number):
    return f'<w:outlineLvl w:val="{number}"/>'


STYLES = "".join(
    [
        style("Norml", "Normal"),
        style("Cm", "Title"),
        style("Alcm", "Subtitle"),
        style("Cmsor1", "heading 1", f'<w:numPr><w:numId w:val="3"/></w:numPr>{outline(0)}'),
        style("Cmsor3", "heading 3", outline(2)),
        style("Cmsor5", "heading 5", outline(4)),
        style("Idzet", "Quote", '<w:ind w:left="864" w:right="864"/>'),
        style("TJ", "TOC Heading"),
        style("TJ1", "toc 1"),
        style("Listaszerbekezds", "List Paragraph", '<w:ind w:left="720"/>'),
    ]
)
LISTS = {
    1: level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "%3."),
    2: level(0, "bullet", "·") + level(1, "bullet", "o"),
    3: level(0, "upperRoman", "%1."),
    4: level(0, "decimal", "%1."),
}
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
    for number, levels in LISTS.items()
) + "".join(
    f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in LISTS
)
FOOTNOTES = (
    '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">'
    + par(f"<w:r><w:footnoteRef/></w:r>{run(' Jegyzet ')}{run('dőlt', '<w:i/>')}{run(' szava.')}")
    + par(run("Második bekezdése."))
    + "</w:footnote>"
)
RELATED = {
    "rId1": ("styles", "styles.xml", ""),
    "rId2": ("numbering", "numbering.xml", ""),
    "rId3": ("footnotes", "footnotes.xml", ""),
    "rId4": ("comments", "comments.xml", ""),
    "rId6": ("header", "header1.xml", ""),
    "rId8": ("image", "media/image1.png", ""),
    "rId9": ("hyperlink", "https://example.org/kulso", ' TargetMode="External"'),
}


def relations(related):
    inside = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" Target="{to}"{mode}/>'
        for key, (kind, to, mode) in related.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def part(name, inside):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMES}>{inside}</w:{name}>'


def as_word_writes():
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    top = {"rId1": ("officeDocument", "word/document.xml", "")}
    comment = f'<w:comment w:id="0" w:author="Olvasó Ottó">{par(run("Rövidebben!"))}</w:comment>'
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations(top),
            "word/document.xml": part("document", f"<w:body>{BODY}</w:body>"),
            "word/styles.xml": part("styles", STYLES),
            "word/numbering.xml": part("numbering", NUMBERING),
            "word/footnotes.xml": part("footnotes", FOOTNOTES),
            "word/comments.xml": part("comments", comment),
            "word/header1.xml": part("hdr", par(run("Fejléc szavai"))),
            "word/_rels/document.xml.rels": relations(RELATED),
            "word/media/image1.png": b"\x89PNG",
        }
    )
