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
        BallotKind.BOARD: _("Vote of the board opened"),
    }
    ballots = Ballot._base_manager.filter(version=version).order_by("opened_at")
    opened = ballots.values_list("kind", "opened_at")
    facts += [(votes[BallotKind(kind)], day(moment)) for kind, moment in opened]
    decisions = BoardDecision.objects.filter(version=version).order_by("recorded_at")
    return facts + [(_("Resolution of the board"), decision.resolution) for decision in decisions]


def _consultations(version, position):
    """The moments at which it was the text when comments were opened."""
    current, moments = 1, []
    for entry in reversed(audit.of(position)):
        if entry.action == SAVE:
            current = entry.payload["version"]
        elif entry.action in OPENING and current == version.number:
            moments.append(entry.at)
    return moments
