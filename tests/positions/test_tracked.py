"""Tracked changes: accepted they make the new text, refused the old one, whatever the two are."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions.press import word
from positions.press.sheet import Sheet
from positions.press.tracked import Tracker
from tests.office import DEL, INS, changes, docx_paragraphs, xml

WHEN = "2026-11-21T22:59:00Z"
NAME = 'Kitalált "K" Katalin & társa'
SPAN = re.compile(r'<span class="(insertion|deletion)" [^>]*>(.*?)</span>', re.S)


def tracked(old, new):
    return Tracker(NAME, WHEN).text(old, new)


def accepted(html):
    return SPAN.sub(lambda span: span[2] if span[1] == "insertion" else "", html)


def refused(html):
    return SPAN.sub(lambda span: span[2] if span[1] == "deletion" else "", html)


def words_of(html):
    """Nothing but the text, blocks in order; what is formatted counts as other text."""
    lines = re.split(r"</?(?:p|h2|h3|ul|ol|li|table|tbody|tr|td|blockquote|hr)\b[^>]*>", html)
    joined = [re.sub(r"</(\w+)><\1>", "", line) for line in lines]
    return [line for line in joined if line]


WORDS = st.sampled_from(["alma", "körte", "szilva,", "és", " ", "  ", "&amp;", "&lt;p&gt;", "."])
LINE = st.lists(WORDS, max_size=8).map(" ".join).map(str.strip)
MARKED = st.tuples(st.sampled_from(["strong", "em", "sup", "small"]), LINE).map(
    lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>" if pair[1] else ""
)
INLINE = st.lists(st.one_of(LINE, MARKED), max_size=3).map("".join)
LISTED = st.lists(INLINE, min_size=1, max_size=4).map(
    lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
)
ROW = st.lists(LINE, min_size=1, max_size=3).map(
    lambda cells: f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
)
TABLE = ROW.map(lambda row: f"<table><tbody>{row}</tbody></table>")
BLOCK = st.one_of(
    INLINE.map(lambda text: f"<p>{text}</p>"),
    INLINE.map(lambda text: f"<h2>{text}</h2>"),
    LISTED,
    TABLE,
)
BODY = st.lists(BLOCK, max_size=6).map("".join)


@settings(max_examples=150, deadline=None)
@given(BODY, BODY)
def test_accepted_it_is_the_new_text_and_refused_the_old_one(old, new):
    html = "".join(tracked(old, new))

    assert words_of(accepted(html)) == words_of(new)
    assert words_of(refused(html)) == words_of(old)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=5), st.lists(LINE, max_size=5))
def test_so_it_is_with_points(old, new):
    lines = Tracker(NAME, WHEN).lines(old, new)

    assert [accepted(line) for line in lines if accepted(line)] == [escape(a) for a in new if a]
    assert [refused(line) for line in lines if refused(line)] == [escape(a) for a in old if a]


def test_only_what_changed_is_marked():
    (paragraph,) = tracked(
        "<p>Nyolc óráig vagyunk nyitva.</p>", "<p>Kilenc óráig vagyunk nyitva.</p>"
    )

    assert SPAN.findall(paragraph) == [("deletion", "Nyolc"), ("insertion", "Kilenc")]


def test_a_word_that_became_bold_went_and_came():
    (paragraph,) = tracked("<p>Egy szó itt.</p>", "<p>Egy <strong>szó</strong> itt.</p>")

    assert SPAN.findall(paragraph) == [
        ("deletion", "szó"),
        ("insertion", "<strong>szó</strong>"),
    ]


def test_a_new_item_of_a_list_leaves_the_others_alone():
    (listed,) = tracked("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>új</li><li>b</li></ul>")

    assert SPAN.findall(listed) == [("insertion", "új")]


def test_a_block_that_moved_went_here_and_came_there():
    blocks = [f"<p>Ez a(z) {number}. bekezdés hosszabb szövege.</p>" for number in "abcdef"]
    lines = tracked("".join(blocks), "".join([*blocks[1:], blocks[0]]))

    assert SPAN.findall("".join(lines)) == [
        ("deletion", "Ez a(z) a. bekezdés hosszabb szövege."),
        ("insertion", "Ez a(z) a. bekezdés hosszabb szövege."),
    ]


def test_a_name_is_text_and_nothing_else():
    html = "".join(tracked("<p>a</p>", "<p>b</p>"))

    assert 'author="Kitalált &quot;K&quot; Katalin &amp; társa"' in html


# As a document -------------------------------------------------------------------------------

OLD = (
    "<h2>Régi cím</h2><p>Az első bekezdés marad.</p><p>Ez eltűnik innen egészen.</p>"
    "<ul><li>alma</li><li>körte</li></ul>"
    "<table><tbody><tr><td>nyolc</td><td>óra</td></tr></tbody></table>"
)
NEW = (
    "<h2>Új cím</h2><p>Az első bekezdés <em>így</em> marad.</p>"
    "<p>Valami más került ide a végére.</p>"
    "<ul><li>alma</li><li>szilva</li><li>körte</li></ul>"
    "<table><tbody><tr><td>kilenc</td><td>óra</td></tr></tbody></table>"
)


@pytest.fixture
def document():
    body = "".join(tracked(OLD, NEW))
    return word.make(Sheet("hu", "Szövetség", "Tagozat", "MT-2026/014", "2.", "Cím", body, 0))


def test_a_word_processor_accepts_all_and_has_the_new_text(document):
    assert [text for _style, text in docx_paragraphs(document, without=DEL)] == [
        "Cím",
        "Új cím",
        "Az első bekezdés így marad.",
        "Valami más került ide a végére.",
        "alma",
        "szilva",
        "körte",
        "kilenc",
        "óra",
    ]


def test_a_word_processor_refuses_all_and_has_the_old_text(document):
    assert [text for _style, text in docx_paragraphs(document, without=INS)] == [
        "Cím",
        "Régi cím",
        "Az első bekezdés marad.",
        "Ez eltűnik innen egészen.",
        "alma",
        "körte",
        "nyolc",
        "óra",
    ]


def test_changes_carry_name_and_moment(document):
    found = changes(document)

    assert {(author, moment) for _kind, author, moment, _words in found} == {(NAME, WHEN)}
    assert ("went", NAME, WHEN, "nyolc") in found


def test_every_change_has_a_number_of_its_own(document):
    root = xml(document, "word/document.xml")
    attribute = f"{INS.partition('}')[0]}}}id"
    numbers = [each.get(attribute) for each in root.iter() if each.tag in {INS, DEL}]

    assert (len(numbers), len(set(numbers))) == (len(numbers), len(numbers))
    assert len(numbers) > 8


def test_a_row_of_a_table_goes_with_its_words():
    body = "".join(tracked("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", ""))
    made = word.make(Sheet("hu", "S", "T", "MT-2026/014", "2.", "Cím", body, 0))

    rows = [
        [child.tag for child in properties]
        for properties in xml(made, "word/document.xml").iter(f"{INS.partition('}')[0]}}}trPr")
    ]
    assert rows == [[DEL]]
