"""The page of the documentation that shows a position's way, written from the table itself."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from core.workflow import Move, Note
from positions.choices import HOLDERS, State
from positions.policy import coordinates, is_secretary, may_second, may_withdraw
from positions.workflow import WORKFLOW

FILE = Path(settings.BASE_DIR) / "docs" / "positions-workflow.md"
WHO = {
    coordinates: "coordinator or chair of the section",
    is_secretary: "secretary of the board",
    may_second: "another office holder, chair or secretary of the board",
    may_withdraw: "coordinator; of a draft also its authors",
}
NOTES = {Note.NONE: "–", Note.OPTIONAL: "optional", Note.REQUIRED: "required"}
HEAD = """# A position's way

Written by `./portal manage workflow_diagram` from `positions/workflow.py`; do not edit it by hand.
"""


def page() -> str:
    """Diagram, moves and holders, in English."""
    with override("en"):
        return "\n".join([HEAD, *_diagram(), *_moves(), *_holders()]) + "\n"


def _diagram():
    return ["```mermaid", WORKFLOW.as_mermaid().rstrip(), "```", ""]


def _moves():
    rows = [_row(move) for move in WORKFLOW]
    head = ["## Moves", "", "| move | from | to | who | needs | the clock | reason |"]
    return [*head, "|---|---|---|---|---|---|---|", *rows, ""]


def _row(move: Move) -> str:
    order = list(State).index
    sources = ", ".join(f"`{state}`" for state in sorted(move.sources, key=order))
    targets = ", ".join(f"`{state}`" for state in sorted(move.targets(), key=order))
    needs, due = _words(move.needs), _words(move.due)
    cells = [f"{move.label} (`{move.action}`)", sources, targets or "stays"]
    cells += [WHO[move.who], needs, due, NOTES[move.note]]
    return f"| {' | '.join(cells)} |"


def _words(function) -> str:
    """A condition is named to read as a sentence; the engine's own defaults say nothing."""
    return "–" if function.__module__ == "core.workflow" else function.__name__.replace("_", " ")


def _holders():
    rows = [f"| `{state}` | {state.label} | {HOLDERS[state].label} |" for state in State]
    return ["## Who holds the ball", "", "| state | in words | holder |", "|---|---|---|", *rows]
