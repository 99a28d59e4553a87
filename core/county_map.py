"""The outlines of the counties and what a map says about each of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.components import one_of

WIDTH, HEIGHT = 960, 596
TONES = {
    "member",
    "none",
    "current",
    "yes",
    "no",
    "abstain",
    "recused",
    "silent",
    "reserved",
    "waiting",
    "spoken",
}
OUTLINES: dict[str, str] = json.loads(
    (Path(__file__).parent / "data" / "county_outlines.json").read_text()
)
"""ISO 3166-2 code to SVG path; Budapest comes last, because it lies inside Pest."""

CAPITAL = "HU-BU"
CAPITAL_HIT_AREA = {"x": 434, "y": 232, "radius": 45}
"""Twenty-four pixels across on the narrowest phone."""

TEXTURES = {
    "none": "M0 0v9",
    "no": "M0 0v9M0 0h9",
    "reserved": "M0 0h9",
    "waiting": "M2 2h4",
    "abstain": "M0 0h9",
}
"""What is drawn over the colour of a tone, so that no state is told by its colour alone: a tile of
nine by nine, leaning to the right but for those in `UPRIGHT`."""
UPRIGHT = {"waiting", "abstain"}


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

    @property
    def is_textured(self) -> bool:
        return self.county.tone in TEXTURES


@dataclass(frozen=True)
class Texture:
    tone: str
    line: str
    is_upright: bool


def textures(tones: Iterable[str]) -> list[Texture]:
    """Of those of the tones that have one, each once, in the order of the table."""
    asked = set(tones)
    return [
        Texture(tone, line, tone in UPRIGHT) for tone, line in TEXTURES.items() if tone in asked
    ]


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
