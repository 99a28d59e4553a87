"""What somebody with bad intent types is shown as text, or not at all, and never run."""

import pytest

from positions.choices import State
from tests.browser.visits import REPORT_VIOLATIONS

pytestmark = pytest.mark.browser

RUN = "window.__ran=1"
VECTORS = [
    f"<script>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<img src=x onerror={RUN}>",
    f'<img src="x:x" onerror="{RUN}">',
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text y=20>a</text></a></svg>",
    f"<a href='javascript:{RUN}'>a</a>",
    f"<a href='JaVa&#10;Script:{RUN}'>a</a>",
    f"<a href='data:text/html,<script>{RUN}</script>'>a</a>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src='javascript:parent.{RUN}'></iframe>",
    f"<object data='javascript:{RUN}'></object>",
    f"<embed src='javascript:{RUN}'>",
    f"<form action='javascript:{RUN}'><button>a</button></form>",
    f"<p style='background:url(javascript:{RUN})'>a</p>",
    f"<style>@import 'javascript:{RUN}'</style>",
    f"<details open ontoggle={RUN}>a</details>",
    f"<body onload={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    "<math><mtext><table><mglyph><style><!--</style>"
    f"<img title='--&gt;&lt;img src=1 onerror={RUN}&gt;'>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<template><img src=x onerror={RUN}></template>",
]
BREAKOUT = f'"><svg onload={RUN}>'
HAS_RUN = "() => window.__ran === 1"


@pytest.fixture
def watched(page_of):
    """A page that writes down what its policy had to stop."""

    def open_page(who=""):
        page = page_of(who)
        page.add_init_script(REPORT_VIOLATIONS)
        page.stopped = []
        page.on("console", lambda message: page.stopped.append(message.text))
        page.on("dialog", lambda dialog: page.stopped.append(dialog.message))
        return page

    return open_page


def policy_stops(page):
    return [said for said in page.stopped if "policy violated" in said]


@pytest.fixture
def hostile_draft(page_of, portal):
    page = page_of("coordinator", java_script_enabled=False)
    page.goto(portal.address("positions:start", section="minta"))
    page.check("[name=kind][value=opinion]")
    page.fill("[name=title]", BREAKOUT)
    page.fill("[name=body]", "\n\n".join(VECTORS))
    page.fill("[name=points]", f"{BREAKOUT}\n{VECTORS[2]}")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/positions/DEMO-*/*/")
    return page.url


def test_O_019_nothing_in_a_draft_is_run(watched, hostile_draft, portal):
    page = watched("coordinator")
    seen = [
        hostile_draft,
        f"{hostile_draft}edit/",
        f"{hostile_draft}versions/1/",
        portal.address("positions:register"),
        portal.address("home"),
    ]
    for address in seen:
        assert page.goto(address).status == 200
        assert not page.evaluate(HAS_RUN)
    assert policy_stops(page) == []

    page.goto(hostile_draft)
    assert page.locator("h1").inner_text() == BREAKOUT


def test_O_019_nothing_of_it_is_run_in_the_back_office(watched, hostile_draft, portal):
    page = watched("staff")
    page.goto(portal.address("admin:positions_position_changelist"))
    page.get_by_role("link", name=BREAKOUT).first.click()
    page.wait_for_load_state()

    assert not page.evaluate(HAS_RUN)
    assert policy_stops(page) == []


@pytest.mark.parametrize("vector", [BREAKOUT, VECTORS[0], "';alert(1)//"])
def test_O_022_nothing_in_an_address_is_run(watched, portal, vector):
    page = watched()
    closed = portal.in_state(State.CLOSED)
    asked = dict.fromkeys(("q", "county", "kind", "state", "year", "page", "next", "view"), vector)
    for name, args in (
        ("home", ()),
        ("members:directory", ()),
        ("positions:register", ()),
        ("positions:position", (closed,)),
        ("account_login", ()),
        ("members:apply", ()),
    ):
        page.goto(portal.address(name, *args, **asked))
        assert not page.evaluate(HAS_RUN)
    page.goto(f"{portal.url}/en/{vector}/")

    assert not page.evaluate(HAS_RUN)
    assert policy_stops(page) == []
