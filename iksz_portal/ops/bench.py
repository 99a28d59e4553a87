"""What a page costs beside a bare view, measured in one run on the portal's own server settings.

The load is counted and stays on this machine; only wrong answers make it fail, never slow ones.
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from iksz_portal.ops import cpu, postgres

BARE = "bare view"
SECONDS_TO_START = 60
LARGE = 9000
BARE_TIMES = 5  # it is over so soon that a short count would be noise


class WrongAnswer(Exception):
    """A page was not answered with 200."""


@dataclass
class Page:
    name: str
    path: str
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    database_costs: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
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
    command += [str(server.port), page.path, str(count), str(clients)]
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
    page.medians.append(result["median"])
    page.size = result["size"]


def run(name: str, pages: list[Page], server: Server, options: argparse.Namespace) -> None:
    for page in pages:  # every worker and connection is warm before anything is counted
        ask(server, page, 10 * options.clients, options.clients)
    for number in range(options.rounds):
        say(f"  measuring, round {number + 1} of {options.rounds} …")
        for page in pages:
            count = options.requests * (BARE_TIMES if page.name == BARE else 1)
            measure(server, page, count, options.clients)
    report(name, pages)


def report(name: str, pages: list[Page]) -> None:
    bare = next(page for page in pages if page.name == BARE)
    bare_rate, bare_cost = statistics.median(bare.rates), statistics.median(bare.costs)
    say()
    say(f"{name:<16}{'req/s':>8}{'of bare':>9}{'CPU ms':>9}{'x bare':>8}{'DB ms':>8}{'kB':>7}")
    for page in pages:
        rate, cost = statistics.median(page.rates), statistics.median(page.costs)
        database = statistics.median(page.database_costs)
        columns = [
            f"{page.name:<16}{rate:>8.0f}{rate / bare_rate:>9.2f}",
            f"{cost * 1000:>9.2f}{cost / bare_cost:>8.1f}" if cpu.is_told() else " " * 17,
            f"{database * 1000:>8.2f}" if database else f"{'–':>8}",
            f"{page.size / 1024:>7.0f}",
        ]
        say("".join(columns))


def pages_of(environment: dict, libraries: int = 0) -> list[Page]:
    said = manage(environment, "benchpages", "--libraries", str(libraries))
    return [Page(name, path) for name, path in json.loads(said).items()]


def bench(name: str, cluster: postgres.Cluster | None, options: argparse.Namespace) -> None:
    data = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    try:
        environment = environment_for(data, cluster.url if cluster else None)
        say(f"\n{name}:")
        fill(environment)
        with serving(environment, cluster.pid if cluster else None) as server:
            run(name, pages_of(environment), server, options)
            if options.large:
                say(f"\n  adding {LARGE} fictional libraries …")
                pages = pages_of(environment, LARGE)
                pages = [page for page in pages if page.name in {BARE, "directory"}]
                run(f"{name}, {LARGE}", pages, server, options)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def bench_on_postgresql(options: argparse.Namespace) -> None:
    try:
        with postgres.throwaway_cluster() as cluster:
            bench("PostgreSQL", cluster, options)
    except postgres.Missing as reason:
        say(f"\nPostgreSQL: LEFT OUT: {reason}.")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./portal bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=200, help="per page and round (200)")
    parser.add_argument("--rounds", type=int, default=3, help="the median is printed (3)")
    parser.add_argument("--clients", type=int, default=4, help="at the same time (4)")
    parser.add_argument("--large", action="store_true", help=f"also with {LARGE} more libraries")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    say("Medians; CPU is what the web server used for a request, DB what PostgreSQL used.")
    try:
        bench("SQLite", None, options)
        bench_on_postgresql(options)
    except WrongAnswer as wrong:
        print(f"portal: a page was not answered with 200: {wrong}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
