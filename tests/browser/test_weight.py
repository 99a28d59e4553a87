"""A first visit of a public page: few bytes, and nothing that jumps."""

import time

import pytest

from tests.browser.people import VISITOR
from tests.browser.places import LIBRARY, PLACES
from tests.browser.visits import NARROW, WIDE, Place

pytestmark = pytest.mark.browser

MOST = 150_000  # bytes over the wire, fonts included
SHIFTS = """() => new Promise((tell) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => tell(sum), 100));
})"""
GALLERY = "design"  # holds every component there is, and the editor
PUBLIC = [
    place
    for place in PLACES
    if place.who == VISITOR and not place.then and place.status == 200 and place.name != GALLERY
]
MAIN = [
    Place("home"),
    Place("members:directory"),
    Place("members:library", (LIBRARY,)),
    Place("sections:section", ("megyei",)),
    Place("positions:register"),
    Place("positions:position", state="closed"),
]


def weighed(page):
    """A list that grows by the bytes of each answer, headers included."""
    sizes = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    return sizes


@pytest.mark.parametrize("place", PUBLIC, ids=str)
def test_a_first_visit_is_light_and_nothing_moves(page_of, portal, place):
    """Three tries: a busy machine may draw before it has read the style sheet to its end."""
    for _ in range(3):
        page = page_of()
        sizes = weighed(page)
        page.goto(place.address(portal), wait_until="networkidle")
        moved = page.evaluate(SHIFTS)
        if moved == 0:
            break

    assert len(sizes) > 5
    assert (sum(sizes) <= MOST, moved) == (True, 0), f"{sum(sizes)} bytes"


@pytest.mark.parametrize("screen", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("place", MAIN, ids=str)
def test_nothing_jumps_when_the_fonts_come_late(page_of, portal, place, screen):
    page = page_of(viewport=screen)
    page.route("**/*.woff2", lambda route: (time.sleep(0.3), route.continue_()))

    page.goto(place.address(portal), wait_until="networkidle")

    assert page.evaluate(SHIFTS) == 0
