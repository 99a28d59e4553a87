"""A portal of its own to measure, and what a page of it costs: CPU, and how fast it is answered."""

import argparse
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from iksz_portal.ops import cpu, postgres

SECONDS_TO_START = 60
BARE = "bare view"
BARE_TIMES = 5  # it is over so soon that a short count would be noise
Part = Callable[[str, postgres.Cluster | None, argparse.Namespace], None]


class WrongAnswer(Exception):
    """A page was not answered with 200."""


@dataclass
class Page:
    name: str
    path: str
    cookie: str = ""
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    database_costs: list[float] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    database_pid: int | None


def say(text: str = "") -> None:
    print(text, flush=True)


def manage(environment: dict, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    answer = subprocess.run(  # noqa: S603 -- our own arguments
        command, check=False, env=environment, capture_output=True, text=True
    )
    if answer.returncode:
        raise SystemExit(f"manage.py {' '.join(arguments)} failed:\n{answer.stdout}{answer.stderr}")
    return answer.stdout


def environment_for(data: Path, url: str | None) -> dict:
    """The demo's settings on data of its own, without what a running portal was told."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mine = {
        "DATA_DIR": str(data),
        "DEMO": "1",
        "BENCH": "1",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "WEB_MAX_REQUESTS": "0",
        "SEARCHES_PER_MINUTE": "1000000",
        "LOG_LEVEL": "warning",
    }
    return {**keep, **mine, **({"DATABASE_URL": url} if url else {})}


def fill(environment: dict) -> None:
    say("  filling a database with the published and the fictional data …")
    manage(environment, "compilecatalogs")
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    manage(environment, "seed")
    manage(environment, "demo")


@contextmanager
def serving(environment: dict, database_pid: int | None) -> Iterator[Server]:
    command = [sys.executable, "-m", "gunicorn", "-c", "python:iksz_portal.gunicorn"]
    process = subprocess.Popen(command, env=environment)  # noqa: S603 -- our own arguments
    try:
        _await_answer(int(environment["PORT"]), process)
        yield Server(int(environment["PORT"]), process.pid, database_pid)
    finally:
        process.terminate()
        process.wait()


def _await_answer(port: int, process: subprocess.Popen) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"the server answers its health check with {error.code}") from None
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def ask(server: Server, page: Page, count: int, clients: int) -> dict:
    command = [sys.executable, "-m", "iksz_portal.ops.load"]
    command += [str(server.port), page.path, str(count), str(clients), page.cookie]
    answer = subprocess.run(  # noqa: S603 -- our own arguments
        command, check=True, capture_output=True, text=True
    )
    result = json.loads(answer.stdout)
    if result["answers"] != {"200": result["count"]}:
        raise WrongAnswer(f"{page.name} ({page.path}): {result['answers']}")
    return result


def _used(pid: int | None) -> float:
    return cpu.used_by_family(pid) if pid and cpu.is_told() else 0.0


def measure(server: Server, page: Page, count: int, clients: int) -> None:
    before = _used(server.pid), _used(server.database_pid)
    result = ask(server, page, count, clients)
    after = _used(server.pid), _used(server.database_pid)
    page.rates.append(result["count"] / result["seconds"])
    page.costs.append((after[0] - before[0]) / result["count"])
    page.database_costs.append((after[1] - before[1]) / result["count"])
    page.size = result["size"]


def measure_all(
    server: Server, pages: Collection[Page], options: argparse.Namespace, *, warm: int = 10
) -> None:
    """In rounds; before, `warm` requests by each client, so that every worker and connection is
    warm before anything is counted."""
    for page in pages:
        ask(server, page, warm * options.clients, options.clients)
    for number in range(options.rounds):
        say(f"  measuring, round {number + 1} of {options.rounds} …")
        for page in pages:
            count = options.requests * (BARE_TIMES if page.name == BARE else 1)
            measure(server, page, count, options.clients)


@contextmanager
def on_data_of_its_own(name: str, cluster: postgres.Cluster | None) -> Iterator[dict]:
    """The environment of a portal that is filled for this run and gone after it."""
    data = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    try:
        environment = environment_for(data, cluster.url if cluster else None)
        say(f"\n{name}:")
        fill(environment)
        yield environment
    finally:
        shutil.rmtree(data, ignore_errors=True)


def on_both(part: Part, options: argparse.Namespace) -> None:
    """On SQLite, and on PostgreSQL where there is one."""
    part("SQLite", None, options)
    try:
        with postgres.throwaway_cluster() as cluster:
            part("PostgreSQL", cluster, options)
    except postgres.Missing as reason:
        say(f"\nPostgreSQL: LEFT OUT: {reason}.")
