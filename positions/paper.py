"""What a position says on paper: read once, cut to those whom the paper is for.

Everything on it comes from here, so that it is known by its fingerprint whether a paper that was
made before still says what one made today would say.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import override

from positions import policy, stands
from positions.models import Ballot, BoardDecision, Endorsement, Point, Position, Promise, Version
from positions.said_by_authority import promised

LAYOUT = 2
"""To be raised when papers look or read otherwise, so that older ones are made anew."""


@dataclass(frozen=True)
class Backing:
    """A library that stands behind the text; `earlier` is the number of the version it endorsed,
    where that is not the one on the paper."""

    library: str
    reservation: str
    earlier: int | None = None


@dataclass(frozen=True)
class Dissent:
    """A library's minority opinion."""

    library: str
    text: str
    goes_public: bool


@dataclass(frozen=True)
class Paper:
    """One version of a position. What is `inside` holds what only its readers inside may know: what
    waits, what is reasoned; the other one holds what its public page would show. No names."""

    position: Position
    version: Version
    inside: bool
    points: list[Point]
    backings: list[Backing]
    dissents: list[Dissent]
    ballot: Ballot | None
    decisions: list[BoardDecision]
    promises: list[Promise]

    @property
    def is_current(self) -> bool:
        return self.version.pk == self.position.current_id

    @property
    def outcomes_are_told(self) -> bool:
        """Until the evaluation is concluded they may change, and are for those inside."""
        return self.is_current and policy.outcomes_are_told(self.position, inside=self.inside)

    @property
    def sent(self) -> Any:
        """The submission, once it has gone."""
        sent = self.position.sent
        return sent if self.is_current and sent and sent.sent_on else None

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that is on it, whatever the language."""
        with override(settings.LANGUAGE_CODE):
            text = json.dumps(self._facts(), ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def _facts(self) -> list[Any]:
        position, ballot = self.position, self.ballot
        return [
            [LAYOUT, self.inside, position.pk, position.is_public, self.version.fingerprint],
            [position.kind, position.section.name_hu, str(position.addressee)],
            self.is_current and [position.status, position.status_since, position.result],
            [self.sent and (self.sent.sent_on, self.sent.file_number)],
            [(point.text, self.outcomes_are_told and _told(point)) for point in self.points],
            [(each.library, each.reservation, each.earlier) for each in self.backings],
            [(each.library, each.text) for each in self.dissents],
            ballot and [ballot.pk, ballot.electorate, ballot.turnout, ballot.carries],
            [(decision.pk, decision.version_id) for decision in self.decisions],
            [(each.text, each.due_on, each.state) for each in self.promises],
        ]


def read(position: Position, version: Version) -> dict[bool, Paper]:
    """The two papers of a version by whether they are for inside, in four queries; the position
    comes as `for_page` reads it."""
    current = version.pk == position.current_id
    backings, dissents = _present(position) if current else _earlier(version)
    decisions = position.decisions.select_related("version").order_by("decided_on", "pk")
    shared: dict[str, Any] = {
        "position": position,
        "version": version,
        "points": list(version.points.all()),
        "ballot": _ballot(position, version),
        "decisions": [each for each in decisions if current or each.version_id == version.pk],
    }
    given = [each for each in backings if each.earlier is None]
    public = [each for each in dissents if each.goes_public]
    made = promised(position) if current else []
    told = made if policy.outcomes_are_told(position, inside=False) else []
    return {
        True: Paper(inside=True, backings=backings, dissents=dissents, promises=made, **shared),
        False: Paper(inside=False, backings=given, dissents=public, promises=told, **shared),
    }


def _present(position: Position) -> tuple[list[Backing], list[Dissent]]:
    """What libraries say of the present text, and endorsements of earlier ones that wait."""
    read = stands.read(position, inside=True)
    everybody = [*read.libraries, *read.former]
    backings = [
        Backing(str(each.library), said.text, None if said.is_present else said.version)
        for each in everybody
        if (said := each.endorsement)
    ]
    dissents = [
        Dissent(str(each.library), said.text, said.goes_public)
        for each in everybody
        if (said := each.opinion)
    ]
    return backings, dissents


def _earlier(version: Version) -> tuple[list[Backing], list[Dissent]]:
    """What libraries said of a text that is not the present one any more."""
    endorsed = Endorsement.objects.standing().on_text(version).select_related("library")
    opposed = version.minority_opinions.standing().select_related("library")
    return (
        [Backing(str(each.library), each.reservation) for each in endorsed],
        [Dissent(str(each.library), each.text, each.goes_public) for each in opposed],
    )


def _ballot(position: Position, version: Version) -> Ballot | None:
    """The section's last ballot once it is counted; for an earlier version, if it was on that."""
    ballot = position.section_ballot
    if ballot is None or ballot.closed_at is None:
        return None
    on_this = version.pk in {position.current_id, ballot.version_id}
    return ballot if on_this else None


def _told(point: Point) -> tuple | None:
    outcome = point.settled
    if outcome is None:
        return None
    law = (outcome.law_before, outcome.law_after)
    return outcome.result, outcome.reason, outcome.source, *law
