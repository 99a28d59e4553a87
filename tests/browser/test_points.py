"""The points beside the text: a row for each, and one box for all without JavaScript."""

import pytest

from tests.browser.writing import EDITOR, ask_for

pytestmark = pytest.mark.browser

FOCUSED = "() => document.activeElement.getAttribute('aria-label')"


@pytest.fixture
def page(page_of, portal):
    page = page_of("coordinator")
    page.goto(portal.address("positions:start", section="minta"))
    page.wait_for_selector(EDITOR)
    ask_for(page, ["one", "two", "three"])
    return page


def sent(page):
    return page.locator("textarea[name=points]").input_value().split("\n")


def said(page):
    return page.locator(".lines-rows [role=status]").inner_text()


def do(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_points_are_typed_one_after_the_other(page):
    page.keyboard.press("Enter")

    assert sent(page) == ["one", "two", "three"]
    assert page.evaluate(FOCUSED) == "Point 4"


def test_enter_divides_a_point_and_backspace_takes_an_empty_one_away(page):
    for key in ("ArrowLeft", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    divided = sent(page)
    for key in ("Delete", "Delete", "Backspace"):
        page.keyboard.press(key)

    assert divided == ["one", "two", "thr", "ee"]
    assert sent(page) == ["one", "two", "thr"]
    assert page.evaluate(FOCUSED) == "Point 3"


def test_points_are_moved_by_button_and_by_key(page):
    do(page, "Move up: Point 3")
    by_button = sent(page), said(page)
    page.locator(".lines-row textarea").first.focus()
    page.keyboard.press("Alt+ArrowDown")

    assert by_button == (["one", "three", "two"], "Moved: now it is point 2.")
    assert sent(page) == ["three", "one", "two"]
    assert page.evaluate(FOCUSED) == "Point 2"


def test_a_point_at_the_end_cannot_be_moved_further(page):
    assert page.get_by_role("button", name="Move up: Point 1", exact=True).is_disabled()
    assert page.get_by_role("button", name="Move down: Point 3", exact=True).is_disabled()


def test_a_removed_point_can_be_brought_back(page):
    do(page, "Remove: Point 2")
    removed = sent(page), said(page)
    do(page, "Undo the removal")

    assert removed == (["one", "three"], "Point 2 was removed.")
    assert (sent(page), said(page)) == (["one", "two", "three"], "Point 2 is back.")


def test_lines_pasted_into_a_row_become_rows(page):
    page.keyboard.press("Enter")
    page.evaluate(
        """() => { const field = document.activeElement;
        field.value = "four\\nfive"; field.dispatchEvent(new Event("input", {bubbles: true})); }"""
    )

    assert sent(page) == ["one", "two", "three", "four", "five"]


def test_on_a_wide_screen_the_points_stand_beside_the_text(page):
    text = page.locator(EDITOR).bounding_box()
    points = page.locator("[data-lines]").bounding_box()
    page.set_viewport_size({"width": 400, "height": 800})
    below = page.locator("[data-lines]").bounding_box()

    assert points["x"] > text["x"] + text["width"]
    assert points["y"] < text["y"] + text["height"]
    assert below["x"] < 100


def test_without_javascript_they_are_lines_of_one_box(page_of, portal):
    page = page_of("coordinator", java_script_enabled=False)
    page.goto(portal.address("positions:start", section="minta"))
    ask_for(page, ["one", "two"])

    assert sent(page) == ["one", "two"]
    assert page.locator(".lines-rows").is_hidden()
