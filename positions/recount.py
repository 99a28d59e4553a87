"""Closed ballots recounted, against what the chain of acts holds of them.

Each vote has its entry from the moment it is cast, those entered at a meeting have one together;
closing a ballot puts its votes and its tally into the entry of the move that closed it. Ballots
closed before that was done are compared with the entries of their votes alone.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q

from core.models import AuditEntry
from positions import seals
from positions.choices import SEALED_CHOICES, Action, BallotKind, Choice, State
from positions.models import Ballot, Elector, Position, Vote

COUNTED = "counted"
CAST = "vote"
ENTERED = "meeting_vote"


def of_section(position: Position) -> dict[str, Any]:
    """For the entry of the move that has just closed the vote on the text and its amendments."""
    return {COUNTED: [_told(each) for each in _of_the_vote(position)]}


def of_board(position: Position) -> dict[str, Any]:
    """For the entry of a decision; what comes back before it is taken up has no ballot."""
    if position.status != State.BOARD_REVIEW:
        return {}
    return {COUNTED: [_told(position.board_ballot)]}


def faults() -> Iterator[str]:
    """What does not fit together, a sentence each that names the row."""
    entries, cast = _entries()
    electors = Elector.objects.select_related("vote").order_by("pk")
    ballots = Ballot.objects.select_related("position__section").order_by("pk")
    read = ballots.prefetch_related(Prefetch("electors", electors), "seal")
    for ballot in read.iterator(chunk_size=200):
        of = f"ballot {ballot.pk} of {ballot.position.reference}"
        yield from _faults_of_voters(ballot, of, cast.get(ballot.pk, {}))
        yield from _faults_of_secrecy(ballot, of)
        if ballot.pk in entries:
            yield from _faults_of_count(ballot, of, *entries[ballot.pk])


def _of_the_vote(position):
    return [position.section_ballot, *position.amendment_ballots]


def _told(ballot) -> dict[str, Any]:
    electors = ballot.electors.select_related("vote").order_by("pk")
    return {"ballot": ballot.pk, **_facts(ballot, electors)}


def _facts(ballot, electors) -> dict[str, Any]:
    """As JSON keeps it: the keys are words."""
    tally = {str(choice): getattr(ballot, f"tally_{choice}") for choice in Choice}
    return {
        "rules": [ballot.quorum, ballot.majority],
        "electorate": ballot.electorate,
        "tally": {choice: number for choice, number in tally.items() if number},
        "votes": {str(each.pk): _of_vote(each.vote) for each in electors if hasattr(each, "vote")},
        "secretly": [each.pk for each in electors if each.took_part],
    }


def _of_vote(vote: Vote) -> list[Any]:
    return [vote.choice, vote.cast_by_id]


def _entries():
    """By ballot: the entry that closed it with what that tells, and those of its votes."""
    closing: dict[int, tuple[AuditEntry, dict]] = {}
    cast: dict[int, dict[int, int]] = defaultdict(dict)
    kind = ContentType.objects.get_for_model(Position)
    entries = AuditEntry.objects.filter(content_type=kind).order_by("seq")
    of_ballots = Q(action__in=[CAST, ENTERED]) | Q(payload__has_key=COUNTED)
    for entry in entries.filter(of_ballots).defer("note").iterator():
        if entry.action == CAST:
            cast[entry.payload["ballot"]][entry.payload["elector"]] = entry.seq
        if entry.action == ENTERED:
            cast[entry.payload["ballot"]] |= dict.fromkeys(entry.payload["electors"], entry.seq)
        for told in entry.payload.get(COUNTED, ()):
            closing[told["ballot"]] = (entry, told)
    return closing, cast


def _faults_of_voters(ballot, of, cast):
    for elector in ballot.electors.all():
        if elector.has_voted and elector.pk not in cast:
            yield f"{_row(elector)} ({of}): no entry tells that this vote was cast."
        if not elector.has_voted and elector.pk in cast:
            seq = cast[elector.pk]
            yield f"Elector {elector.pk} ({of}): by entry {seq} it has voted; the vote is missing."


def _faults_of_secrecy(ballot, of):
    electors = ballot.electors.all()
    sealed = sum(elector.took_part for elector in electors)
    if not ballot.is_secret:
        if sealed:
            yield f"The vote was by name, but {sealed} voted secretly ({of})."
        return
    for elector in electors:
        if hasattr(elector, "vote") and elector.vote.choice != Choice.RECUSE:
            yield f"{_row(elector)} ({of}): the vote is secret, but this row tells the choice."
    if ballot.is_running:
        yield from _faults_of_seal(ballot, of, sealed)
    elif hasattr(ballot, "seal"):
        yield f"The seal is still there after the end ({of})."
    if ballot.closed_at:
        counted = sum(getattr(ballot, f"secret_{choice}") for choice in SEALED_CHOICES)
        if counted != sealed:
            yield f"{sealed} voted secretly, but {counted} were counted ({of})."


def _faults_of_seal(ballot, of, sealed):
    try:
        held = sum(seals.look_into(ballot).values())
    except seals.Unreadable:
        yield f"The seal cannot be opened with the keys there are ({of})."
    else:
        if held != sealed:
            yield f"{sealed} voted secretly, but the seal holds {held} ({of})."


def _faults_of_count(ballot, of, entry, told):
    electors = list(ballot.electors.all())
    found, kept = _facts(ballot, electors), told
    rows = {str(elector.pk): _row(elector) for elector in electors}
    for pk in sorted({*found["votes"], *kept["votes"]}, key=int):
        if found["votes"].get(pk) != kept["votes"].get(pk):
            row = rows.get(pk, f"Elector {pk}")
            yield f"{row} ({of}) is not as it was when entry {entry.seq} was written."
    for name in ("rules", "electorate", "tally", "secretly"):
        if found[name] != kept[name]:
            now, then = (json.dumps(facts[name], sort_keys=True) for facts in (found, kept))
            yield f"The {name} of {of}: {now}; by entry {entry.seq} {then}."
    closed_vote = entry.action == Action.CLOSE_VOTE and ballot.kind == BallotKind.SECTION
    if closed_vote and ballot.carries != (entry.target == State.ADOPTED):
        yield f"The result of {of} is not what its votes make by its rules (entry {entry.seq})."


def _row(elector) -> str:
    return f"Vote {elector.vote.pk}" if hasattr(elector, "vote") else f"Elector {elector.pk}"
