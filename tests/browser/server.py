"""The portal as a newcomer starts it, `./portal demo`, on a data folder of its own."""

import os
import socket
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 300
OURS_ALONE = {
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_URL",
    "SECRET_KEY",
    "SITE_URL",
    "STATIC_ROOT",
    "TLS",
}


@dataclass(frozen=True)
class Portal:
    url: str
    data: Path

    def address(self, name, *args, language="en", **query):
        """A page by the name of its pattern, at its address in the language."""
        with translation.override(language):
            path = reverse(name, args=args)
        return f"{self.url}{path}{'?' if query else ''}{urlencode(query)}"

    def in_state(self, state):
        """The number of the sample section's newest position in this state."""
        place = "file:" + str(self.data / "portal.sqlite3") + "?mode=ro"
        with closing(sqlite3.connect(place, uri=True)) as database:
            code, year, number = database.execute(
                "SELECT code, year, p.number FROM positions_position p"
                " JOIN sections_section s ON s.id = p.section_id"
                " WHERE status = ? ORDER BY p.id DESC",
                [state],
            ).fetchone()
        return f"{code}-{year}/{number:03}"


@contextmanager
def demo(data):
    port = free_port()
    surroundings = {name: value for name, value in os.environ.items() if name not in OURS_ALONE}
    surroundings |= {"DATA_DIR": str(data), "PORT": str(port)}
    said = data / "said.txt"
    with (
        said.open("w") as output,
        subprocess.Popen(
            [ROOT / "portal", "demo"],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            wait_for(server, said)
            yield Portal(url=f"http://127.0.0.1:{port}", data=data)
        finally:
            server.terminate()


def wait_for(server, said):
    for _ in range(LONGEST_START * 10):
        if "The portal is open" in said.read_text():
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"./portal demo did not start:\n{said.read_text()}")


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
