"""What a letter leads to is done where it leads, without signing in: a browser sends these forms
with what it knows of the page's address, which the protection against forgery looks at."""

import re
import time

import pytest

from iksz_portal.demo.cast import PASSWORD
from tests.browser.people import VISITOR, sign_in

pytestmark = pytest.mark.browser

AT_LAST = 60  # seconds; the worker sends what is queued within a few
NEVER_COMES_ELSEWHERE = "former"
WHO_HEARS_OF_A_PROMISE = "section.chair"


def address_in_a_letter(portal, to, pattern):
    """The newest address of this form in the letters to somebody of the cast."""
    until = time.monotonic() + AT_LAST
    while time.monotonic() < until:
        for file in sorted((portal.data / "mail").glob("*.log"), reverse=True):
            text = file.read_text()
            if f"To: {to}@example.org\n" in text and (found := re.search(pattern, text)):
                return found[0]
        time.sleep(0.5)
    raise AssertionError(f"No letter to {to} holds {pattern}")


def send(page, label):
    """Press the button; what the portal answers."""
    with page.expect_navigation() as answer:
        page.locator("main").get_by_role("button", name=label).click()
    return answer.value.status


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_letters_are_left_and_taken_up_again_from_a_letter(page_of, portal, scripts):
    page = page_of(VISITOR, java_script_enabled=scripts)
    path = r"http://\S+/leiratkozas/[^\s>]+"
    page.goto(address_in_a_letter(portal, WHO_HEARS_OF_A_PROMISE, path))

    assert send(page, "Nem kérem ezeket a leveleket") == 200
    assert page.get_by_text("Erre a címre nem jön több ilyen levél.").is_visible()
    assert send(page, "Újra kérem ezeket a leveleket") == 200


def test_a_new_password_is_set_from_a_letter(page_of, portal):
    page = page_of(VISITOR)
    page.goto(portal.address("account_reset_password"))
    page.fill("[name=email]", f"{NEVER_COMES_ELSEWHERE}@example.org")
    assert send(page, "Send the link") == 200

    path = r"http://\S+/forgotten-password/[^\s>]+"
    page.goto(address_in_a_letter(portal, NEVER_COMES_ELSEWHERE, path))
    for box in page.locator("main input[type=password]").all():
        box.fill(PASSWORD[::-1])
    with page.expect_navigation() as answer:
        page.locator("main form button[type=submit]").click()
    assert answer.value.status == 200

    page.goto(portal.address("account_login"))
    sign_in(page, NEVER_COMES_ELSEWHERE, PASSWORD[::-1])
    page.wait_for_url(portal.address("home"))
