"""Lists whose results are replaced in place, and that work all the same without that."""

import re

import pytest

pytestmark = pytest.mark.browser

LISTS = {
    "members:directory": {"q": "katona", "found": "Katona József Könyvtár"},
    "positions:register": {"q": "postaköltség", "found": "Sample: on the postage of interlibrary"},
}
MARK = "() => { window.stillHere = true; }"
STILL_HERE = "() => window.stillHere === true"
FOUND = "#results .card-title a, #results .entry-title a"


@pytest.fixture(params=LISTS)
def listed(request, page_of, portal):
    page = page_of()
    page.goto(portal.address(request.param))
    page.evaluate(MARK)
    return page, LISTS[request.param]


def choose(page, typed):
    page.fill("main [name=q]", typed)
    page.keyboard.press("Tab")
    page.wait_for_url(re.compile(r"[?&]q="))


def test_the_results_are_replaced_in_place_and_the_address_can_be_shared(listed, page_of):
    page, known = listed
    choose(page, known["q"])
    another = page_of()
    another.goto(page.url)

    assert page.evaluate(STILL_HERE)
    for either in (page, another):
        results = either.locator("#results").inner_text()
        assert known["found"] in results
        assert either.locator(FOUND).count() == 1


def test_O_077_the_number_found_is_announced_where_it_stood_before(listed):
    page, known = listed
    region = page.locator("[role=status]#results-line")
    region.evaluate("region => { region.isTheSame = true; }")
    before = region.inner_text()

    choose(page, known["q"])

    assert region.evaluate("region => region.isTheSame === true")
    assert region.inner_text() != before
    assert "1" in region.inner_text()


def test_the_way_back_leads_to_the_whole_list(listed):
    page, known = listed
    whole = page.locator(FOUND).count()
    choose(page, known["q"])

    page.go_back()
    page.wait_for_url(re.compile(r"/$"))

    page.locator(FOUND).nth(whole - 1).wait_for()
    assert page.locator(FOUND).count() == whole
    assert page.locator("main [name=q]").input_value() == ""


def test_O_077_the_focus_stays_where_it_was(listed):
    page, known = listed
    page.fill("main [name=q]", known["q"])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"[?&]q="))

    assert page.evaluate("() => document.activeElement.name") == "q"


@pytest.mark.parametrize("name", LISTS)
def test_O_087_without_javascript_the_same_is_found(page_of, portal, name):
    page = page_of(java_script_enabled=False)
    page.goto(portal.address(name))

    page.fill("main [name=q]", LISTS[name]["q"])
    page.locator(".filter-form button[type=submit]").click()

    assert LISTS[name]["found"] in page.locator("#results").inner_text()


def test_a_county_is_marked_on_the_map_and_in_the_list_alike(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory"))

    page.locator("#results li [data-county=HU-BK]").first.hover()

    marked = page.locator(".is-marked").evaluate_all("all => all.map(one => one.dataset.county)")
    assert set(marked) == {"HU-BK"}
    assert len(marked) >= 2


def test_choosing_a_county_on_the_map_narrows_the_list(page_of, portal):
    page = page_of()
    page.goto(portal.address("members:directory"))

    page.locator("svg a[data-county=HU-BK]").click()
    page.wait_for_url(re.compile("county=HU-BK"))

    assert page.locator(FOUND).all_inner_texts() == ["Katona József Könyvtár"]


def test_the_window_is_named_after_what_was_asked_in_place(page_of, portal):
    page = page_of()
    page.goto(portal.address("search:page"))
    page.evaluate(MARK)

    choose(page, "könyvtár")
    page.wait_for_function("() => document.title.includes('könyvtár')")

    assert page.evaluate(STILL_HERE)


def test_a_refusal_in_place_gets_a_page_of_its_own(page_of, portal):
    def refuse(route):
        if "hx-request" not in route.request.headers:
            return route.continue_()
        return route.fulfill(status=429, headers={"HX-Redirect": route.request.url}, body="")

    page = page_of()
    page.goto(portal.address("search:page"))
    page.evaluate(MARK)
    page.route("**/*q=*", refuse)

    choose(page, "könyvtár")
    page.wait_for_function("() => window.stillHere === undefined")

    assert page.locator(FOUND).count() > 0
