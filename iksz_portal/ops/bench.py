"""What a page costs beside a bare view, measured in one run on the portal's own server settings.

The load is counted and stays on this machine; only wrong answers make it fail, never slow ones.
"""

import argparse
import json
import signal
import statistics
import sys

from iksz_portal.ops import cpu, finding, history, postgres
from iksz_portal.ops.measuring import (
    BARE,
    Page,
    Server,
    WrongAnswer,
    manage,
    measure_all,
    on_both,
    on_data_of_its_own,
    say,
    serving,
)

PARTS = ("pages", "history", "search")
LARGE = 9000


def run(name: str, pages: list[Page], server: Server, options: argparse.Namespace) -> None:
    measure_all(server, pages, options)
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
    return [Page(name, path, cookie) for name, (path, cookie) in json.loads(said).items()]


def bench(name: str, cluster: postgres.Cluster | None, options: argparse.Namespace) -> None:
    with (
        on_data_of_its_own(name, cluster) as environment,
        serving(environment, cluster.pid if cluster else None) as server,
    ):
        run(name, pages_of(environment), server, options)
        if options.large:
            say(f"\n  adding {LARGE} fictional libraries …")
            pages = pages_of(environment, LARGE)
            pages = [page for page in pages if page.name in {BARE, "directory"}]
            run(f"{name}, {LARGE}", pages, server, options)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./portal bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=200, help="per page and round (200)")
    parser.add_argument("--rounds", type=int, default=3, help="the median is printed (3)")
    parser.add_argument("--clients", type=int, default=4, help="at the same time (4)")
    parser.add_argument("--large", action="store_true", help=f"also with {LARGE} more libraries")
    parser.add_argument(
        "--part",
        choices=PARTS,
        help="only the pages beside a bare view, only the sixty years, or only the search",
    )
    parser.add_argument("--documents", type=int, default=finding.DOCUMENTS, help="of the search")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    say("Medians; CPU is what the web server used for a request, DB what PostgreSQL used.")
    try:
        if options.part in {None, "pages"}:
            on_both(bench, options)
        if options.part in {None, "history"}:
            on_both(history.compare, options)
        if options.part in {None, "search"}:
            on_both(finding.compare, options)
    except WrongAnswer as wrong:
        print(f"portal: a page was not answered with 200: {wrong}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
