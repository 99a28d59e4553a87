"""Writing a text: in the editor, or, without JavaScript, in the plain box."""

EDITOR = ".editor-text"
HTML = "() => document.querySelector('.editor-text').editor.getHTML()"
SHOW = "(html) => document.querySelector('.editor-text').editor.commands.setContent(html)"

SETTLED = "() => new Promise((done) => setTimeout(done, 50))"
TO_ITS_BEGINNING = "(paragraph) => getSelection().collapse(paragraph, 0)"
TO_THE_END = "(text) => text.editor.commands.focus('end')"


def click_into_the_editor(page):
    """The library places the cursor again 20 ms after it got the focus: a key before is lost."""
    page.locator(EDITOR).click()
    page.evaluate(SETTLED)


def write(page, text):
    """Paragraphs, parted by blank lines, in place of what is there.

    Set, not typed, in the plain box: typing a thousand lines takes a slow machine many seconds.
    """
    page.wait_for_load_state("networkidle")
    box = page.locator("textarea[name=body]")
    if box.is_visible():
        box.evaluate("(box, text) => { box.value = text; }", text)
        return
    click_into_the_editor(page)
    page.keyboard.press("Control+a")
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(paragraph)


def ask_for(page, points):
    """The points, one after the other, in place of none."""
    box = page.locator("textarea[name=points]")
    if box.is_visible():
        box.fill("\n".join(points))
        return
    page.locator(".lines-row textarea").first.click()
    for number, point in enumerate(points):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(point)


def add_to(page, number, sentence):
    """The sentence, put into a paragraph, counted from 0."""
    box = page.locator("textarea[name=body]")
    if box.is_visible():
        paragraphs = box.input_value().replace("\r", "").split("\n\n")
        paragraphs[number] += f" {sentence}"
        box.fill("\n\n".join(paragraphs))
        return
    page.locator(EDITOR).focus()
    page.locator(f"{EDITOR} > p").nth(number).evaluate(TO_ITS_BEGINNING)
    page.keyboard.insert_text(f"{sentence} ")


def add_paragraph(page, sentence):
    """The sentence at the end of the text."""
    box = page.locator("textarea[name=body]")
    if box.is_visible():
        box.fill(f"{box.input_value()}\n\n{sentence}")
        return
    page.locator(EDITOR).focus()
    page.locator(EDITOR).evaluate(TO_THE_END)
    page.keyboard.press("Enter")
    page.keyboard.insert_text(sentence)


def ask_for_more(page, point):
    box = page.locator("textarea[name=points]")
    if box.is_visible():
        box.fill(f"{box.input_value()}\n{point}")
        return
    page.locator(".lines-row textarea").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(point)
