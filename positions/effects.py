"""What a move does besides changing the state. Called by the engine, inside its transaction.

Each checks what its details must be, and raises SomethingMissing for the field concerned.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.numbering import next_number
from core.workflow import CLOCK, SomethingMissing, lock
from members.models import Authority, Mandate
from positions.choices import BallotKind, Channel, MessageKind, State, Verdict
from positions.drafting import make_version, says_the_same
from positions.models import (
    Ballot,
    BoardDecision,
    Elector,
    LawProfile,
    Message,
    Position,
    Submission,
)
from sections.choices import Majority, Quorum
from sections.models import SectionMembership

RESOLUTIONS = "board-resolutions"


def open_consultation(
    position: Position, *, by: Any, note: str, closes_on: date, expedited_reason: str = ""
) -> None:
    _refuse_past(closes_on, field="closes_on")
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


def open_vote(position: Position, *, by: Any, note: str, closes_on: date) -> None:
    _open_section_ballot(position, closes_on=closes_on, quorum=position.section.quorum)


def repeat_vote(position: Position, *, by: Any, note: str, closes_on: date) -> None:
    _open_section_ballot(position, closes_on=closes_on, quorum=position.section.repeated_quorum)


def close_vote(position: Position, *, by: Any, note: str) -> str:
    ballot = _close(position.section_ballot)
    return State.ADOPTED if ballot.carries else State.NOT_ADOPTED


def forward(
    position: Position,
    *,
    by: Any,
    note: str,
    cover_note: str,
    signatory: str,
    addressee: Authority,
    authority_deadline: date | None = None,
) -> None:
    if authority_deadline:
        _refuse_past(authority_deadline, field="authority_deadline")
    _require(cover_note, field="cover_note")
    _require(signatory, field="signatory")
    position.cover_note = cover_note.strip()
    position.signatory = signatory.strip()
    position.addressee = addressee
    position.authority_deadline = authority_deadline
    position.forwarded_at = clock.now()


def take_up(position: Position, *, by: Any, note: str, decide_on: date) -> None:
    _refuse_past(decide_on, field="decide_on")
    limit = position.authority_deadline
    if limit and decide_on >= limit:
        raise SomethingMissing(
            _("The decision must come before the authority's deadline."), field="decide_on"
        )
    board = Mandate.objects.in_force().voting_on_the_board()
    members = set(board.values_list("person", flat=True))
    if not members:
        raise SomethingMissing(_("The board has no member who could vote."))
    position.decide_on = decide_on
    ballot = _new_ballot(
        position,
        kind=BallotKind.BOARD,
        quorum=Quorum.MORE_THAN_HALF,
        majority=Majority.SIMPLE,
        closes_at=clock.end_of_day(decide_on),
    )
    Elector.objects.bulk_create(Elector(ballot=ballot, person_id=pk) for pk in sorted(members))


def return_to_section(position: Position, *, by: Any, note: str) -> None:
    if position.status == State.BOARD_REVIEW:
        _decide(position, Verdict.RETURNED, by=by, reasons=note)


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


def reject(position: Position, *, by: Any, note: str, decided_on: date) -> None:
    _decide(position, Verdict.REJECTED, by=by, reasons=note, day=decided_on)


def agree_to_changes(position: Position, *, by: Any, note: str) -> None:
    position.current, position.proposed = position.proposed, None
    position.title = position.current.title


def refuse_changes(position: Position, *, by: Any, note: str) -> None:
    position.proposed = None


def prepare_submission(
    position: Position,
    *,
    by: Any,
    note: str,
    addressee: Authority,
    signatory: str,
    channel: Channel,
    law_profile: LawProfile | None = None,
) -> None:
    _require(signatory, field="signatory")
    Submission.objects.update_or_create(
        position=position,
        defaults={
            "addressee": addressee,
            "signatory": signatory.strip(),
            "channel": channel,
            "law_profile": law_profile,
            "prepared_by": by,
            "prepared_at": clock.now(),
            "confirmed_by": None,
            "confirmed_at": None,
        },
    )
    position.addressee = addressee


def confirm_submission(position: Position, *, by: Any, note: str) -> None:
    submission = position.submission
    submission.confirmed_by = by
    submission.confirmed_at = clock.now()
    submission.save()


def submit(position: Position, *, by: Any, note: str, sent_on: date, file_number: str = "") -> None:
    _refuse_future(sent_on, field="sent_on")
    submission = position.submission
    if sent_on < clock.day_of(submission.confirmed_at):
        raise SomethingMissing(
            _("It cannot have been sent before the submission was confirmed."), field="sent_on"
        )
    submission.sent_on = sent_on
    submission.file_number = file_number.strip()
    if submission.law_profile:
        submission.answer_days = submission.law_profile.days
        submission.due_on = clock.days_after(sent_on, submission.answer_days)
    submission.save()
    position.published_at = position.published_at or clock.now()


def record_interim_answer(
    position: Position, *, by: Any, note: str, received_on: date, text: str, file_number: str = ""
) -> None:
    _record_message(position, MessageKind.INTERIM, by, received_on, text, file_number)


def record_answer(
    position: Position, *, by: Any, note: str, received_on: date, text: str, file_number: str = ""
) -> None:
    _record_message(position, MessageKind.ANSWER, by, received_on, text, file_number)


def close(
    position: Position, *, by: Any, note: str, result: str, review_on: date | None = None
) -> None:
    _require(result, field="result")
    if review_on:
        _refuse_past(review_on, field="review_on")
    position.result = result.strip()
    position.review_on = review_on


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
    for ballot in position.ballots.all():
        if ballot.is_running:
            ballot.annulled_at, ballot.annulled_reason = clock.now(), note
            ballot.save()


def supersede(position: Position, *, by: Any, note: str, successor: Position) -> None:
    if successor.pk == position.pk or successor.section_id != position.section_id:
        raise SomethingMissing(
            _("The successor must be another position of the same section."), field="successor"
        )
    successor = lock(successor)
    if successor.successor_id or successor.status == State.WITHDRAWN:
        raise SomethingMissing(_("The successor must itself be in force."), field="successor")
    position.successor = successor


def _new_ballot(position, *, kind, quorum, majority, closes_at):
    rounds = position.ballots.filter(kind=kind).count()
    position.forget_ballots()
    return Ballot.objects.create(
        position=position,
        kind=kind,
        round=rounds + 1,
        version=position.current,
        quorum=quorum,
        majority=majority,
        closes_at=closes_at,
    )


def _open_section_ballot(position, *, closes_on, quorum):
    """Freeze the electorate: the libraries that are members of the section today."""
    _refuse_past(closes_on, field="closes_on")
    ballot = _new_ballot(
        position,
        kind=BallotKind.SECTION,
        quorum=quorum,
        majority=position.section.majority,
        closes_at=clock.end_of_day(closes_on),
    )
    members = SectionMembership.objects.in_force().filter(section=position.section_id)
    libraries = members.order_by("library").values_list("library", flat=True)
    Elector.objects.bulk_create(Elector(ballot=ballot, library_id=pk) for pk in libraries)


def _close(ballot):
    ballot.closed_at = clock.now()
    ballot.save()
    return ballot


def _decide(position, verdict, *, by, reasons, day=None, outvoted=False):
    """Close the ballot and number the resolution; a blocking concern must be outvoted on record."""
    day = day or clock.today()
    _refuse_future(day, field="decided_on")
    if day < clock.day_of(position.status_since):
        raise SomethingMissing(
            _("The decision cannot be older than the review."), field="decided_on"
        )
    ballot = position.board_ballot
    supportive = verdict in {Verdict.ACCEPTED, Verdict.CHANGED}
    if supportive and ballot.tally_concern and not outvoted:
        raise SomethingMissing(
            _("There is a blocking concern: record that it was outvoted, or return the position."),
            field="outvoted",
        )
    BoardDecision.objects.create(
        position=position,
        ballot=_close(ballot),
        version=position.current,
        verdict=verdict,
        year=day.year,
        number=next_number(RESOLUTIONS, day.year),
        decided_on=day,
        reasons=reasons.strip(),
        outvoted=bool(supportive and ballot.tally_concern),
        recorded_by=by,
    )


def _record_message(position, kind, by, received_on, text, file_number):
    _refuse_future(received_on, field="received_on")
    _require(text, field="text")
    if received_on < position.submission.sent_on:
        raise SomethingMissing(
            _("The answer cannot be older than the submission."), field="received_on"
        )
    Message.objects.create(
        submission=position.submission,
        kind=kind,
        received_on=received_on,
        text=text.strip(),
        file_number=file_number.strip(),
        recorded_by=by,
    )


def _require(text, *, field):
    if not text.strip():
        raise SomethingMissing(_("This field is needed."), field=field)


def _refuse_past(day, *, field):
    if day < clock.today():
        raise SomethingMissing(_("This day has passed: choose a later one."), field=field)


def _refuse_future(day, *, field):
    if day > clock.today():
        raise SomethingMissing(
            _("This day has not come yet: choose today or an earlier one."), field=field
        )
