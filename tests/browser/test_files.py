"""Documents that are made, files that are attached and read: with a script, and without one."""

import pytest

from positions.choices import State
from tests.browser.filing import AGAIN, WORD_FILE, document_asked, send_file, worker_done
from tests.browser.people import VISITOR
from tests.browser.writing import EDITOR

pytestmark = pytest.mark.browser

COORDINATOR = "coordinator"
MARK = "() => { window.stillHere = true; }"
STILL_HERE = "() => window.stillHere === true"
FOCUSED = "() => document.activeElement.id"
KINDS = {"pdf": b"%PDF-", "docx": b"PK", "odt": b"PK"}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])


def ready(page):
    return page.locator("#documents .entry-title a")


def described(page, box):
    """What a screen reader says of a box after its name."""
    parts = box.get_attribute("aria-describedby").split()
    return " ".join(page.locator(f"[id='{part}']").inner_text() for part in parts)


def content_of(page, link):
    return page.request.get(link.evaluate("link => link.href"))


@SCRIPTS
@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_asked_for_and_becomes_ready(page_of, portal, kind, scripts):
    page = page_of(COORDINATOR, java_script_enabled=scripts)
    language = "hu" if scripts else "sl"
    page.goto(portal.address("positions:documents", portal.in_state(State.ADOPTED)))
    already = ready(page).count()

    page.select_option("[name=kind]", kind)
    page.locator("select[name=language]").first.select_option(language)
    document_asked(page)
    worker_done(page)

    assert ready(page).count() == already + 1
    assert content_of(page, ready(page).first).body().startswith(KINDS[kind])


def test_a_visitor_gets_the_paper_of_a_public_position(page_of, portal):
    page = page_of(VISITOR)
    page.goto(portal.address("positions:documents", portal.in_state(State.ANSWERED)))

    document_asked(page)
    worker_done(page)

    assert content_of(page, ready(page).first).headers["content-type"] == "application/pdf"


def test_the_page_shows_and_tells_by_itself_that_a_document_is_ready(page_of, portal):
    page = page_of(COORDINATOR)
    page.goto(portal.address("positions:documents", portal.in_state(State.FORWARDED)))

    document_asked(page)
    page.evaluate(MARK)
    worker_done(page)

    assert page.evaluate(STILL_HERE)
    assert page.locator("#documents-said").inner_text() == "All documents are ready."


def test_the_focus_stays_while_the_page_looks_again(page_of, portal):
    page = page_of(COORDINATOR)
    page.goto(portal.address("positions:documents", portal.in_state(State.PARKED)))
    being_made = document_asked(page).body()
    page.route("**/documents/?heard=*", lambda route: route.fulfill(body=being_made))
    page.locator(AGAIN).focus()
    page.locator(AGAIN).evaluate("link => { link.isTheSame = true; }")

    page.wait_for_function(f"() => !document.querySelector('{AGAIN}').isTheSame")

    assert page.evaluate(FOCUSED) == "documents-again"


@SCRIPTS
def test_a_file_is_attached_and_taken_away(page_of, portal, scripts):
    page = page_of(COORDINATOR, java_script_enabled=scripts)
    page.goto(portal.address("positions:attachments", portal.in_state(State.DRAFT)))
    links = page.locator("main .entries .entry-title a")
    already = links.count()

    page.fill("[name=title]", f"A table, {scripts}")
    send_file(page)
    attached = links.filter(has_text=f"A table, {scripts}")

    assert links.count() == already + 1
    assert content_of(page, attached).body() == WORD_FILE.read_bytes()
    page.get_by_role("button", name=f"Take away A table, {scripts}").click()
    assert links.count() == already


@SCRIPTS
def test_a_file_that_is_not_what_its_name_says_is_refused(page_of, portal, tmp_path, scripts):
    page = page_of(COORDINATOR, java_script_enabled=scripts)
    (tmp_path / "letter.docx").write_text("no Word file")
    page.goto(portal.address("positions:attachments", portal.in_state(State.DRAFT)))

    send_file(page, tmp_path / "letter.docx")

    box = page.locator("main input[type=file]")
    assert box.get_attribute("aria-invalid") == "true"
    assert "What is in this file is not what its name says." in described(page, box)


@SCRIPTS
def test_a_word_file_becomes_a_draft(page_of, portal, scripts):
    page = page_of(COORDINATOR, java_script_enabled=scripts)
    page.goto(portal.address("positions:bring_new"))

    send_file(page)
    worker_done(page)
    page.get_by_role("link", name="Begin a draft with it").click()

    text = page.locator(EDITOR) if scripts else page.locator("[name=body]")
    words = text.inner_text() if scripts else text.input_value()
    assert "Idézett szöveg egy rendeletből." in words
    assert page.locator("[name=title]").input_value() == "Minta: vélemény a kölcsönzés rendjéről"
