"""Two people who have the same text open: they see each other, and lose nothing."""

import re

import pytest

from tests.browser.people import sign_in
from tests.browser.writing import EDITOR

pytestmark = pytest.mark.browser

FIRST, SECOND = "coordinator", "section.chair"
STATUS = "[data-here]"
A_WHILE = 25_000  # milliseconds, in which each page has said that it is open


@pytest.fixture
def draft(page_of, portal):
    page = page_of(FIRST, java_script_enabled=False)
    page.goto(portal.address("positions:start", section="minta"))
    page.check("[name=kind][value=opinion]")
    page.fill("[name=title]", "Together")
    page.fill("[name=body]", "One.\n\nTwo.\n\nThree.")
    page.get_by_role("button", name="Start the draft").click()
    page.wait_for_url("**/positions/DEMO-*/*/")
    return page.url


def open_to_edit(page_of, draft, who):
    page = page_of(who)
    page.clock.install()
    page.goto(f"{draft}edit/")
    page.wait_for_selector(EDITOR)
    return page


def add(page, paragraph, words):
    """At the end of the paragraph."""
    page.locator(f"{EDITOR} p").nth(paragraph - 1).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save a version").click()


def wait_for(page, said):
    page.wait_for_function(
        "([place, said]) => document.querySelector(place).textContent.includes(said)",
        arg=[STATUS, said],
    )


def test_two_people_see_each_other_and_both_texts_are_there(page_of, draft):
    first = open_to_edit(page_of, draft, FIRST)
    alone = first.locator(STATUS).inner_text()
    second = open_to_edit(page_of, draft, SECOND)
    seen_at_once = second.locator(STATUS).inner_text()
    first.clock.fast_forward(A_WHILE)
    wait_for(first, "Tagozati Tivadar is editing this text now")

    add(first, 1, " By the first.")
    add(second, 3, " By the second.")
    save(first)
    save(second)
    text = second.locator("#text").inner_text()

    assert alone == ""
    assert "Koordinátor Klára is editing this text now" in seen_at_once
    assert "One. By the first." in text
    assert "Three. By the second." in text
    assert "What was saved meanwhile is in it" in second.locator("#messages").inner_text()
    assert second.locator(".also-editing").count() == 0


def test_whoever_leaves_is_gone(page_of, draft):
    first = open_to_edit(page_of, draft, FIRST)
    second = open_to_edit(page_of, draft, SECOND)
    beside = second.locator(STATUS).inner_text()

    first.goto(draft)
    second.wait_for_timeout(500)
    second.clock.fast_forward(A_WHILE)
    second.wait_for_function(
        "place => !document.querySelector(place).textContent.trim()", arg=STATUS
    )

    assert "is editing" in beside


def test_the_page_does_not_chatter(page_of, draft):
    first = open_to_edit(page_of, draft, FIRST)
    open_to_edit(page_of, draft, SECOND)
    first.clock.fast_forward(A_WHILE)
    wait_for(first, "is editing")
    first.evaluate(
        """place => { window.changes = 0;
        new MutationObserver((found) => { window.changes += found.length; })
          .observe(document.querySelector(place), {childList: true, subtree: true}); }""",
        STATUS,
    )

    for _ in range(3):
        with first.expect_response("**/here/"):
            first.clock.fast_forward(A_WHILE)

    assert first.evaluate("() => window.changes") == 0


def test_whoever_is_signed_out_is_told_and_may_go_on_writing(page_of, portal, draft):
    page = page_of()
    page.clock.install()
    page.goto(portal.address("account_login", next=f"{draft}edit/".removeprefix(portal.url)))
    sign_in(page, FIRST)
    page.wait_for_selector(EDITOR)
    page.context.clear_cookies(name=re.compile("session$"))

    page.clock.fast_forward(A_WHILE)
    wait_for(page, "You have been signed out.")
    add(page, 1, " Still.")

    assert "Still." in page.locator(EDITOR).inner_text()
