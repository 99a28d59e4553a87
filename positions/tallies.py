"""The ballots of a position as its page shows them: turnout while open, votes once closed."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.county_map import OUTLINES, MapCounty
from positions import asked, policy
from positions.choices import BallotKind, Choice
from positions.models import Ballot, Elector, Position
from sections.choices import Quorum

TONES = {
    Choice.YES: "done",
    Choice.NO_OBJECTION: "done",
    Choice.NO: "refused",
    Choice.CONCERN: "refused",
    Choice.ABSTAIN: "neutral",
    Choice.RECUSE: "neutral",
}
MAP_TONES = {
    Choice.YES: "yes",
    Choice.NO: "no",
    Choice.ABSTAIN: "abstain",
    Choice.RECUSE: "recused",
}
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
    keeps_out: bool = False

    @property
    def is_of_section(self) -> bool:
        return self.ballot.kind != BallotKind.BOARD

    @property
    def names_casters(self) -> bool:
        return self.is_of_section and not self.ballot.is_secret

    @property
    def is_on_amendment(self) -> bool:
        return self.ballot.kind == BallotKind.AMENDMENT

    @property
    def title(self) -> str:
        kind = self.ballot.get_kind_display()
        if self.is_on_amendment:
            kind = _("vote on amendment %(number)d") % {"number": self.ballot.amendment.number}
        if self.ballot.round > 1:
            return _("%(kind)s, round %(round)d") % {"kind": kind, "round": self.ballot.round}
        return kind

    @property
    def is_decided(self) -> bool:
        """The board has decided on it, and numbered its resolution."""
        return hasattr(self.ballot, "decision")

    @property
    def counts_are_shown(self) -> bool:
        """Nobody sees a count before the end. The board's votes are shown to its readers when no
        vote can come any more, the secretary decides from them; to a member who takes no part,
        when the board has decided."""
        if self.ballot.annulled_at:
            return False
        if self.is_of_section:
            return self.ballot.closed_at is not None
        return self.is_decided if self.keeps_out else self.ballot.is_told

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
        if self.ballot.quorum == Quorum.NONE:
            return _("No quorum was needed: silence is consent.")
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
        apart = len(self.excluded)
        if silent:
            found.append((_("did not vote"), silent, "waiting"))
        return [*found, (Choice.RECUSE.label, apart, "neutral")] if apart else found

    @property
    def excluded(self) -> list[Elector]:
        """Members of the board who take no part, for conflict of interest."""
        return [elector for elector in self.electors if elector.excluded]

    @property
    def rows(self) -> list["Row"]:
        return [_row(elector, named=self.inside) for elector in self.electors]

    @property
    def has_map(self) -> bool:
        """Of the vote on the text by name; a map can say it all where no county has two
        libraries."""
        if self.ballot.kind != BallotKind.SECTION or self.ballot.is_secret:
            return False
        counties = {elector.library.county_id for elector in self.electors if elector.library}
        return len(counties) == len(self.electors)

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
            "recused": ngettext(
                "%(count)d took no part", "%(count)d took no part", numbers["recused"]
            ),
        }
        legend = [(tone, words[tone] % {"count": n}) for tone, n in numbers.items() if n]
        silent = self.ballot.electorate - self.ballot.turnout
        if silent:
            text = ngettext("%(count)d did not vote", "%(count)d did not vote", silent)
            legend.append((SILENT, text % {"count": silent}))
        if len(self.electors) < len(OUTLINES):
            legend.append(("none", _("no member library")))
        return legend


def _row(elector: Elector, *, named: bool) -> Row:
    vote = vote_of(elector)
    if elector.took_part:
        return Row(elector, _("has voted"), "info")
    if elector.excluded:
        return _row_apart(elector, vote)
    if vote is None:
        return Row(elector, _("did not vote"), "waiting")
    tone = TONES[Choice(vote.choice)]
    if not named:
        return Row(elector, vote.get_choice_display(), tone)
    cast_by = str(vote.cast_by) if elector.library_id else ""
    return Row(elector, vote.get_choice_display(), tone, vote.reason, cast_by)


def _row_apart(elector: Elector, vote: Any) -> Row:
    """What was voted before the exclusion counts for nothing, and is not told."""
    before = vote is not None and vote.choice != Choice.RECUSE
    reason = _("A vote cast before does not count.") if before else ""
    return Row(elector, Choice.RECUSE.label, TONES[Choice.RECUSE], reason)


def _county(elector: Elector, row: Row) -> MapCounty:
    vote, county = vote_of(elector), elector.library.county
    return MapCounty(
        code=county.pk,
        name=county.name,
        tone=MAP_TONES[Choice(vote.choice)] if vote else SILENT,
        text=f"{county.name}, {elector.library}: {row.answer}",
        url=elector.library.get_absolute_url(),
    )


def vote_of(elector: Elector) -> Any:
    return elector.vote if hasattr(elector, "vote") else None


def read(position: Position, person: Any, *, inside: bool) -> list[BallotShown]:
    """All ballots in one query, newest first, those on amendments after the one on the text; the
    position's own, and the resolutions that the board's ended in, are set from them."""
    electors = Elector.objects.filter(ballot__position=position).select_related(
        "ballot__amendment", "ballot__decision", "library__county", "person", "vote__cast_by"
    )
    ordered = electors.annotate(point_rows=asked.point_rows()).order_by(
        "-ballot__opened_at", "ballot_id", "library__sort_key", "pk"
    )
    shown = [
        _shown(ballot, list(group), position, person, inside)
        for ballot, group in groupby(ordered, key=lambda elector: elector.ballot)
    ]
    valid = [each.ballot for each in shown if not each.ballot.annulled_at]
    position.section_ballot = _newest(valid, BallotKind.SECTION)
    position.board_ballot = _newest(valid, BallotKind.BOARD)
    position.amendment_ballots = [
        ballot for ballot in valid if ballot.kind == BallotKind.AMENDMENT and ballot.is_running
    ]
    position.resolutions = [_decision(each) for each in shown if each.is_decided]
    return shown if inside else [each for each in shown if _is_public(each)]


def _shown(ballot, electors, position, person, inside):
    ballot.position = position
    count_votes(ballot, electors)
    mine = [elector for elector in electors if policy.may_vote(person, elector, ballot)]
    keeps_out = any(each.excluded and each.person_id == person.pk for each in electors)
    return BallotShown(ballot, electors, position, inside, mine, keeps_out)


def count_votes(ballot: Ballot, electors: list[Elector]) -> None:
    """The tally the manager of ballots annotates, from electors that have been read already."""
    counted = [elector for elector in electors if not elector.excluded]
    votes = [vote.choice for elector in counted if (vote := vote_of(elector))]
    ballot.electorate = len(counted)
    ballot.took_part = sum(elector.took_part for elector in electors)
    for choice in Choice:
        secret = getattr(ballot, f"secret_{choice}", None) or 0
        setattr(ballot, f"tally_{choice}", votes.count(choice) + secret)


def _decision(shown: BallotShown) -> Any:
    """With those who took no part in it, and what was said of single points."""
    decision = shown.ballot.decision
    decision.point_rows = shown.electors[0].point_rows
    decision.apart = [elector.person.name for elector in shown.excluded]
    return decision


def _newest(ballots, kind):
    return max((b for b in ballots if b.kind == kind), key=lambda b: b.round, default=None)


def _is_public(shown: BallotShown) -> bool:
    """Amendments stay in the section and the board, and so do the votes on them."""
    return shown.is_of_section and not shown.is_on_amendment and shown.counts_are_shown
