import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import nu, server
from tests.browser.people import Doors
from tests.browser.visits import Visits

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


@pytest.fixture(scope="package")
def chromium():
    """Ends with this folder: while it runs, Django takes the whole thread for an event loop."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium is installed, and CHROMIUM names none")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def portal(tmp_path_factory):
    with server.demo(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(scope="package")
def doors(chromium, portal):
    return Doors(chromium, portal)


@pytest.fixture(scope="package")
def checker():
    with nu.checker() as started:
        yield started


@pytest.fixture(scope="package")
def visits(checker, doors):
    """What was found at each place; a place is visited once, however many tests ask."""
    visits = Visits(doors, checker)
    yield visits
    visits.end()


@pytest.fixture
def page_of(doors):
    """`page_of("coordinator")`: a page of a browser in which that person is signed in."""
    opened = []

    def open_page(who="", **options):
        context = doors.open(who, **options)
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()
