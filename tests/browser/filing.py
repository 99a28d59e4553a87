"""Files that go in and come out: what is asked for, and waiting for the worker to have done it."""

from pathlib import Path

FILES = Path(__file__).resolve().parents[1] / "positions" / "files"
WORD_FILE = FILES / "joint.docx"
AGAIN = "main [id$=-again]"
LOOKS = 60


def document_asked(page):
    """The first form of the documents page, sent as it stands; returns what is answered."""
    form = page.locator("main form").first
    with page.expect_navigation() as arrival:
        form.locator("button[type=submit]").click()
    return arrival.value


def document_made(page):
    document_asked(page)
    worker_done(page)


def file_read(page):
    """A Word file that is handed in, until the page tells what of it is in the text."""
    send_file(page)
    worker_done(page)


def send_file(page, path=WORD_FILE):
    page.set_input_files("main input[type=file]", path)
    form = page.locator("main form").filter(has=page.locator("input[type=file]"))
    with page.expect_navigation():
        form.locator("button[type=submit]").click()


def worker_done(page):
    """Until the page no longer offers to look again; where it does not look itself, by that."""
    looks_itself = page.evaluate("() => 'htmx' in window")
    for _ in range(LOOKS):
        if page.locator(AGAIN).count() == 0:
            return
        if looks_itself:
            page.wait_for_timeout(500)
        else:
            page.locator(AGAIN).click()
            page.wait_for_load_state()
    raise AssertionError(f"the worker has not done it: {page.locator('main').inner_text()}")
