"""The guides inside the portal: for each role its tasks, in three languages, with their pages.

They are content and stand in `iksz_portal/data/guides/`, a file a role. In their sentences
`[words](name)` is a link: to a page by the name of its address, to a `word:` of the glossary, or
to a `guide:` of another role; `{positions.open_vote}` is the label of a move in its table.
"""

import json
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from members.policy import is_staff
from members.workflow import APPLICATIONS, BARRIERS, MISTAKES, PROFILE_CHANGES
from positions.amending import AMENDMENTS
from positions.consulting import CONSULTATIONS
from positions.meeting_workflow import MEETINGS
from positions.workflow import WORKFLOW
from sections.standing import standing_of

FOLDER = Path(__file__).resolve().parents[1] / "data" / "guides"
ROLES = ("section", "board", "library", "staff", "visitor")
"""In the order in which somebody who has several is shown them."""
TABLES = {
    "positions": WORKFLOW,
    "amendments": AMENDMENTS,
    "consultations": CONSULTATIONS,
    "meetings": MEETINGS,
    "applications": APPLICATIONS,
    "profile_changes": PROFILE_CHANGES,
    "mistakes": MISTAKES,
    "barriers": BARRIERS,
}
STEP_PAGES = {
    "positions:move": "positions",
    "positions:amendment_step": "amendments",
    "positions:consultation_step": "consultations",
    "positions:meeting_step": "meetings",
    "admin:members_membershipapplication_move": "applications",
    "admin:members_profilechange_move": "profile_changes",
    "admin:members_mistakereport_move": "mistakes",
    "admin:members_barrierreport_move": "barriers",
    "admin:positions_consultation_move": "consultations",
}
PIECE = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<name>[^)\s]+)\)|\{(?P<move>\w+\.\w+)\}")


@dataclass(frozen=True)
class Task:
    """One thing somebody does; `pages` are those from which the help leads here."""

    id: str
    titles: dict[str, str]
    steps: list[dict[str, str]]
    pages: tuple[str, ...]

    @property
    def title(self):
        return self.titles[get_language()]

    @property
    def said(self):
        """Its sentences in the language of the moment, with links and the names of moves."""
        return [as_html(step[get_language()]) for step in self.steps]

    @property
    def moves(self):
        """The moves its sentences name, as «table.action»."""
        return {found["move"] for step in self.steps for found in PIECE.finditer(step["en"])} - {
            None
        }

    def is_about(self, topic):
        return topic in self.moves or any(fnmatchcase(topic, page) for page in self.pages)


@dataclass(frozen=True)
class Guide:
    role: str
    titles: dict[str, str]
    leads: dict[str, str]
    tasks: list[Task]

    @property
    def title(self):
        return self.titles[get_language()]

    @property
    def lead(self):
        return self.leads[get_language()]

    @property
    def url(self):
        return reverse(f"guide_{self.role}")


@cache
def guides() -> dict[str, Guide]:
    return {role: _read(role) for role in ROLES}


def _read(role):
    written = json.loads((FOLDER / f"{role}.json").read_text(encoding="utf-8"))
    tasks = [
        Task(each["id"], each["title"], each["steps"], tuple(each["pages"]))
        for each in written["tasks"]
    ]
    return Guide(role, written["title"], written["lead"], tasks)


def roles_of(person) -> list[str]:
    """Whose guides a person is shown first; everybody is a visitor, too."""
    standing = standing_of(person)
    held = {
        "section": bool(standing.leads),
        "board": standing.mandates.on_board,
        "library": bool(standing.mandates.libraries or standing.acts_in),
        "staff": is_staff(person),
        "visitor": True,
    }
    return [role for role in ROLES if held[role]]


def topic_of(match) -> str:
    """What a page is about: its name, or the move that its form makes."""
    if match is None:
        return ""
    table = STEP_PAGES.get(match.view_name)
    return f"{table}.{match.kwargs.get('action')}" if table else match.view_name


def address_for(topic: str, roles: list[str]) -> str:
    """The task about it in a guide of one's own, else in any; else the front page of the help."""
    ordered = [*roles, *(role for role in ROLES if role not in roles)]
    for guide in map(guides().get, ordered):
        for task in guide.tasks:
            if task.is_about(topic):
                return f"{guide.url}#{task.id}"
    return reverse("help")


# Sentences -------------------------------------------------------------------------------------


def as_html(sentence: str):
    pieces, at = [], 0
    for found in PIECE.finditer(sentence):
        pieces += [sentence[at : found.start()], _piece(found)]
        at = found.end()
    return format_html_join("", "{}", ((piece,) for piece in (*pieces, sentence[at:])))


def _piece(found):
    if found["move"]:
        table, action = found["move"].split(".")
        return format_html("<b>{}</b>", TABLES[table].moves[action].label)
    return format_html('<a href="{}">{}</a>', address_of(found["name"]), found["words"])


def address_of(name: str) -> str:
    kind, _colon, of = name.partition(":")
    if kind == "word":
        return f"{reverse('glossary')}#{of}"
    if kind == "guide":
        role, _hash, task = of.partition("#")
        return f"{guides()[role].url}#{task}"
    return reverse(name)
