"""The Nu HTML checker, as a service beside the tests: Java takes seconds to start, a page none."""

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import ROOT, free_port

JARS = (
    ROOT / ".venv/nu/node_modules/vnu-jar/build/dist/vnu.jar",  # where .ci/run puts it
    ROOT / "node_modules/vnu-jar/build/dist/vnu.jar",
    Path("/usr/share/java/vnu.jar"),
)
LONGEST_START = 120


class Checker:
    def __init__(self, url):
        self.url = url
        self._ready = False

    def errors(self, page: bytes) -> list[str]:
        self._wait()
        request = urllib.request.Request(
            f"{self.url}/?out=json", data=page, headers={"Content-Type": "text/html; charset=utf-8"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            messages = json.load(answer)["messages"]
        return [
            f"{message['message']} {message.get('extract', '').strip()}"
            for message in messages
            if message["type"] != "info"
        ]

    def _wait(self):
        for _ in range(LONGEST_START * 2):
            if self._ready:
                return
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
                self._ready = True
            except urllib.error.HTTPError:
                self._ready = True
            except OSError:
                time.sleep(0.5)
        raise RuntimeError("The HTML checker did not start.")


@contextmanager
def checker():
    """None where Java or the checker is missing."""
    java, jar = shutil.which("java"), _jar()
    if not (java and jar):
        yield None
        return
    port = free_port()
    with subprocess.Popen(
        [
            *(java, "-Xss2m", "-Xmx512m", "-Dnu.validator.servlet.bind-address=127.0.0.1"),
            *("-cp", jar, "nu.validator.servlet.Main", str(port)),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as service:
        try:
            yield Checker(f"http://127.0.0.1:{port}")
        finally:
            service.terminate()


def _jar():
    named = os.environ.get("VNU")
    return named or next((str(jar) for jar in JARS if jar.exists()), None)
