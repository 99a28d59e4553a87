"""Bars that are drawn by the server. What they show stands in a table beside them, too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.components import one_of

TONES = ("good", "fair", "info", "bad", "open", "aside")
"""Each has a colour and a pattern of its own: nothing is told by colour alone."""


@dataclass(frozen=True)
class Bar:
    """A line of a chart: its name, and how many of each tone, in the order of the legend."""

    label: str
    numbers: Sequence[int]
    url: str = ""

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True)
class Part:
    """A piece of a bar; start and width as SVG wants them, in per cent of the longest bar."""

    tone: str
    x: str
    width: str


@dataclass(frozen=True)
class Drawn:
    bar: Bar
    parts: list[Part]
    text: str


def drawn(bars: Iterable[Bar], legend: Sequence[tuple[str, str]]) -> list[Drawn]:
    """The bars on one scale, each with the words a screen reader says for it."""
    for tone, _label in legend:
        one_of(tone, TONES, "chart tone")
    bars = list(bars)
    longest = max((bar.total for bar in bars), default=0) or 1
    return [Drawn(bar, list(_parts(bar, legend, longest)), _text(bar, legend)) for bar in bars]


def _parts(bar, legend, longest):
    before = 0
    for (tone, _label), number in zip(legend, bar.numbers, strict=True):
        if number:
            yield Part(tone, f"{100 * before / longest:.3f}%", f"{100 * number / longest:.3f}%")
        before += number


def _text(bar, legend):
    told = (
        f"{label}: {number}"
        for (_tone, label), number in zip(legend, bar.numbers, strict=True)
        if number
    )
    return f"{bar.label}. {'; '.join(told)}"
