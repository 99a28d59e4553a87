"""Nothing that was typed is lost by leaving, with the connection, or with the session."""

import re
from datetime import datetime

import pytest

from core import clock
from iksz_portal.demo.cast import PASSWORD
from positions.choices import State
from tests.browser.people import sign_in
from tests.browser.writing import EDITOR, HTML, click_into_the_editor, write

pytestmark = pytest.mark.browser

COORDINATOR = "coordinator"
OFFER = "[data-kept-offer]"
SAID = "[data-kept-said]"
WRITTEN = "A whole evening of work."


@pytest.fixture
def draft(page_of, portal):
    """The address of a draft of its own."""
    page = page_of(COORDINATOR, java_script_enabled=False)
    page.goto(portal.address("positions:start", section="minta"))
    page.check("[name=kind][value=opinion]")
    page.fill("[name=title]", "Kept")
    page.fill("[name=body]", "First.\n\nSecond.")
    page.get_by_role("button", name="Start the draft").click()
    page.wait_for_url("**/positions/DEMO-*/*/")
    return page.url


def open_to_edit(page, draft):
    page.goto(f"{draft}edit/")
    page.wait_for_selector(EDITOR)


def type_at_the_end(page, words):
    click_into_the_editor(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save a version").click()


def kept(page):
    """How many texts this browser keeps."""
    return page.evaluate(
        "() => Object.keys(localStorage).filter((key) => key.startsWith('typed|')).length"
    )


def end_session(page):
    page.context.clear_cookies(name=re.compile("session$"))


# Leaving ------------------------------------------------------------------------------------------


def test_what_was_not_sent_is_offered_again(page_of, draft):
    page = page_of(COORDINATOR)
    open_to_edit(page, draft)
    type_at_the_end(page, f" {WRITTEN}")
    page.fill("[name=title]", "Kept, and how")
    page.goto(draft)

    open_to_edit(page, draft)
    offered = page.locator(OFFER).is_visible()
    page.get_by_role("button", name="Put it back into the form").click()

    assert offered
    assert page.evaluate(HTML) == f"<p>First.</p><p>Second. {WRITTEN}</p>"
    assert page.locator("[name=title]").input_value() == "Kept, and how"
    assert page.locator(OFFER).is_hidden()
    assert "It is not saved yet." in page.locator(SAID).inner_text()


def test_the_moment_of_what_is_offered_is_that_of_budapest(page_of, draft):
    page = page_of(COORDINATOR, timezone_id="Pacific/Auckland")
    open_to_edit(page, draft)
    page.fill("[name=title]", "Kept, and when")
    page.goto(draft)

    open_to_edit(page, draft)
    page.locator(OFFER).wait_for()
    time = page.locator(f"{OFFER} time")
    kept_at = datetime.fromisoformat(time.get_attribute("datetime")).astimezone(clock.ZONE)

    assert time.inner_text() == f"{kept_at:%-d %B %Y, %H:%M}"


def test_what_was_put_back_is_saved_and_then_forgotten(page_of, draft):
    page = page_of(COORDINATOR)
    open_to_edit(page, draft)
    type_at_the_end(page, f" {WRITTEN}")
    open_to_edit(page, draft)
    page.get_by_role("button", name="Put it back into the form").click()

    save(page)
    forgotten = kept(page)
    open_to_edit(page, draft)

    assert forgotten == 0
    assert page.evaluate(HTML) == f"<p>First.</p><p>Second. {WRITTEN}</p>"
    assert page.locator(OFFER).is_hidden()


def test_what_is_thrown_away_is_not_offered_twice(page_of, draft):
    page = page_of(COORDINATOR)
    open_to_edit(page, draft)
    type_at_the_end(page, WRITTEN)
    open_to_edit(page, draft)
    page.get_by_role("button", name="Throw it away").click()

    open_to_edit(page, draft)

    assert page.locator(OFFER).is_hidden()
    assert kept(page) == 0


def test_new_words_do_not_take_the_place_of_those_that_are_offered(page_of, draft):
    page = page_of(COORDINATOR)
    open_to_edit(page, draft)
    type_at_the_end(page, WRITTEN)
    open_to_edit(page, draft)
    page.fill("[name=note]", "Something else")
    page.wait_for_timeout(700)

    page.get_by_role("button", name="Put it back into the form").click()

    assert WRITTEN in page.evaluate(HTML)
    assert page.locator("[name=note]").input_value() == "Something else"


def test_a_refused_form_is_kept_too(page_of, draft):
    page = page_of(COORDINATOR)
    open_to_edit(page, draft)
    type_at_the_end(page, f" {WRITTEN}")
    page.fill("[name=title]", "")
    save(page)
    page.wait_for_selector(EDITOR)
    refused = page.locator(".error-summary").is_visible()
    page.wait_for_timeout(700)
    page.goto(draft)

    open_to_edit(page, draft)
    page.get_by_role("button", name="Put it back into the form").click()

    assert refused
    assert page.evaluate(HTML) == f"<p>First.</p><p>Second. {WRITTEN}</p>"


def test_another_person_at_the_same_browser_is_offered_nothing(page_of, portal, draft):
    page = page_of(COORDINATOR)
    open_to_edit(page, draft)
    type_at_the_end(page, WRITTEN)
    page.goto(draft)
    end_session(page)
    page.goto(portal.address("account_login", next=f"{draft}edit/".removeprefix(portal.url)))
    sign_in(page, "section.chair")
    page.wait_for_selector(EDITOR)

    assert page.locator(OFFER).is_hidden()
    assert WRITTEN not in page.content()


def test_signing_out_empties_the_store(page_of, portal, draft):
    page = page_of()  # with a session of its own, for it ends here
    page.goto(portal.address("account_login"))
    sign_in(page, COORDINATOR)
    page.wait_for_url(portal.address("home"))
    open_to_edit(page, draft)
    type_at_the_end(page, WRITTEN)
    page.goto(draft)
    before = kept(page)
    page.locator(".account-menu summary").click()
    panel = page.locator(".account-panel").first
    panel.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()

    assert (before, kept(page)) == (1, 0)


def test_a_browser_that_keeps_nothing_does_no_harm(page_of, draft):
    page = page_of(COORDINATOR)
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
    )
    open_to_edit(page, draft)
    type_at_the_end(page, f" {WRITTEN}")

    save(page)

    assert said == []
    assert WRITTEN in page.locator("#p2").inner_text()


# A lost connection --------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["no network", "no answer"])
def test_without_a_connection_the_text_stays_and_can_be_sent_again(how, page_of, draft):
    page = page_of(COORDINATOR)
    open_to_edit(page, draft)
    type_at_the_end(page, f" {WRITTEN}")
    if how == "no network":
        page.context.set_offline(True)
    else:
        page.route("**/*", lambda route: route.abort())

    page.get_by_role("button", name="Save a version").click()
    page.wait_for_function("said => document.querySelector(said).textContent", arg=SAID)
    told = page.locator(SAID).inner_text(), page.locator(SAID).get_attribute("role")
    still = page.evaluate(HTML)
    page.context.set_offline(False)
    page.unroute("**/*")
    save(page)

    assert told[0].startswith("There is no connection to the portal.")
    assert told[1] == "status"
    assert WRITTEN in still
    assert WRITTEN in page.locator("#p2").inner_text()
    assert kept(page) == 0


# A session that has run out -----------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_O_078_what_was_typed_is_back_after_signing_in(script, page_of, draft):
    page = page_of(COORDINATOR, java_script_enabled=script)
    page.goto(f"{draft}edit/")
    write(page, WRITTEN)
    end_session(page)

    save(page)
    told = page.locator("main").inner_text()
    page.fill("[name=login]", f"{COORDINATOR}@example.org")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    back = page.locator("main").inner_text()
    save(page)

    assert "What you had written is kept" in told
    assert "What you had written is back" in back
    assert page.url == draft
    assert WRITTEN in page.locator("#p1").inner_text()
    if script:
        assert kept(page) == 0


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_O_078_what_is_wrong_is_summed_up_and_tied_to_its_field(script, page_of, draft):
    page = page_of(COORDINATOR, java_script_enabled=script)
    page.goto(f"{draft}edit/")
    page.fill("[name=title]", "")
    write(page, "\n\n".join(f"{number}" for number in range(1001)))

    save(page)

    page.wait_for_load_state("networkidle")
    summary = page.locator(".error-summary a")
    wrong = page.locator("[role=textbox][id=id_body], textarea#id_body")
    assert [link.get_attribute("href") for link in summary.all()] == ["#id_title", "#id_body"]
    for field in (page.locator("#id_title"), wrong):
        assert field.get_attribute("aria-invalid") == "true"
        told = field.get_attribute("aria-describedby").split()
        assert any("Error:" in page.locator(f"#{name}").inner_text() for name in told)
    assert "1000" in (page.evaluate(HTML) if script else wrong.input_value())


def test_O_078_a_comment_is_back_too(page_of, portal):
    page = page_of("representative1", java_script_enabled=False)
    page.goto(portal.address("positions:comment", portal.in_state(State.CONSULTATION)))
    page.fill("[name=text]", WRITTEN)
    end_session(page)

    page.locator("main form button[type=submit]").last.click()
    page.fill("[name=login]", "representative1@example.org")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()

    assert page.locator("[name=text]").input_value() == WRITTEN
