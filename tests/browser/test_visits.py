"""What looks for mistakes finds them: a page with all of them in it."""

import pytest

from tests.browser.visits import Place

pytestmark = pytest.mark.browser

MISTAKES = """
const wide = document.createElement("p");
wide.textContent = "far too wide";
wide.style.width = "900px";
const small = document.createElement("button");
small.textContent = "x";
small.style.cssText = "font-size:6px;min-height:0;min-width:0;padding:0";
const pale = document.createElement("p");
pale.textContent = "hardly to be read";
pale.style.color = "rgb(150 150 150)";
const foreign = document.createElement("img");
foreign.src = "http://elsewhere.invalid/x.png";
const inline = document.createElement("script");
inline.textContent = "window.__ran = 1";
document.querySelector("main").append(wide, small, pale, foreign, inline);
"""


def spoil(page):
    page.evaluate(MISTAKES)
    page.wait_for_timeout(200)


@pytest.fixture
def found(visits):
    return visits.to(Place("account_reset_password_done", then=spoil))


def test_a_barrier_is_found(found):
    assert {line.partition(":")[0] for line in found.barriers} >= {"image-alt", "color-contrast"}


def test_what_sticks_out_is_found(found):
    assert any(line.endswith("px wide") for line in found.sticking_out)


def test_what_is_too_small_is_found(found):
    assert len(found.too_small) == 1


def test_what_the_policy_stops_is_found(found):
    assert any("script-src" in line for line in found.complaints)


def test_what_comes_from_elsewhere_is_found(found):
    assert found.strangers == ["http://elsewhere.invalid/x.png"]


def test_a_mistake_in_the_markup_is_found(checker):
    if checker is None:
        pytest.skip("Java or the Nu HTML checker is missing, and VNU names no vnu.jar")
    page = b"<!DOCTYPE html><html lang=en><title>x</title><p id=a><p id=a>"

    assert [error.partition(" ")[0] for error in checker.errors(page)] == ["Duplicate"]
