"""Sixty years of one busy section: the same pages with 20 positions and with 20,000, in one run.

Both are counted on the same server and database, so that only the history is another. What waits
before the board is the same in both: the years make the register long, not the queue.
"""

import argparse
import json
import statistics
from dataclasses import dataclass

from iksz_portal.ops import cpu, measuring, postgres

SMALL, LARGE = 20, 20_000
MOST = 2.0
"""What is aimed at: so many times the CPU of the small one, web server and database together."""


@dataclass(frozen=True)
class Cost:
    """Of one page: CPU in seconds a request, and how often it asks the database."""

    web: float
    database: float
    queries: int

    @property
    def cpu(self) -> float:
        return self.web + self.database


def compare(name: str, cluster: postgres.Cluster | None, options: argparse.Namespace) -> None:
    with measuring.on_data_of_its_own(name, cluster) as environment:
        database = cluster.pid if cluster else None
        made = measuring.manage(environment, "benchhistory", "--positions", str(SMALL))
        measuring.say(f"  {made.strip()}")
        with measuring.serving(environment, database) as server:
            small = _measured(environment, server, options)
            measuring.say(f"  making a history of {LARGE} positions, which takes a while …")
            made = measuring.manage(environment, "benchhistory", "--positions", str(LARGE))
            measuring.say(f"  {made.strip()}")
            large = _measured(environment, server, options)
    report(name, small, large)


def _measured(
    environment: dict, server: measuring.Server, options: argparse.Namespace
) -> dict[str, Cost]:
    said = json.loads(measuring.manage(environment, "benchpages", "--history"))
    pages = {name: measuring.Page(name, path, cookie) for name, (path, cookie, _n) in said.items()}
    measuring.measure_all(server, pages.values(), options)
    return {
        name: Cost(
            statistics.median(page.costs), statistics.median(page.database_costs), said[name][2]
        )
        for name, page in pages.items()
    }


def report(name: str, small: dict[str, Cost], large: dict[str, Cost]) -> None:
    measuring.say()
    heading = f"{name:<34}{'CPU ms':>16}{'of it DB':>16}{'x':>7}{'queries':>12}"
    measuring.say(heading)
    measuring.say(
        f"{'positions':<34}{SMALL:>8}{LARGE:>8}{SMALL:>8}{LARGE:>8}{'':>7}{SMALL:>6}{LARGE:>6}"
    )
    for page, before in small.items():
        measuring.say(_line(page, before, large[page]))
    if cpu.is_told():
        worst = max(large[page].cpu / before.cpu for page, before in small.items())
        measuring.say(
            f"At most {worst:.1f} times; aimed at: {MOST:.0f} times, and the same queries."
        )


def _line(page: str, before: Cost, after: Cost) -> str:
    def ms(seconds: float) -> str:
        return f"{seconds * 1000:>8.1f}" if cpu.is_told() else f"{'–':>8}"

    times = f"{after.cpu / before.cpu:>7.2f}" if cpu.is_told() and before.cpu else f"{'–':>7}"
    numbers = [ms(each) for each in (before.cpu, after.cpu, before.database, after.database)]
    return f"{page:<34}{''.join(numbers)}{times}{before.queries:>6}{after.queries:>6}"
