"""The outlines of the counties and what a map says about each of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.components import one_of

WIDTH, HEIGHT = 960, 596
TONES = {"member", "none", "current", "yes", "no", "abstain", "silent", "reserved"}
OUTLINES: dict[str, str] = json.loads(
    (Path(__file__).parent / "data" / "county_outlines.json").read_text()
)
"""ISO 3166-2 code to SVG path; Budapest comes last, because it lies inside Pest."""

CAPITAL = "HU-BU"
CAPITAL_HIT_AREA = {"x": 434, "y": 232, "radius": 34}


@dataclass(frozen=True, kw_only=True)
class MapCounty:
    """A county as a map shows it; `text` is what a tooltip and a screen reader say."""

    code: str
    name: str
    tone: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Shape:
    county: MapCounty
    path: str
    hit: dict | None


def shapes(counties: Iterable[MapCounty]) -> list[Shape]:
    """The counties in drawing order, each with its outline."""
    by_code = {one_of(county.code, OUTLINES, "county"): county for county in counties}
    for county in by_code.values():
        one_of(county.tone, TONES, "county tone")
    return [
        Shape(by_code[code], path, CAPITAL_HIT_AREA if code == CAPITAL else None)
        for code, path in OUTLINES.items()
        if code in by_code
    ]


def bare_outlines(counties: Iterable[MapCounty]) -> list[str]:
    """The outlines of the counties the map has nothing to say about."""
    named = {county.code for county in counties}
    return [path for code, path in OUTLINES.items() if code not in named]
