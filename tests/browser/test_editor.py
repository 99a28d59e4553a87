"""Texts are written in the editor, and in the plain box without it, to the same result."""

import re

import pytest
from hypothesis import given, settings
from playwright.sync_api import expect

from core.richtext import blocks
from core.tidy import tidy
from positions.choices import State
from tests.browser.visits import REPORT_VIOLATIONS
from tests.browser.writing import EDITOR, HTML, SHOW, click_into_the_editor, write
from tests.core.test_tidy import MARKUP, PASTED

pytestmark = pytest.mark.browser

EVERY_TAG = tidy(
    "<h2>a</h2><h3>b</h3><p>c <strong>d</strong> <em>e</em> <u>f</u> <s>g</s> H<sub>2</sub>O "
    'm<sup>2</sup> <a href="https://example.org/?a=1&amp;b=2" title="h">i</a><br>j'
    '<small>k <em>l</em></small> <a href="mailto:a@example.org">m</a> <a href="/x/">n</a></p><hr>'
    "<ul><li>a<ol><li>b<p>c</p></li><li>d</li></ol></li><li><strong>e</strong></li></ul>"
    "<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ol>"
    "<blockquote>a<br>b</blockquote><blockquote><p>a</p><ul><li>b</li></ul></blockquote>"
    "<table><caption>a</caption><tr><th>b</th><th colspan=2>c</th></tr><tr><th>d</th><td rowspan=2>"
    "<p>e</p><p>f</p></td><td><ul><li>g</li></ul></td></tr><tr><th>h</th><td></td></tr></table>"
    "<p>&lt;p&gt; &amp;amp; \xa0 „ő”</p>"
)
PASTE = """([kind, text]) => {
  const place = document.querySelector(".editor-text");
  place.editor.commands.setContent("");
  const data = new DataTransfer();
  data.setData(kind, text);
  const paste = {clipboardData: data, bubbles: true, cancelable: true};
  place.dispatchEvent(new ClipboardEvent("paste", paste));
}"""
NOTHING_CHANGED = "Nothing has changed, so no new version was made."


@pytest.fixture
def writing(page_of, portal):
    """The form of a new position with the editor open; it writes down what the policy stopped."""
    page = page_of("coordinator")
    page.add_init_script(REPORT_VIOLATIONS)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(portal.address("positions:start", section="minta"))
    page.wait_for_selector(EDITOR)
    return page


def start(page, title):
    page.check("[name=kind][value=opinion]")
    page.fill("[name=title]", title)
    page.get_by_role("button", name="Start the draft").click()
    page.wait_for_url("**/positions/DEMO-*/*/")
    return page.url


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save a version").click()
    return page.locator("#messages .notice-body").inner_text().splitlines()[-1]


def tool(page, name):
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def test_every_tag_goes_through_the_editor_unchanged(writing):
    writing.evaluate(SHOW, EVERY_TAG)

    assert blocks(tidy(writing.evaluate(HTML))) == blocks(EVERY_TAG)
    assert writing.said == []


def test_no_text_is_changed_by_going_through_the_editor(writing):
    texts = []
    collect = given(MARKUP)(lambda text: texts.append(tidy(text)))
    settings(max_examples=200, deadline=None, database=None, derandomize=True)(collect)()

    shown = writing.evaluate(
        f"(texts) => texts.map((html) => {{ ({SHOW})(html); return ({HTML})(); }})", texts
    )

    assert [tidy(html) for html in shown] == texts


def test_what_is_opened_and_saved_makes_no_version(writing):
    writing.evaluate(SHOW, EVERY_TAG)
    writing.locator(EDITOR).focus()
    address = start(writing, "Every tag")

    writing.goto(f"{address}edit/")
    writing.wait_for_selector(EDITOR)
    untouched = save(writing)
    writing.goto(f"{address}edit/")
    writing.wait_for_load_state("networkidle")
    click_into_the_editor(writing)
    writing.keyboard.press("Control+Home")
    writing.keyboard.type("x")
    expect(writing.locator("[name=body]")).to_have_value(re.compile("^<h2>xa</h2>"))
    writing.keyboard.press("Backspace")
    touched = save(writing)

    assert (untouched, touched) == (NOTHING_CHANGED, NOTHING_CHANGED)


@pytest.mark.parametrize("sample", PASTED, ids=lambda file: file.name)
def test_what_is_pasted_comes_out_as_in_the_plain_box(writing, sample):
    kind = "text/plain" if sample.suffix == ".txt" else "text/html"

    writing.evaluate(PASTE, [kind, sample.read_text()])

    expected = sample.with_suffix(".tidy.html").read_text().splitlines()
    assert blocks(tidy(writing.evaluate(HTML))) == expected
    assert writing.said == []


def test_the_buttons_make_what_they_say(writing):
    keys = writing.keyboard
    writing.locator("label[for=id_body]").click()
    keys.type("Why")
    tool(writing, "Heading")
    keys.press("Enter")
    keys.type("It is ")
    tool(writing, "Bold")
    keys.type("so")
    tool(writing, "Bold")
    keys.type(", see ")
    tool(writing, "Link")
    keys.type("www.example.org")
    keys.press("Enter")
    keys.type(" and more")
    tool(writing, "Note")
    keys.type("Said by all.")
    tool(writing, "Note")
    keys.type(".")
    keys.press("Enter")
    tool(writing, "Bulleted list")
    keys.type("one")
    keys.press("Enter")
    keys.type("inner")
    tool(writing, "Indent the item")
    keys.press("Enter")
    keys.press("Enter")
    keys.press("Enter")
    tool(writing, "Quotation")
    keys.type("quoted")
    keys.press("Enter")
    keys.press("Enter")
    writing.wait_for_timeout(600)  # what is typed without a pause is undone as one
    tool(writing, "Dividing line")
    tool(writing, "Undo")

    assert tidy(writing.evaluate(HTML)) == (
        "<h2>Why</h2><p>It is <strong>so</strong>, see "
        '<a href="https://www.example.org" rel="noopener nofollow">www.example.org</a>'
        " and more<small>Said by all.</small>.</p>"
        "<ul><li>one<ul><li>inner</li></ul></li></ul><blockquote>quoted</blockquote>"
    )
    assert writing.said == []


def test_a_link_that_is_no_address_is_not_set(writing):
    click_into_the_editor(writing)
    tool(writing, "Link")
    writing.keyboard.type("javascript:alert(1)")
    writing.keyboard.press("Enter")

    field = writing.locator("dialog[open] input")
    assert field.get_attribute("aria-invalid") == "true"
    writing.keyboard.press("Escape")
    assert writing.evaluate(HTML) == "<p></p>"


def test_a_table_is_filled_and_left_by_the_keyboard(writing):
    keys = writing.keyboard
    click_into_the_editor(writing)
    tool(writing, "Table")
    keys.type("a")
    keys.press("Tab")
    keys.type("b")
    tool(writing, "Remove the column")
    tool(writing, "Remove the row")
    tool(writing, "Caption")
    keys.type("Of what")
    keys.press("Enter")
    writing.locator(f"{EDITOR} td").first.click()
    for _cell in range(3):
        keys.press("Tab")
    keys.type("z")
    keys.press("Tab")

    assert writing.evaluate("() => document.activeElement.closest('.editor') === null")
    assert tidy(writing.evaluate(HTML)) == (
        "<table><caption>Of what</caption><tbody><tr><td></td><td></td></tr>"
        "<tr><td></td><td>z</td></tr></tbody></table>"
    )


def test_O_076_the_keyboard_leads_to_the_buttons_and_out_again(writing):
    focused = "() => document.activeElement.title || document.activeElement.className"
    keys = writing.keyboard
    click_into_the_editor(writing)
    tool(writing, "Bulleted list")
    keys.type("one")
    keys.press("Enter")

    keys.press("Alt+F10")
    first = writing.evaluate(focused)
    keys.press("ArrowRight")
    second = writing.evaluate(focused)
    keys.press("End")
    last = writing.evaluate(focused)
    keys.press("Escape")
    back = writing.evaluate(focused)
    keys.press("Escape")
    keys.press("Tab")

    assert [first, second, last] == ["Heading", "Small heading", "Redo"]
    assert "editor-text" in back
    assert writing.evaluate("() => document.activeElement.closest('.editor') === null")
    assert tidy(writing.evaluate(HTML)) == "<ul><li>one</li></ul>"


def test_the_editor_is_named_and_says_what_is_wrong(page_of, portal):
    page = page_of("coordinator")
    page.goto(portal.address("positions:edit", portal.in_state(State.DRAFT)))
    page.wait_for_selector(EDITOR)
    editor = page.get_by_role("textbox", name="Text", exact=True)

    assert editor.get_attribute("aria-multiline") == "true"
    described = editor.get_attribute("aria-describedby").split()[0]
    assert "Alt+F10" in page.locator(f"#{described}").inner_text()
    assert page.get_by_role("toolbar", name="Formatting").is_visible()
    assert page.get_by_role("toolbar", name="Table").is_hidden()


def test_O_087_without_javascript_the_same_text_is_typed(page_of, portal):
    page = page_of("coordinator", java_script_enabled=False)
    page.goto(portal.address("positions:start", section="minta"))
    write(page, "## Why\n\nBecause.^[Said by all.]")
    address = start(page, "Plainly")
    shown = page.locator("#p2").inner_text()

    page.goto(f"{address}edit/")

    assert page.locator("[name=body]").input_value() == "## Why\n\nBecause.^[Said by all.]"
    assert "Said by all." in shown
    assert page.locator(".editor-bars").is_hidden()
    assert save(page) == NOTHING_CHANGED


def test_a_text_of_six_hundred_paragraphs_stays_usable(writing):
    many = "".join(
        f"<p>{number}. {'Paragraphs of a long text. ' * 12}</p>" for number in range(600)
    )
    writing.evaluate(SHOW, many)
    click_into_the_editor(writing)
    writing.keyboard.press("Control+End")

    writing.evaluate(
        """() => { const editor = document.querySelector(".editor-text").editor;
        for (const letter of "typing") editor.commands.insertContent(letter); }"""
    )
    writing.keyboard.type(" and more")
    start(writing, "Long")

    text = writing.locator(".passage .reading").all_inner_texts()
    assert len(text) == 600
    assert "typing and more" in "".join(text)
