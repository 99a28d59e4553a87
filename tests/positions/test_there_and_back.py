"""A text goes out as a document and comes back as the same text, through no program or through
the edits of a person in between."""

import io
import zipfile

import pytest

from positions import documents
from positions.choices import DocumentKind, State
from positions.drafting import make_version
from positions.intake import report
from positions.intake.converted import convert
from positions.models import Document, Position
from tests.jobs import run_jobs

pytestmark = pytest.mark.usefixtures("english", "folder")

BODY = "".join(
    [
        "<h2>Bevezetés &amp; cél</h2>",
        "<p>Egy <strong>félkövér</strong>, <em>dőlt</em>, <u>aláhúzott</u>, <s>áthúzott</s> szó, ",
        "x<sup>2</sup> és H<sub>2</sub>O.<small>A jegyzet <em>szava</em>.</small> 14 nap.</p>",
        "<h3>Listák</h3>",
        "<ul><li>egy<ul><li>beljebb</li></ul></li><li>kettő</li></ul>",
        "<p>2026 elején sorszámmal kezdődik.</p>",
        "<ol><li>első</li><li>második</li></ol>",
        "<blockquote>Idézet.</blockquote>",
        '<table><thead><tr><th scope="col">Nap</th>',
        '<th colspan="2" scope="col">Óra</th></tr></thead>',
        '<tbody><tr><td rowspan="2">hétfő</td><td>8</td><td>12</td></tr>',
        "<tr><td>13</td><td>18</td></tr></tbody></table>",
        '<p>Lásd <a href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow">itt</a>.</p>',
    ]
)
POINTS = ["Több időt kérünk.", "A 8. § maradjon <így> & nem másként."]
KINDS = [DocumentKind.DOCX, DocumentKind.ODT]


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def position(way):
    """Voted on and decided on: with all that a paper can hold."""
    return way.to(State.SUBMITTED, way.start(title="A rend", body=BODY, points=POINTS))


def printed(position, kind, language="hu", *, inside=True):
    of = Position.objects.for_page().get(pk=position.pk)
    of.current.position = of
    wish = {"kind": kind, "language": language, "inside": inside}
    documents.ask(version=of.current, by=position.created_by, **wish)
    run_jobs()
    with Document.objects.latest("pk").file.open() as file:
        return file.read()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["hu", "en", "sl"])
def test_what_goes_out_comes_back_the_same(position, kind, language):
    text = convert(printed(position, kind, language), kind)

    assert (text.title, text.body, text.points) == ("A rend", BODY, POINTS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_portal_wrote_around_it_is_told(position, kind):
    left_out, changed = report.told(convert(printed(position, kind), kind).report)

    told = [line.sentence for line in (*left_out, *changed)]
    assert any("that the portal writes around a text were left out." in each for each in told)
    assert not any("not found in the text" in each for each in told)


def test_what_was_typed_beside_a_number_stays(position):
    def edited(part):
        return part.replace(">2</w:t><w:tab />", ">2 Új szavak: </w:t><w:tab />")

    made = with_part(printed(position, DocumentKind.DOCX), "word/document.xml", edited)

    assert "<p>Új szavak: Egy <strong>félkövér</strong>" in convert(made, "docx").body


def test_tracked_changes_come_back_accepted(position):
    second = make_version(
        position,
        by=position.created_by,
        title="A rend",
        body=BODY.replace("Idézet.", "Más idézet.").replace("első", "legelső"),
        points=[*POINTS, "Új pont."],
    )
    older = position.current
    second.position = position
    documents.ask_for_redline(older=older, newer=second, by=position.created_by, language="hu")
    run_jobs()
    with Document.objects.latest("pk").file.open() as file:
        text = convert(file.read(), "docx")

    assert (text.body, text.points) == (second.body, [*POINTS, "Új pont."])


def with_part(package, name, change):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == name:
                changed = change(part.decode())
                assert changed != part.decode()
                part = changed.encode()
            new.writestr(info, part)
    return made.getvalue()
