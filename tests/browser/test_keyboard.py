"""With nothing but a keyboard."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from core import clock
from iksz_portal.demo.cast import PASSWORD
from positions.choices import State
from tests.browser.filing import WORD_FILE

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
  const lowest = Math.min(box.bottom, innerHeight), highest = Math.max(box.top, 0);
  const there = document.elementFromPoint(box.x + box.width / 2, (lowest + highest) / 2);
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
def test_O_076_every_stop_is_seen(page_of, portal, name):
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


def county_in_focus(page):
    return page.evaluate("() => document.activeElement.dataset.county")


def test_the_map_is_one_stop_and_the_arrows_lead_from_county_to_county(page_of, portal):
    """From Bács-Kiskun east, north and to the ends; then the next stop is the list."""
    page = page_of()
    page.goto(portal.address("members:directory", county="HU-BK"))
    tab_to(page, ".county-map .county")
    walked = [county_in_focus(page)]

    for key in ("ArrowRight", "ArrowUp", "Home", "End"):
        page.keyboard.press(key)
        walked.append(county_in_focus(page))
    told = page.locator("[data-county-caption]").text_content()
    page.keyboard.press("Tab")

    assert walked == ["HU-BK", "HU-CS", "HU-JN", "HU-VA", "HU-SZ"]
    assert told.startswith("Szabolcs-Szatmár-Bereg")
    assert county_in_focus(page) is None


def test_a_county_without_a_member_is_reached_and_says_so(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory"))
    tab_to(page, ".county-map .county")
    page.keyboard.press("End")

    page.keyboard.press("ArrowLeft")
    while county_in_focus(page) not in {"HU-HB", "HU-VA"}:
        page.keyboard.press("ArrowDown")

    assert "no member library" in page.locator("[data-county-caption]").text_content()


def test_enter_on_a_county_narrows_the_list(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory"))
    tab_to(page, ".county-map .county")

    page.keyboard.press("Enter")
    page.wait_for_url("**county=**")

    assert page.locator("#results .card").count() >= 1


def test_enter_on_a_county_of_the_map_keeps_the_page_and_the_focus(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory", view="table"))
    page.evaluate("() => { window.stillHere = true; }")
    tab_to(page, ".county-map .county")
    chosen = county_in_focus(page)
    before = page.locator("[role=status]#results-line").inner_text()

    page.keyboard.press("Enter")
    page.wait_for_url(f"**county={chosen}**")
    page.locator(f".county-map a[data-county={chosen}][aria-current]").wait_for()

    assert page.evaluate("() => window.stillHere")
    assert "view=table" in page.url
    assert county_in_focus(page) == chosen
    assert page.locator("main [name=county]").input_value() == chosen
    assert page.locator("[role=status]#results-line").inner_text() != before


def test_the_tabs_of_the_directory_keep_the_focus(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory"))

    for view in ("table", "cards"):
        tab_to(page, "#results .tabs a:not([aria-current])")
        page.keyboard.press("Enter")
        page.locator(f"#results :is({'table' if view == 'table' else 'li .card'})").first.wait_for()
        focused = page.evaluate("() => document.activeElement.getAttribute('aria-current')")

        assert focused == "page"
        assert ("view=table" in page.url) == (view == "table")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")


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


def test_the_focus_is_on_the_button_again_after_following(page_of, portal):
    page = page_of("coordinator")
    page.goto(portal.address("members:library", "katona-jozsef-konyvtar"))
    focused = []

    for _each in range(2):
        tab_to(page, ".follow button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        focused.append(page.evaluate("() => document.activeElement.id"))
        page.keyboard.press("Shift+Tab")

    assert sorted(focused) == ["follow", "followed"]


def test_a_member_of_the_board_skips_to_a_card_and_votes_there(page_of, portal):
    """The first position is not yet voted on; a skip leads from its card to the next one."""
    page = page_of("board4")
    queue = portal.address("positions:board_queue")
    page.goto(queue)
    unseen = page.locator(".skip-link").evaluate_all(
        "links => links.every(link => getComputedStyle(link).clipPath !== 'none')"
    )

    tab_to(page, ".queue-card .skip-link")
    box = page.locator(":focus").bounding_box()
    shown = box["y"] > 0 and box["width"] > 10
    page.keyboard.press("Enter")
    tab_to(page, ".queue-vote input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, ".queue-vote button[type=submit]")
    page.keyboard.press("Enter")
    page.locator("#messages .notice").wait_for()  # the skip has led to an anchor of the same page

    assert unseen
    assert shown
    assert page.url.startswith(f"{queue}#")
    assert page.locator("#messages .notice").count() == 1
    assert page.locator(".queue-vote").count() == 0


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
    questions = (
        "() => new Set([...document.querySelectorAll('input[type=radio]')].map((r) => r.name))"
    )
    for name in sorted(page.evaluate(f"() => [...({questions})()]")):  # the text, its amendments
        tab_to(page, f"input[type=radio][name='{name}']")
        page.keyboard.press("Space")
    tab_to(page, "form.form-page button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(voting)

    assert page.locator("#messages .notice").count() == 1
    assert page.locator(".ball a.btn-primary").count() == 0


# The whole way of somebody without a mouse ---------------------------------------------------


def on_to(page, selector):
    """Like `tab_to`; and whatever has the focus on the way is seen, and nothing covers it."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        page.wait_for_timeout(30)
        here = page.evaluate(FOCUSED)[:160]
        assert page.evaluate(RING), f"no ring: {here}"
        assert not page.evaluate(COVERED), f"covered: {here}"
        if page.evaluate("meant => document.activeElement.matches(meant)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")


def press_on(page, selector):
    on_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page, selector, words):
    on_to(page, selector)
    page.keyboard.type(words)


def give_name_and_password(page, portal, who):
    page.goto(portal.address("account_login"))
    type_into(page, "[name=login]", f"{who}@example.org")
    type_into(page, "[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def switch_the_second_step_on(page, portal):
    """Returns a recovery code: the app's own is good only once."""
    page.goto(portal.address("mfa_activate_totp"))
    secret = page.locator("main p code").inner_text()
    now = int(clock.now().timestamp()) // 30
    type_into(page, "[name=code]", format_hotp_value(hotp_value(secret, now)))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(portal.address("mfa_view_recovery_codes"))
    return page.locator("main li code").first.inner_text()


def switch_the_second_step_off(page, portal):
    """Or no other test could sign them in."""
    page.goto(portal.address("mfa_deactivate_totp"))
    press_on(page, "main form button[type=submit]")


def write_a_draft(page, portal):
    page.goto(portal.address("positions:start", section="minta"))
    on_to(page, "input[type=radio][name=kind]")
    page.keyboard.press("Space")
    type_into(page, "[name=title]", "Minta: csak billentyűzettel írva")
    type_into(page, "[role=textbox]#id_body", "Egyetlen bekezdés, egér nélkül.")
    press_on(page, "main form button[type=submit]")
    return page.url


def chosen_on_enter(page):
    """The file chooser; a busy browser may miss one press of the key, as it does for people."""
    opened = []
    page.on("filechooser", lambda chooser: opened.append(chooser))  # noqa: PLW0108 -- it is marked
    for _ in range(3):
        page.keyboard.press("Enter")
        page.wait_for_timeout(3000)
        if opened:
            break
    return opened[0]


def attach(page, draft):
    page.goto(f"{draft}attachments/")
    on_to(page, "input[type=file]")
    chosen_on_enter(page).set_files(WORD_FILE)
    press_on(page, "main .form-page button[type=submit]")


def vote(page, voting):
    page.goto(voting)
    press_on(page, ".ball a.btn-primary")
    radios = page.locator("input[type=radio]")
    for name in radios.evaluate_all("all => [...new Set(all.map((one) => one.name))]"):
        on_to(page, f"input[type=radio][name='{name}']")
        page.keyboard.press("Space")
    press_on(page, "form.form-page button[type=submit]")


def sign_out(page):
    on_to(page, ".account-menu summary")
    page.keyboard.press("Enter")
    press_on(page, ".account-menu .account-panel form:not(:has([name=language])) button")


def test_O_076_one_signs_in_in_two_steps_writes_attaches_votes_and_leaves(page_of, portal):
    page, who = page_of(), "representative8"
    give_name_and_password(page, portal, who)
    code = switch_the_second_step_on(page, portal)
    page.goto(portal.address("home"))
    sign_out(page)
    give_name_and_password(page, portal, who)
    type_into(page, "[name=code]", code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    switch_the_second_step_off(page, portal)

    draft = write_a_draft(page, portal)
    attach(page, draft)
    attached = page.locator(".entries .entry-title a").all_inner_texts()
    vote(page, portal.address("positions:position", portal.in_state(State.SECTION_VOTE)))
    voted = page.locator("#messages .notice").count()
    sign_out(page)

    assert attached == [WORD_FILE.name]
    assert voted == 1
    assert page.locator(".account-menu").count() == 0
    give_name_and_password(page, portal, who)
    assert page.url == portal.address("home")
