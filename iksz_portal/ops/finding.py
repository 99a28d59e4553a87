"""What a search costs among a hundred thousand documents beside a bare view, whatever is asked.

The page without a question stands beside it: what the frame costs, and to know who asks.
"""

import argparse
import json
import statistics

from iksz_portal.ops import cpu, measuring, postgres

DOCUMENTS = 100_000
MOST = 20.0
"""What is aimed at: so many times the CPU of a bare view, web server and database together."""


def compare(name: str, cluster: postgres.Cluster | None, options: argparse.Namespace) -> None:
    with measuring.on_data_of_its_own(name, cluster) as environment:
        measuring.say(f"  making {options.documents} documents, which takes a while …")
        said = measuring.manage(environment, "benchsearch", "--documents", str(options.documents))
        made = json.loads(said)
        measuring.say(f"  {made['told']}")
        with measuring.serving(environment, cluster.pid if cluster else None) as server:
            report(name, _measured(server, made["pages"], options))


def _measured(
    server: measuring.Server, asked: dict, options: argparse.Namespace
) -> dict[str, tuple[float, float, int]]:
    """Of each page: CPU in seconds of the web server and of the database, and its queries."""
    pages = {name: measuring.Page(name, path, cookie) for name, (path, cookie, _n) in asked.items()}
    measuring.measure_all(server, pages.values(), options, warm=5)
    return {
        name: (
            statistics.median(page.costs),
            statistics.median(page.database_costs),
            asked[name][2],
        )
        for name, page in pages.items()
    }


def report(name: str, costs: dict[str, tuple[float, float, int]]) -> None:
    measuring.say()
    measuring.say(f"{name:<34}{'CPU ms':>9}{'of it DB':>10}{'x bare':>9}{'queries':>9}")
    bare = sum(costs[measuring.BARE][:2])
    for page, (web, database, queries) in costs.items():
        if not cpu.is_told():
            measuring.say(f"{page:<34}{'–':>9}{'–':>10}{'–':>9}{queries:>9}")
            continue
        whole = web + database
        figures = f"{whole * 1000:>9.2f}{database * 1000:>10.2f}{whole / bare:>9.1f}{queries:>9}"
        measuring.say(f"{page:<34}{figures}")
    if cpu.is_told():
        worst = max(sum(cost[:2]) for cost in costs.values()) / bare
        measuring.say(f"At most {worst:.1f} times a bare view; aimed at: {MOST:.0f} times.")
