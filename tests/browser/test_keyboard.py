"""With nothing but a keyboard."""

import pytest

from iksz_portal.demo.cast import PASSWORD
from positions.choices import State

pytestmark = pytest.mark.browser

MANY = 60
FOCUSED = "() => document.activeElement.outerHTML"
RING = """() => {
  const focused = document.activeElement;
  const ring = (...where) => {
    const style = getComputedStyle(...where);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const shape = focused.querySelector(".county-shape");
  return ring(focused) || ring(focused, "::after")
    || (shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 2);
}"""
COVERED = """() => {
  const focused = document.activeElement;
  if (focused.ownerSVGElement) return false;
  const box = focused.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !there || !(focused.contains(there) || there.contains(focused));
}"""


def tab_to(page, selector):
    """Forward from where the focus is, until it is on what is meant."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate("meant => document.activeElement.matches(meant)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")


def test_the_first_stop_leads_past_the_navigation(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory"))

    page.keyboard.press("Tab")
    skipping = page.evaluate(FOCUSED)
    visible = page.locator(":focus").is_visible()
    page.keyboard.press("Enter")

    assert 'href="#content"' in skipping
    assert visible
    assert page.evaluate("() => document.activeElement.id") == "content"


@pytest.mark.parametrize("name", ["home", "members:directory", "positions:register", "design"])
def test_every_stop_is_seen(page_of, portal, name):
    page = page_of()
    page.goto(portal.address(name))
    unseen = []

    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            break
        if not page.evaluate(RING) or page.evaluate(COVERED):
            unseen.append(page.evaluate(FOCUSED)[:120])

    assert unseen == []


def test_the_menus_open_and_close_and_give_the_focus_back(page_of, portal):
    page = page_of("coordinator")
    page.goto(portal.address("home"))

    tab_to(page, ".account-menu summary")
    page.keyboard.press("Enter")
    opened = page.locator(".account-panel").first.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert opened
    assert not page.locator(".account-panel").first.is_visible()
    assert page.evaluate("() => document.activeElement.matches('.account-menu summary')")


def test_one_signs_in_and_votes(page_of, portal):
    page = page_of()
    voting = portal.address("positions:position", portal.in_state(State.SECTION_VOTE))
    page.goto(portal.address("account_login", next=voting.removeprefix(portal.url)))

    tab_to(page, "[name=login]")
    page.keyboard.type("representative9@example.org")
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(voting)
    tab_to(page, ".ball a.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vote/**")
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "form.form-page button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(voting)

    assert page.locator("#messages .notice").count() == 1
    assert page.locator(".ball a.btn-primary").count() == 0
