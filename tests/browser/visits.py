"""Visiting a place of the portal, and everything that can be found wrong there."""

import re
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.people import VISITOR

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERY_RULE = {
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,  # axe would copy style sheets into the page, against its policy
}
RULES_OF_COLOUR = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
    "preload": False,
}
REFUSED = re.compile(r"Failed to load resource: .* status of 4\d\d .*")
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 800}
TALL_ENOUGH = 24

BARRIERS = """async (rules) => (await axe.run(rules)).violations.flatMap((rule) =>
  rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`))"""
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
"""
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const framed = (element) => element.parentElement
    && (getComputedStyle(element.parentElement).overflowX !== "visible"
        || framed(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((element) =>
    element.getBoundingClientRect().right > width + 0.5 && !framed(element));
  return [`${document.documentElement.scrollWidth} px wide`, ...wide.slice(0, 5).map((element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute("class")}`)];
}"""
TOO_SMALL = """(least) => [...document.querySelectorAll(
  "nav a, main button, main a.btn, summary, input:not([type=hidden]), select")]
  .filter((element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((element) => !element.closest("p, li li, .visually-hidden"))
  .filter((element) => {
    const label = element.labels && element.labels[0];
    const box = element.getBoundingClientRect();
    const own = Math.min(box.width, box.height) >= least;
    return !own && !(label && label.getBoundingClientRect().height >= least);
  }).map((element) => element.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Place:
    """A page as one person sees it, perhaps after doing something there."""

    name: str
    args: tuple = ()
    who: str = VISITOR
    state: str = ""
    query: dict = field(default_factory=dict)
    then: object = None
    status: int = 200
    path: str = ""

    def __str__(self):
        asked = ",".join(f"{name}={value}" for name, value in self.query.items())
        done = self.then.__name__ if self.then else ""
        what = [self.path or self.name, *map(str, self.args), self.state, asked, done]
        return " ".join(filter(None, [self.who or "visitor", *what]))

    def address(self, portal):
        if self.path:
            return portal.url + self.path
        first = (portal.in_state(self.state),) if self.state else ()
        return portal.address(self.name, *first, *self.args, **self.query)


@dataclass
class Findings:
    status: int = 0
    complaints: list = field(default_factory=list)
    strangers: list = field(default_factory=list)
    markup: list | None = None  # not known without the checker
    barriers: list = field(default_factory=list)
    barriers_in_the_dark: list = field(default_factory=list)
    sticking_out: list = field(default_factory=list)
    too_small: list = field(default_factory=list)


class Visits:
    """Each person walks from place to place in one window of their own."""

    def __init__(self, doors, checker=None):
        self.portal = doors.portal
        self._doors = doors
        self._checker = checker
        self._served = None
        self._windows = {}
        self._found = {}
        self._finding = Findings()

    def to(self, place):
        if str(place) not in self._found:
            self._found[str(place)] = self._finding = Findings()
            self._look(self._window_of(place.who), place, self._finding)
        return self._found[str(place)]

    def end(self):
        for window in self._windows.values():
            window.context.close()

    def _window_of(self, who):
        if who not in self._windows:
            browser = self._doors.open(who)
            browser.add_init_script(REPORT_VIOLATIONS)
            self._windows[who] = browser.new_page()
            self._listen(self._windows[who])
        return self._windows[who]

    def _look(self, window, place, found):
        window.set_viewport_size(WIDE)
        found.status = window.goto(place.address(self.portal)).status
        if place.then:
            place.then(window)
        if self._checker:
            found.markup = self._checker.errors(self._served.body())
        window.evaluate(AXE_SCRIPT)
        found.barriers = window.evaluate(BARRIERS, EVERY_RULE)
        window.emulate_media(color_scheme="dark")
        found.barriers_in_the_dark = window.evaluate(BARRIERS, RULES_OF_COLOUR)
        window.emulate_media(color_scheme="light")
        window.set_viewport_size(NARROW)
        found.sticking_out = window.evaluate(STICKING_OUT)
        found.too_small = window.evaluate(TOO_SMALL, TALL_ENOUGH)

    def _listen(self, window):
        window.on("console", self._hear)
        window.on("pageerror", lambda error: self._finding.complaints.append(str(error)))
        window.on("request", self._see)
        window.on("response", self._receive)
        window.on("requestfailed", lambda request: self._finding.complaints.append(request.url))

    def _hear(self, message):
        of_the_page = message.location["url"] == message.page.url
        refused = of_the_page and REFUSED.fullmatch(message.text)
        if message.type in {"error", "warning"} and not refused:
            self._finding.complaints.append(message.text)

    def _receive(self, response):
        """Keeps the page as it was served, before any script has touched it."""
        kind = response.headers.get("content-type", "")
        if response.request.is_navigation_request() and kind.startswith("text/html"):
            self._served = response

    def _see(self, request):
        if not request.url.startswith(f"{self.portal.url}/"):
            self._finding.strangers.append(request.url)
