"""Larger, wider, in other colours, on paper: nothing is lost and nothing scrolls both ways."""

import pytest

from positions.choices import Action, State
from tests.browser.visits import STICKING_OUT

pytestmark = pytest.mark.browser

PLACES = {
    "home": ("home", None, ()),
    "directory": ("members:directory", None, ()),
    "position": ("positions:position", State.CONSOLIDATION, ()),
    "editor": ("positions:edit", State.DRAFT, ()),
    "step": ("positions:move", State.ADOPTED, (Action.FORWARD.value,)),
    "guide": ("guide_section", None, ()),
}
SPACED = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }
"""
CUT_OFF = """() => [...document.querySelectorAll("main *, footer *")].filter((element) => {
  if (!element.checkVisibility() || element.closest("svg, .visually-hidden, [aria-hidden=true]")) {
    return false;
  }
  const { overflowX, overflowY } = getComputedStyle(element);
  const cut = (kind) => kind === "hidden" || kind === "clip";
  return element.textContent.trim() && element.clientHeight > 1
    && ((cut(overflowY) && element.scrollHeight > element.clientHeight + 2)
      || (cut(overflowX) && element.scrollWidth > element.clientWidth + 2));
}).map((element) => element.outerHTML.slice(0, 120))"""
WITHOUT_EDGE = """() => [...document.querySelectorAll("main .btn, main .notice, main .hint")]
  .filter((element) => element.checkVisibility())
  .filter((element) => {
    const style = getComputedStyle(element);
    return style.borderInlineStartStyle === "none"
      || parseFloat(style.borderInlineStartWidth) < 1;
  }).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture(params=PLACES)
def page(request, page_of, portal):
    name, state, args = PLACES[request.param]
    first = (portal.in_state(state),) if state else ()
    page = page_of("coordinator", bypass_csp=True)
    page.goto(portal.address(name, *first, *args))
    return page


def wrong(page):
    return page.evaluate(STICKING_OUT) + page.evaluate(CUT_OFF)


def test_O_086_it_grows_and_keeps_all_it_holds(page):
    found = {}

    page.set_viewport_size({"width": 640, "height": 400})  # 1280 × 800 at 200 per cent
    found["200 %"] = wrong(page)
    page.set_viewport_size({"width": 320, "height": 200})
    found["400 %"] = wrong(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.add_style_tag(content=SPACED)
    found["spaced"] = wrong(page)

    assert {how: what for how, what in found.items() if what} == {}


def test_O_086_forced_colours_and_paper_leave_what_matters(page):
    page.emulate_media(forced_colors="active")
    without_edge = page.evaluate(WITHOUT_EDGE)
    page.emulate_media(forced_colors="none", media="print")
    heading, menus = page.locator("h1").is_visible(), page.locator(".site-bar nav").all()

    assert without_edge == []
    assert heading
    assert not any(menu.is_visible() for menu in menus)
