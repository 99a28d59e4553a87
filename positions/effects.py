"""What a move does besides changing the state. Called by the engine, inside its transaction.

Each checks what its details must be, and raises SomethingMissing for the field concerned.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit, clock
from core.numbering import next_number
from core.workflow import CLOCK, SomethingMissing, lock
from members.models import Authority, Mandate
from positions import amending, conflicts, meeting_notices, seals
from positions.choices import BOARD_MAJORITY, BOARD_QUORUM, BallotKind, State, Verdict
from positions.details import refuse_future, refuse_past, require
from positions.drafting import make_current, make_version, says_the_same
from positions.models import Ballot, BoardDecision, Elector, PointReason, Position
from positions.timeline import TAKE_OVER
from sections.choices import Majority, Quorum
from sections.models import SectionMembership

RESOLUTIONS = "board-resolutions"
NO_REASONS: Mapping[int, str] = MappingProxyType({})


def open_consultation(
    position: Position, *, by: Any, note: str, closes_on: date, expedited_reason: str = ""
) -> None:
    refuse_past(closes_on, field="closes_on")
    days = position.section.comment_days
    earliest = clock.days_after(clock.today(), days)
    if closes_on < earliest and not expedited_reason.strip():
        raise SomethingMissing(
            ngettext(
                "Comments stay open for at least %(count)d day; give the reason if it is urgent.",
                "Comments stay open for at least %(count)d days; give the reason if it is urgent.",
                days,
            )
            % {"count": days},
            field="closes_on",
        )
    position.comments_close_at = clock.end_of_day(closes_on)
    position.expedited_reason = expedited_reason.strip() if closes_on < earliest else ""
    position.consulted_id = position.current_id
    position.shared_at = position.shared_at or clock.now()


def close_consultation(position: Position, *, by: Any, note: str) -> None:
    early = position.comments_close_at > clock.now()
    if by is not CLOCK and early and not note.strip():
        raise SomethingMissing(
            _("Give the reason for closing the comments before their deadline."), field="note"
        )


def open_vote(
    position: Position, *, by: Any, note: str, closes_on: date, by_silence: bool = False
) -> None:
    section = position.section
    if by_silence and not section.decides_by_silence:
        raise SomethingMissing(
            _("The section's rules do not let it decide by silence."), field="by_silence"
        )
    if by_silence and section.votes_secretly:
        raise SomethingMissing(
            _("A secret vote cannot be held by silence: objections have to be known."),
            field="by_silence",
        )
    quorum = Quorum.NONE if by_silence else section.quorum
    majority = Majority.UNOPPOSED if by_silence else section.majority
    _open_section_ballots(position, closes_on=closes_on, quorum=quorum, majority=majority)


def repeat_vote(position: Position, *, by: Any, note: str, closes_on: date) -> None:
    section = position.section
    rules = {"quorum": section.repeated_quorum, "majority": section.majority}
    _open_section_ballots(position, closes_on=closes_on, **rules, is_repeat=True)


def close_vote(position: Position, *, by: Any, note: str) -> str:
    """The text and its amendments at once; what was carried goes into the text if it is adopted."""
    ballot = _close(position.section_ballot)
    on_amendments = [_close(each) for each in position.amendment_ballots]
    if not ballot.carries:
        return State.NOT_ADOPTED
    amending.settle(position, on_amendments, by=by)
    return State.ADOPTED


def annul_vote(position: Position, *, by: Any, note: str) -> None:
    """The votes are kept, and count for nothing; what is wrong is mended before it opens anew."""
    _annul_running(position, note)


def rework(position: Position, *, by: Any, note: str) -> None:
    amending.reopen_all(position, by=by)


def forward(
    position: Position,
    *,
    by: Any,
    note: str,
    cover_note: str,
    signatory: str,
    addressee: Authority,
    authority_deadline: date | None = None,
    burden: str = "",
) -> None:
    if authority_deadline:
        refuse_past(authority_deadline, field="authority_deadline")
    require(cover_note, field="cover_note")
    require(signatory, field="signatory")
    position.cover_note = cover_note.strip()
    position.burden = burden.strip()
    position.signatory = signatory.strip()
    position.addressee = addressee
    position.authority_deadline = authority_deadline
    position.forwarded_at = clock.now()


def take_up(
    position: Position, *, by: Any, note: str, decide_on: date, at_meeting: bool = False
) -> None:
    """`at_meeting`: the board votes on it there, and nobody votes in writing."""
    _refuse_bad_day(position, decide_on)
    if at_meeting:
        position.decide_on = decide_on
        return
    board = Mandate.objects.in_force().voting_on_the_board()
    members = set(board.values_list("person", flat=True))
    if not members:
        raise SomethingMissing(_("The board has no member who could vote."))
    position.decide_on = decide_on
    ballot = _new_ballot(
        position,
        kind=BallotKind.BOARD,
        quorum=BOARD_QUORUM,
        majority=BOARD_MAJORITY,
        closes_at=clock.end_of_day(decide_on),
    )
    conflicts.make_electors(ballot, members)


def close_ballot(position: Position, *, by: Any, note: str) -> None:
    """Before its day is over; the votes are known from then on, and the decision recorded."""
    _close(position.board_ballot)


def defer(position: Position, *, by: Any, note: str, decide_on: date) -> None:
    """The ballot stays open until the later day; what was voted counts on."""
    _refuse_bad_day(position, decide_on)
    if decide_on <= position.decide_on:
        raise SomethingMissing(
            _("It is deferred to a later day than the one that is set."), field="decide_on"
        )
    position.decide_on = decide_on
    ballot = position.board_ballot
    ballot.closes_at, ballot.deferred_at = clock.end_of_day(decide_on), clock.now()
    ballot.reminded_at = None
    ballot.save()


def return_to_section(
    position: Position, *, by: Any, note: str, point_reasons: Mapping[int, str] = NO_REASONS
) -> None:
    if position.status == State.BOARD_REVIEW:
        _decide(position, Verdict.RETURNED, by=by, reasons=note, on_points=point_reasons)


def accept(
    position: Position, *, by: Any, note: str, decided_on: date, outvoted: bool = False
) -> None:
    _decide(position, Verdict.ACCEPTED, by=by, reasons=note, day=decided_on, outvoted=outvoted)


def accept_with_changes(
    position: Position,
    *,
    by: Any,
    note: str,
    decided_on: date,
    title: str,
    body: str,
    points: Sequence[str],
    outvoted: bool = False,
) -> None:
    text = {"title": title, "body": body, "points": points}
    if says_the_same(position.current, **text):
        raise SomethingMissing(
            _("The proposed wording does not differ from the section's."), field="body"
        )
    _decide(position, Verdict.CHANGED, by=by, reasons=note, day=decided_on, outvoted=outvoted)
    position.proposed = make_version(position, by=by, **text)


def reject(
    position: Position,
    *,
    by: Any,
    note: str,
    decided_on: date,
    point_reasons: Mapping[int, str] = NO_REASONS,
) -> None:
    facts = {"day": decided_on, "on_points": point_reasons}
    _decide(position, Verdict.REJECTED, by=by, reasons=note, **facts)


def agree_to_changes(position: Position, *, by: Any, note: str) -> None:
    make_current(position, position.proposed)
    position.proposed = None


def refuse_changes(position: Position, *, by: Any, note: str) -> None:
    position.proposed = None


def close(
    position: Position, *, by: Any, note: str, result: str, review_on: date | None = None
) -> None:
    require(result, field="result")
    if review_on:
        refuse_past(review_on, field="review_on")
    position.result = result.strip()
    promised = position.promises.open().aggregate(first=Min("due_on"))["first"]
    position.review_on = review_on or promised


def park(position: Position, *, by: Any, note: str, wake_on: date) -> None:
    if wake_on <= clock.today():
        raise SomethingMissing(_("The day of resuming must lie in the future."), field="wake_on")
    position.parked_from = position.status
    position.wake_on = wake_on


def resume(position: Position, *, by: Any, note: str) -> str:
    target, position.parked_from, position.wake_on = position.parked_from, "", None
    return target


def withdraw(position: Position, *, by: Any, note: str) -> None:
    position.parked_from, position.wake_on = "", None
    _annul_running(position, note)


def supersede(position: Position, *, by: Any, note: str, successor: Position) -> None:
    if successor.pk == position.pk or successor.section_id != position.section_id:
        raise SomethingMissing(
            _("The successor must be another position of the same section."), field="successor"
        )
    successor = lock(successor)
    if successor.successor_id or successor.status == State.WITHDRAWN:
        raise SomethingMissing(_("The successor must itself be in force."), field="successor")
    position.successor = successor
    if position.answers_id and not successor.answers_id:
        successor.answers_id = position.answers_id
        successor.step += 1
        successor.save(update_fields=["answers", "step"])
        payload = {"consultation": position.answers_id}
        audit.record(thing=successor, action=TAKE_OVER, by=by, payload=payload)


def _refuse_bad_day(position, decide_on):
    refuse_past(decide_on, field="decide_on")
    limit = position.authority_deadline
    if limit and decide_on >= limit:
        raise SomethingMissing(
            _("The decision must come before the authority's deadline."), field="decide_on"
        )


def _new_ballot(
    position,
    *,
    kind,
    quorum,
    majority,
    closes_at,
    amendment=None,
    opened_at=None,
    is_repeat=False,
    is_secret=False,
):
    rounds = position.ballots.filter(kind=kind, amendment=amendment).count()
    position.forget_ballots()
    return Ballot.objects.create(
        position=position,
        kind=kind,
        amendment=amendment,
        round=rounds + 1,
        is_repeat=is_repeat,
        version=position.current,
        quorum=quorum,
        majority=majority,
        is_secret=is_secret,
        opened_at=opened_at or clock.now(),
        closes_at=closes_at,
    )


def _open_section_ballots(position, *, closes_on, quorum, majority, is_repeat=False):
    """One on the text and one on each amendment carried to the vote, of the same electorate: the
    libraries that are members of the section today."""
    refuse_past(closes_on, field="closes_on")
    members = SectionMembership.objects.in_force().filter(section=position.section_id)
    opened_at, libraries = (
        clock.now(),
        list(members.order_by("library").values_list("library", flat=True)),
    )
    for amendment in [None, *position.amendments.to_vote().order_by("number")]:
        ballot = _new_ballot(
            position,
            kind=BallotKind.AMENDMENT if amendment else BallotKind.SECTION,
            amendment=amendment,
            quorum=quorum,
            majority=majority,
            opened_at=opened_at,
            closes_at=clock.end_of_day(closes_on),
            is_repeat=is_repeat,
            is_secret=position.section.votes_secretly,
        )
        Elector.objects.bulk_create(Elector(ballot=ballot, library_id=pk) for pk in libraries)
        if ballot.is_secret:
            seals.begin(ballot)


def _annul_running(position, reason):
    position.forget_ballots()
    for ballot in position.ballots.all():
        if ballot.is_running:
            ballot.annulled_at, ballot.annulled_reason = clock.now(), reason
            ballot.save()
            seals.destroy(ballot)


def _close(ballot):
    ballot.closed_at = clock.now()
    if ballot.is_secret:
        seals.open_up(ballot)
    ballot.save()
    return ballot


def _decide(position, verdict, *, by, reasons, day=None, outvoted=False, on_points=NO_REASONS):
    """Close the ballot and number the resolution; a blocking concern must be outvoted on record."""
    ballot = position.board_ballot
    day = day or (ballot.item.meeting.day if ballot.is_at_meeting else clock.today())
    _refuse_other_day(position, ballot, day)
    supportive = verdict in {Verdict.ACCEPTED, Verdict.CHANGED}
    if supportive and ballot.tally_concern and not outvoted:
        raise SomethingMissing(
            _("There is a blocking concern: record that it was outvoted, or return the position."),
            field="outvoted",
        )
    decision = BoardDecision.objects.create(
        position=position,
        ballot=ballot if ballot.closed_at else _close(ballot),
        item=ballot.item,
        version=position.current,
        verdict=verdict,
        year=day.year,
        number=next_number(RESOLUTIONS, day.year),
        decided_on=day,
        reasons=reasons.strip(),
        outvoted=bool(supportive and ballot.tally_concern),
        recorded_by=by,
    )
    PointReason.objects.bulk_create(
        PointReason(decision=decision, point=point, text=text)
        for point in position.current.points.all()
        if (text := on_points.get(point.number, "").strip())
    )
    if not ballot.is_at_meeting:
        meeting_notices.return_excerpt(decision)


def _refuse_other_day(position, ballot, day):
    """Decided at a meeting, it was decided on its day; else between the review and today."""
    refuse_future(day, field="decided_on")
    if ballot.is_at_meeting:
        if day != ballot.item.meeting.day:
            raise SomethingMissing(
                _("It was voted on at a meeting: the decision bears the day of the meeting."),
                field="decided_on",
            )
    elif day < clock.day_of(position.status_since):
        raise SomethingMissing(
            _("The decision cannot be older than the review."), field="decided_on"
        )
