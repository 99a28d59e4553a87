"""The ballots of a position as its page shows them: turnout while open, votes once closed."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.county_map import MapCounty
from positions import policy
from positions.choices import BallotKind, Choice
from positions.models import Ballot, Elector, Position

TONES = {
    Choice.YES: "done",
    Choice.NO_OBJECTION: "done",
    Choice.NO: "refused",
    Choice.CONCERN: "refused",
    Choice.ABSTAIN: "neutral",
    Choice.RECUSE: "neutral",
}
MAP_TONES = {Choice.YES: "yes", Choice.NO: "no", Choice.ABSTAIN: "abstain"}
SILENT = "silent"


@dataclass(frozen=True)
class Row:
    """One elector's vote; the reason and who cast it are for those inside."""

    elector: Elector
    answer: str
    tone: str
    reason: str = ""
    cast_by: str = ""


@dataclass
class BallotShown:
    """One ballot with its electors, each with the vote or none."""

    ballot: Ballot
    electors: list[Elector]
    position: Position
    inside: bool
    mine: list[Elector] = field(default_factory=list)

    @property
    def is_of_section(self) -> bool:
        return self.ballot.kind == BallotKind.SECTION

    @property
    def counts_are_shown(self) -> bool:
        """Nobody sees a count before the end. The board's votes are shown to its readers when no
        vote can come any more; the secretary decides from them."""
        if self.ballot.annulled_at:
            return False
        if self.ballot.closed_at or self.is_of_section:
            return self.ballot.closed_at is not None
        return not self.ballot.is_open or self.ballot.turnout == self.ballot.electorate

    @property
    def turnout(self) -> str:
        votes = {"count": self.ballot.turnout, "all": self.ballot.electorate}
        return (
            ngettext(
                "%(count)d vote of %(all)d has been cast.",
                "%(count)d votes of %(all)d have been cast.",
                votes["count"],
            )
            % votes
        )

    @property
    def quorum(self) -> str:
        sentence = (
            _("There was a quorum: %(needed)d votes were needed, %(cast)d counted.")
            if self.ballot.has_quorum
            else _("There was no quorum: %(needed)d votes were needed, %(cast)d counted.")
        )
        return sentence % {"needed": self.ballot.quorum_needed, "cast": self.ballot.cast}

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        """Label, number and tone of each answer that was given, and of silence."""
        found = [
            (choice.label, number, TONES[choice])
            for choice in Choice
            if (number := getattr(self.ballot, f"tally_{choice}"))
        ]
        silent = self.ballot.electorate - self.ballot.turnout
        return [*found, (_("did not vote"), silent, "waiting")] if silent else found

    @property
    def rows(self) -> list["Row"]:
        return [_row(elector, named=self.inside) for elector in self.electors]

    @property
    def has_map(self) -> bool:
        """A map can say it all where no county has two libraries."""
        counties = {elector.library.county_id for elector in self.electors if elector.library}
        return self.is_of_section and len(counties) == len(self.electors)

    @property
    def counties(self) -> list[MapCounty]:
        return [_county(elector, _row(elector, named=False)) for elector in self.electors]

    @property
    def legend(self) -> list[tuple[str, str]]:
        numbers = {MAP_TONES[c]: getattr(self.ballot, f"tally_{c}") for c in MAP_TONES}
        words = {
            "yes": ngettext("%(count)d yes", "%(count)d yes", numbers["yes"]),
            "no": ngettext("%(count)d no", "%(count)d no", numbers["no"]),
            "abstain": ngettext("%(count)d abstained", "%(count)d abstained", numbers["abstain"]),
        }
        legend = [(tone, words[tone] % {"count": n}) for tone, n in numbers.items() if n]
        silent = self.ballot.electorate - self.ballot.turnout
        if silent:
            text = ngettext("%(count)d did not vote", "%(count)d did not vote", silent)
            legend.append((SILENT, text % {"count": silent}))
        return legend


def _row(elector: Elector, *, named: bool) -> Row:
    vote = vote_of(elector)
    if vote is None:
        return Row(elector, _("did not vote"), "waiting")
    tone = TONES[Choice(vote.choice)]
    if not named:
        return Row(elector, vote.get_choice_display(), tone)
    cast_by = str(vote.cast_by) if elector.library_id else ""
    return Row(elector, vote.get_choice_display(), tone, vote.reason, cast_by)


def _county(elector: Elector, row: Row) -> MapCounty:
    vote, county = vote_of(elector), elector.library.county
    return MapCounty(
        code=county.pk,
        name=county.name,
        tone=MAP_TONES[Choice(vote.choice)] if vote else SILENT,
        text=f"{county.name}, {elector.library}: {row.answer}",
    )


def vote_of(elector: Elector) -> Any:
    return elector.vote if hasattr(elector, "vote") else None


def read(position: Position, person: Any, *, inside: bool) -> list[BallotShown]:
    """All ballots in one query, newest first; the position's own two are set from them."""
    electors = Elector.objects.filter(ballot__position=position).select_related(
        "ballot", "library__county", "person", "vote__cast_by"
    )
    ordered = electors.order_by("-ballot__opened_at", "-ballot", "library__sort_key", "pk")
    shown = [
        _shown(ballot, list(group), position, person, inside)
        for ballot, group in groupby(ordered, key=lambda elector: elector.ballot)
    ]
    valid = [each.ballot for each in shown if not each.ballot.annulled_at]
    position.section_ballot = _newest(valid, BallotKind.SECTION)
    position.board_ballot = _newest(valid, BallotKind.BOARD)
    return shown if inside else [each for each in shown if _is_public(each)]


def _shown(ballot, electors, position, person, inside):
    ballot.position = position
    _count(ballot, electors)
    mine = [elector for elector in electors if policy.may_vote(person, elector, ballot)]
    return BallotShown(ballot, electors, position, inside, mine)


def _count(ballot: Ballot, electors: list[Elector]) -> None:
    """The tally the manager of ballots annotates, from electors that have been read already."""
    votes = [vote.choice for elector in electors if (vote := vote_of(elector))]
    ballot.electorate = len(electors)
    for choice in Choice:
        setattr(ballot, f"tally_{choice}", votes.count(choice))


def _newest(ballots, kind):
    return max((b for b in ballots if b.kind == kind), key=lambda b: b.round, default=None)


def _is_public(shown: BallotShown) -> bool:
    return shown.is_of_section and shown.counts_are_shown
