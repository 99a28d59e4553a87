"""Who spoke or decided on a version: read from what happened, stored nowhere."""

from typing import Any

from django.utils.translation import gettext as _

from core import audit
from core.templatetags.ui import day
from positions.choices import Action, BallotKind
from positions.models import Ballot, BoardDecision, Position, Version
from positions.timeline import SAVE

OPENING = {Action.OPEN_CONSULTATION, Action.CONSULT_AGAIN}


def seen_by(version: Version, position: Position) -> list[tuple[str, Any]]:
    """What happened and when, for each consultation, vote and resolution on the version."""
    facts = [(_("Opened for comments"), day(at)) for at in _consultations(version, position)]
    votes = {
        BallotKind.SECTION: _("Vote of the section opened"),
        BallotKind.AMENDMENT: _("Vote on an amendment opened"),
        BallotKind.BOARD: _("Vote of the board opened"),
    }
    for ballot, decision in _ballots(position):
        if ballot.version_id == version.pk:
            facts.append((votes[BallotKind(ballot.kind)], day(ballot.opened_at)))
        if decision and decision.version_id == version.pk:
            facts.append((_("Resolution of the board"), decision.resolution))
    return facts


def _ballots(position):
    """The position's ballots, each with the resolution it ended in or None, in one query."""
    of_decision = ("version", "number", "year", "decided_on")
    rows = Ballot._base_manager.filter(position=position).order_by("opened_at", "pk")
    found = rows.values_list(
        "version", "kind", "opened_at", *(f"decision__{name}" for name in of_decision)
    )
    for version, kind, opened_at, decided, number, year, decided_on in found:
        ballot = Ballot(version_id=version, kind=kind, opened_at=opened_at)
        decision = BoardDecision(
            version_id=decided, number=number, year=year, decided_on=decided_on
        )
        yield ballot, decision if decided else None


def _consultations(version, position):
    """The moments at which it was the text when comments were opened."""
    current, moments = 1, []
    for entry in reversed(audit.of(position)):
        if entry.action == SAVE:
            current = entry.payload["version"]
        elif entry.action in OPENING and current == version.number:
            moments.append(entry.at)
    return moments
