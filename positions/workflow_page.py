"""The page of the documentation that shows the ways of positions, of their amendments and of the
consultations that come in, written from the tables themselves."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from core.workflow import Move, Note, Workflow, nobody
from members.policy import is_staff
from positions.amending import AMENDMENTS
from positions.choices import HOLDERS, State
from positions.consulting import CONSULTATIONS
from positions.policy import (
    coordinates,
    is_secretary,
    may_decide_on_amendment,
    may_pass,
    may_record_answer,
    may_second,
    may_take_up,
    may_withdraw,
    may_withdraw_amendment,
)
from positions.workflow import WORKFLOW

FILE = Path(settings.BASE_DIR) / "docs" / "positions-workflow.md"
WHO = {
    coordinates: "coordinator or chair of the section",
    is_secretary: "secretary of the board",
    may_second: "another office holder, chair or secretary of the board",
    may_record_answer: "coordinator or chair, once; after a silence also late",
    may_withdraw: "coordinator; of a draft also its authors",
    may_decide_on_amendment: "coordinator or chair, while the text is being finalised",
    may_withdraw_amendment: "the library that proposed it, until the vote is opened",
    may_pass: "coordinator or chair of a section that has it",
    may_take_up: "coordinator or chair of a section that has let it go",
    is_staff: "staff",
    nobody: "nobody: it follows from a move of the position",
}
NOTES = {Note.NONE: "–", Note.OPTIONAL: "optional", Note.REQUIRED: "required"}
HEAD = """# A position's way

Written by `./portal manage workflow_diagram` from `positions/workflow.py`,
`positions/amending.py` and `positions/consulting.py`; do not edit it by hand.
"""
AMENDMENT = """## An amendment's way

It is proposed, supported and withdrawn while its position is open for comments or being finalised,
and decided on while that is being finalised. The vote cannot open while one is only proposed.
"""
CONSULTATION = """## The way of a consultation that comes in

Staff record it; each section it is given to starts a position from it or lets it go. That its time
has run out is no state: it is computed from the due date.
"""


def page() -> str:
    """Diagram, moves and holders, in English."""
    with override("en"):
        position = [HEAD, *_diagram(WORKFLOW), "## Moves", "", *_moves(WORKFLOW), *_holders()]
        amendment = ["", AMENDMENT, *_diagram(AMENDMENTS), *_moves(AMENDMENTS)]
        consultation = ["", CONSULTATION, *_diagram(CONSULTATIONS), *_moves(CONSULTATIONS)]
        return "\n".join([*position, *amendment, *consultation])


def _diagram(workflow: Workflow):
    return ["```mermaid", workflow.as_mermaid().rstrip(), "```", ""]


def _moves(workflow: Workflow):
    rows = [_row(move, list(workflow.states)) for move in workflow]
    head = ["| move | from | to | who | needs | the clock | reason |"]
    return [*head, "|---|---|---|---|---|---|---|", *rows, ""]


def _row(move: Move, states: list[str]) -> str:
    order = states.index
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
