"""Visiting a place of the portal, and everything that can be found wrong there."""

import re
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe

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
NARROW = {"width": 320, "height": 800}
TALL_ENOUGH = 24

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
    barriers: list = field(default_factory=list)
    barriers_in_the_dark: list = field(default_factory=list)
    sticking_out: list = field(default_factory=list)
    too_small: list = field(default_factory=list)


class Visits:
    def __init__(self, doors):
        self.doors = doors
        self.portal = doors.portal
        self._axe = Axe()
        self._browsers = {}
        self._found = {}

    def to(self, place):
        if str(place) not in self._found:
            self._found[str(place)] = self._visit(place)
        return self._found[str(place)]

    def end(self):
        for browser in self._browsers.values():
            browser.close()

    def _browser_of(self, who):
        if who not in self._browsers:
            self._browsers[who] = self.doors.open(who)
            self._browsers[who].add_init_script(REPORT_VIOLATIONS)
        return self._browsers[who]

    def _visit(self, place):
        found = Findings()
        page = self._browser_of(place.who).new_page()
        self._listen(page, found)
        found.status = page.goto(place.address(self.portal)).status
        if place.then:
            place.then(page)
        found.barriers = self._barriers(page, EVERY_RULE)
        page.emulate_media(color_scheme="dark")
        found.barriers_in_the_dark = self._barriers(page, RULES_OF_COLOUR)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(NARROW)
        found.sticking_out = page.evaluate(STICKING_OUT)
        found.too_small = page.evaluate(TOO_SMALL, TALL_ENOUGH)
        page.close()
        return found

    def _listen(self, page, found):
        def hear(message):
            of_this_page = message.location["url"] == page.url
            if message.type in {"error", "warning"} and not (
                of_this_page and REFUSED.fullmatch(message.text)
            ):
                found.complaints.append(message.text)

        def look(request):
            if not request.url.startswith(f"{self.portal.url}/"):
                found.strangers.append(request.url)

        page.on("console", hear)
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("request", look)
        page.on("requestfailed", lambda request: found.complaints.append(request.url))

    def _barriers(self, page, rules):
        result = self._axe.run(page, options=rules).response
        return [
            f"{rule['id']}: {node['html'][:160]}"
            for rule in result["violations"]
            for node in rule["nodes"]
        ]
