"""The excerpt of a resolution: what goes back to the section it concerns."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from positions.choices import Choice
from positions.models import Ballot, BoardDecision, Meeting


@dataclass(frozen=True)
class Excerpt:
    """With `votes` as pairs of answer and number; how anybody voted is not told."""

    decision: BoardDecision
    meeting: Meeting | None
    votes: list[tuple[Any, int]]

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that it says, whatever the language."""
        decision = self.decision
        facts = [
            [decision.resolution, decision.verdict, decision.subject, decision.words],
            [decision.reasons, decision.outvoted, decision.version_id],
            [self.meeting and self.meeting.pk, [number for _label, number in self.votes]],
            sorted((link.kind, link.target.resolution) for link in decision.links.all()),
            sorted((link.kind, link.source.resolution) for link in decision.linked_by.all()),
        ]
        text = json.dumps(facts, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read(decision: BoardDecision) -> Excerpt:
    """The decision comes as `for_page` reads it."""
    meeting = decision.item.meeting if decision.item_id else None
    return Excerpt(decision, meeting, [pair for pair in _votes(decision) if pair[1]])


def _votes(decision: BoardDecision) -> list[tuple[Any, int]]:
    if decision.position_id is None:
        return [
            (Choice.YES.label, decision.votes_for),
            (Choice.NO.label, decision.votes_against),
            (Choice.ABSTAIN.label, decision.votes_abstained),
            (Choice.RECUSE.label, decision.votes_apart),
        ]
    ballot = Ballot.objects.filter(pk=decision.ballot_id).first()
    if ballot is None:
        return []
    return [(choice.label, getattr(ballot, f"tally_{choice}")) for choice in Choice]
