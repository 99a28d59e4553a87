"""The pictures of the README, taken anew: `python -m tests.browser.pictures` (CHROMIUM names the
browser). They show the directory as it is published and the fictional cast of the demonstration."""

import base64
import os
import shutil
import tempfile
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from positions.choices import State  # noqa: E402 - needs the settings
from tests.browser import server  # noqa: E402
from tests.browser.conftest import BROWSERS, QUIETLY  # noqa: E402
from tests.browser.people import Doors  # noqa: E402

FOLDER = server.ROOT / "docs/pictures"
QUALITY = 80
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def mark_a_county(page):
    page.locator("svg [data-county=HU-BE]").hover()


def pictures(portal):
    """Name, who looks, address, screen, colour scheme, and what is done before."""
    position = portal.in_state(State.SECTION_VOTE)
    yield "home", "", portal.address("home", language="hu"), DESK, "light", None
    directory = portal.address("members:directory", language="hu")
    yield "directory", "", directory, DESK, "light", mark_a_county
    address = portal.address("positions:position", position, language="hu")
    yield "position", "coordinator", address, {**DESK, "height": 1150}, "light", None
    closed = portal.address("positions:position", portal.in_state(State.CLOSED), language="hu")
    yield "phone", "", closed, PHONE, "dark", None
    yield "phone-home", "", portal.address("home", language="hu"), PHONE, "dark", None


def take(doors, name, who, address, screen, scheme, before):
    context = doors.open(who, viewport=screen, color_scheme=scheme, device_scale_factor=1.5)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    if before:
        before(page)
    shot = context.new_cdp_session(page).send(
        "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
    )
    (FOLDER / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))
    context.close()


def main():
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        server.demo(Path(data)) as portal,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=browser, args=QUIETLY)
        doors = Doors(chromium, portal)
        for picture in pictures(portal):
            take(doors, *picture)
        chromium.close()


if __name__ == "__main__":
    main()
