"""One way of writing each text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.notation import from_typed, to_typed
from core.richtext import blocks, clean, readable, words
from core.tag_names import renamed
from core.tidy import KNOWN, tidy
from tests.repository.tree import ROOT

SAMPLES = ROOT / "tests" / "samples" / "pasted"
PASTED = sorted(file for file in SAMPLES.iterdir() if ".tidy." not in file.name)
UNHURRIED = settings(deadline=None, max_examples=300)

WORDS = st.sampled_from(["open", "late ", " and", "a & b", "<", "\xa0", "  ", "\n", "buses", "é"])
INLINE = ("strong", "em", "u", "s", "sub", "sup", "small", "b", "i", 'a href="https://a.example/"')
BLOCKS = ("p", "h2", "h3", "h1", "ul", "ol", "li", "blockquote", "div", "table", "tr", "td", "th")


def element(tag, inside):
    return f"<{tag}>{inside}</{tag.split()[0]}>"


def around(inner):
    inside = st.lists(inner, max_size=3).map("".join)
    return st.builds(element, st.sampled_from([*INLINE, *BLOCKS, "thead", "caption"]), inside)


LOOSE = st.one_of(WORDS, st.sampled_from(["<br>", "<hr>", "&lt;", "&nbsp;"]))
MARKUP = st.lists(st.recursive(LOOSE, around, max_leaves=12), max_size=6).map("".join)


# Written in one way ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("<p>a</p>\n\n<p>b</p>", "<p>a</p><p>b</p>"),
        ("<p> a \n b </p>", "<p>a b</p>"),
        ("<p>a<br> b <br></p>", "<p>a<br>b</p>"),
        ("<p></p><p>&nbsp;</p><h2> </h2><ul><li></li></ul><blockquote></blockquote>", ""),
        ("loose <em>words</em>", "<p>loose <em>words</em></p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<h1>a</h1><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<b>a</b> <i>b</i> <strike>c</strike>", "<p><strong>a</strong> <em>b</em> <s>c</s></p>"),
        ("<em><strong>a</strong></em>", "<p><strong><em>a</em></strong></p>"),
        ("<strong>a</strong><strong>b</strong>", "<p><strong>ab</strong></p>"),
        ("<strong><p>a</p><p>b</p></strong>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<blockquote><p>a</p></blockquote>", "<blockquote>a</blockquote>"),
        (
            "<blockquote><p>a</p><p>b</p></blockquote>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        ("<a href='javascript:x'>a</a>", "<p>a</p>"),
        ("<p>a<small>n</small></p>", "<p>a<small>n</small></p>"),
        ("<script>a</script><title>b</title><style>c</style>", ""),
    ],
)
def test_what_says_the_same_is_written_the_same(text, tidied):
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("table", "tidied"),
    [
        (
            "<table><tr><th>a</th></tr><tr><td><p>b</p></td></tr></table>",
            '<table><thead><tr><th scope="col">a</th></tr></thead>'
            "<tbody><tr><td>b</td></tr></tbody></table>",
        ),
        (
            "<table><tr><th>a</th><td>b</td></tr></table>",
            '<table><tbody><tr><th scope="row">a</th><td>b</td></tr></tbody></table>',
        ),
        (
            "<table><caption><b>Of</b> x</caption><tr><td colspan=2 rowspan=1></td></tr></table>",
            '<table><caption>Of x</caption><tbody><tr><td colspan="2"></td></tr></tbody></table>',
        ),
        (
            "<table><tr><th rowspan=2>a</th></tr><tr><td>b</td></tr></table>",
            '<table><tbody><tr><th rowspan="2" scope="row">a</th></tr><tr><td>b</td></tr></tbody>'
            "</table>",
        ),
        ("<table><caption>left alone</caption></table>", "<p>left alone</p>"),
    ],
)
def test_rows_of_headings_make_the_head_of_a_table(table, tidied):
    assert tidy(table) == tidied


@UNHURRIED
@given(MARKUP)
def test_tidying_twice_changes_nothing_more(text):
    once = tidy(text)

    assert tidy(once) == once
    assert "".join(blocks(once)) == once
    assert [tidy(block) for block in blocks(once)] == blocks(once)


@UNHURRIED
@given(MARKUP)
def test_tidying_loses_no_word(text):
    seen = re.sub(r"\W", "", words(clean(text)))

    assert sorted(re.sub(r"\W", "", words(tidy(text)))) == sorted(seen)


DEEP = ["<ul><li>", "<blockquote>", "<b>", "<h2><b>", "<table><tr><td>", "<p><x>", "<p><font>"]


@pytest.mark.parametrize("deep", DEEP)
def test_O_017_a_text_nested_without_end_is_taken_for_words(deep):
    typed = deep * (100_000 // len(deep))

    assert from_typed(typed).startswith("<p>&lt;")


def test_O_017_closing_what_is_not_open_makes_no_room_for_nesting():
    assert from_typed("<p>a" + "</b>" * 10_000 + "<b>" * 10_000).startswith("<p>&lt;")


@pytest.mark.parametrize("mark", ["b", "strong", "i", "em", "u", "s", "strike", "small"])
def test_O_017_a_mark_left_open_ends_with_its_paragraph(mark):
    """The parser would open it anew in each one that follows: half a megabyte of such marks and
    paragraphs would be gigabytes of elements."""
    marked, plain = blocks(from_typed(f"<p><{mark} class='1'>a<p>b"))

    assert marked != "<p>a</p>"
    assert plain == "<p>b</p>"


def test_O_017_tags_that_no_text_has_are_not_contagious_either():
    typed = "<font size=2>a</FONT> <o:p/><code>b</code><br><b>c</b>"

    assert renamed(typed, known=KNOWN) == ("<span size=2>a</span> <span>b</span><br><x-b>c</x-b>")
    assert from_typed(f"<p>{typed}</p>") == "<p>a b<br><strong>c</strong></p>"


# Typed in a plain box ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("One.\r\n\r\nTwo\r\nlines.", "<p>One.</p><p>Two<br>lines.</p>"),
        ("## Big\n\n### Small", "<h2>Big</h2><h3>Small</h3>"),
        ("- a\n- b\n\n1. a\n2. b", "<ul><li>a</li><li>b</li></ul><ol><li>a</li><li>b</li></ol>"),
        ("1. only", "<p>1. only</p>"),
        ("> a\n> b", "<blockquote>a<br>b</blockquote>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("Said.^[By <em>whom</em>.]", "<p>Said.<small>By <em>whom</em>.</small></p>"),
        ("5 <x és y> 3", "<p>5 &lt;x és y&gt; 3</p>"),
        ("a\n\n<table><tr><td>b\n\nc</table>\n\nd", None),
    ],
)
def test_what_is_typed_plainly_becomes_a_text(typed, text):
    table = "<table><tbody><tr><td>b c</td></tr></tbody></table>"

    assert from_typed(typed) == (text or f"<p>a</p>{table}<p>d</p>")


@UNHURRIED
@given(MARKUP)
def test_a_text_is_typed_without_a_loss(text):
    text = tidy(text)

    assert from_typed(to_typed(text)) == text


@given(st.text(alphabet="ab<>&;-#^[]1. \n\xa0>", max_size=40))
def test_what_was_typed_once_can_be_typed_again(typed):
    text = from_typed(typed)

    assert from_typed(to_typed(text)) == text


def test_only_what_cannot_be_typed_simply_is_shown_as_html():
    text = "<p>AT&amp;T</p><ul><li>a<ul><li>b</li></ul></li></ul><p>c</p>"

    assert to_typed(text) == "AT&T\n\n<ul><li>a<ul><li>b</li></ul></li></ul>\n\nc"


# Pasted ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", PASTED, ids=lambda file: file.name)
def test_what_was_pasted_comes_out_clean(sample):
    expected = sample.with_suffix(".tidy.html").read_text().splitlines()

    assert blocks(from_typed(sample.read_text())) == expected


def test_an_address_keeps_its_lines():
    typed = "Mintakönyvtár\nMintaváros\nFő tér 1."

    assert from_typed(typed) == "<p>Mintakönyvtár<br>Mintaváros<br>Fő tér 1.</p>"


# Notes -------------------------------------------------------------------------------------------


def test_notes_are_numbered_through_the_text_and_stand_below_their_paragraph():
    hidden = '<span class="visually-hidden">jegyzet </span>'

    shown = readable(["<p>a<small>one</small></p>", "<p>b</p>", "<h2>c<small>2</small></h2>"])

    assert shown == [
        f'<p>a<sup>{hidden}1</sup></p><p class="note"><sup>{hidden}1</sup> one</p>',
        "<p>b</p>",
        f'<h2>c<sup>{hidden}2</sup></h2><p class="note"><sup>{hidden}2</sup> 2</p>',
    ]


def test_a_table_is_read_in_a_frame_of_its_own():
    frame = '<div class="table-frame" role="region" tabindex="0" aria-label='
    rows = "<tbody><tr><td>a</td></tr></tbody></table>"

    assert readable([f"<table><caption>A &quot;b&quot;</caption>{rows}", f"<table>{rows}"]) == [
        f'{frame}"A &quot;b&quot;"><table><caption>A "b"</caption>{rows}</div>',
        f'{frame}"Táblázat"><table>{rows}</div>',
    ]
