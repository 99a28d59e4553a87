import pytest
from django.conf import settings

from positions.choices import State
from tests.browser.people import sign_in

pytestmark = pytest.mark.browser

CODES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("home", (), {}),
        ("members:directory", (), {"county": "HU-BK"}),
        ("members:library", ("katona-jozsef-konyvtar",), {}),
        ("positions:register", (), {"state": "closed"}),
        ("positions:position", (State.CLOSED,), {}),
        ("account_login", (), {}),
    ],
)
def test_the_switch_of_language_keeps_the_place(page_of, portal, name, args, query):
    args = [portal.in_state(arg) if isinstance(arg, State) else arg for arg in args]
    page = page_of()
    page.goto(portal.address(name, *args, language="hu", **query))

    for code in ("en", "sl", "hu"):
        page.locator(f".site-bar .language-links a[hreflang={code}]").click()

        assert page.url == portal.address(name, *args, language=code, **query)
        assert page.locator("html").get_attribute("lang") == code


@pytest.mark.parametrize("code", CODES)
def test_a_filter_chosen_in_place_is_kept_by_the_switch_of_language(page_of, portal, code):
    page = page_of()
    page.goto(portal.address("members:directory", language="sl" if code == "hu" else "hu"))
    page.select_option("[name=county]", "HU-BK")
    page.wait_for_url("**county=HU-BK**")

    page.locator(f".site-bar .language-links a[hreflang={code}]").click()
    page.wait_for_load_state()

    assert page.locator("html").get_attribute("lang") == code
    assert page.locator("[name=county]").input_value() == "HU-BK"


def test_what_was_typed_is_kept_by_the_switch_of_language(page_of, portal):
    page = page_of("coordinator")
    address = portal.address("positions:edit", portal.in_state(State.DRAFT), language="hu")
    page.goto(address)
    page.locator("main [contenteditable=true]").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("One sentence, ")
    page.keyboard.press("Control+B")
    page.keyboard.type("loudly.")
    page.fill("[name=title]", "Another title")
    typed = page.locator("main [contenteditable=true]").inner_html()

    for code in ("en", "sl", "hu"):
        page.locator(f".site-bar .language-links a[hreflang={code}]").click()
        page.wait_for_load_state()

        assert page.locator("html").get_attribute("lang") == code
        assert page.locator("main [contenteditable=true]").inner_html() == typed
        assert page.locator("[name=title]").input_value() == "Another title"


def test_signing_in_leads_back_to_what_was_filtered_in_place(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory"))
    page.select_option("[name=county]", "HU-BK")
    page.wait_for_url("**county=HU-BK**")
    filtered = page.url

    page.locator(".site-bar a.btn").click()
    sign_in(page, "stranger")
    page.wait_for_url(filtered)

    assert page.locator("[name=county]").input_value() == "HU-BK"
