"""What is still missing before a move, a sentence each."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.models import Stage
from core.richtext import words
from positions import needed
from positions.amended import open_amendments
from positions.amending import the_paragraph_says_what_it_said
from positions.choices import AmendmentState, Direction, LetterKind, State
from positions.models import Package, Position


def ready_to_consult(position: Position) -> Iterator[Any]:
    if position.current is None or not words(position.current.body):
        yield _("The text is still empty.")
    if position.addressee_id is None:
        yield _("The addressee is not named yet.")


def ready_to_consult_again(position: Position) -> Iterator[Any]:
    yield from ready_to_consult(position)
    if position.consulted_id == position.current_id:
        yield _("The text has not changed since the last time it was open for comments.")


def ready_to_vote(position: Position) -> Iterator[Any]:
    yield from ready_to_consult(position)
    if not position.has_voters:
        yield _("The section has no member library that could vote.")
    yield from amendments_decided_on(position)


def amendments_decided_on(position: Position) -> Iterator[Any]:
    """None is undecided, and what was carried to the vote fits the text as it is now."""
    left = open_amendments(position)
    undecided = sum(each.status == AmendmentState.PROPOSED for each in left)
    if undecided:
        yield ngettext(
            "%(count)d amendment has not been decided on yet.",
            "%(count)d amendments have not been decided on yet.",
            undecided,
        ) % {"count": undecided}
    for each in left:
        if each.status == AmendmentState.TO_VOTE and any(the_paragraph_says_what_it_said(each)):
            yield _(
                "The paragraph of amendment %(number)d has changed since it was carried to the "
                "vote: reconsider it."
            ) % {"number": each.number}


def all_have_voted(position: Position) -> Iterator[Any]:
    ballot = position.section_ballot
    questions = [ballot, *position.amendment_ballots]
    silent = max(question.electorate - question.turnout for question in questions)
    if silent and ballot.closes_at >= clock.now():
        yield ngettext(
            "%(count)d library has not voted yet; the vote closes by itself at its deadline.",
            "%(count)d libraries have not voted yet; the vote closes by itself at its deadline.",
            silent,
        ) % {"count": silent}


def missed_quorum(position: Position) -> Iterator[Any]:
    ballot = position.section_ballot
    if ballot.has_quorum:
        yield _("Only a vote that missed its quorum is repeated; rework the text instead.")
    elif ballot.is_repeat:
        yield _("The vote has been repeated once already; rework the text instead.")


def not_deferred_yet(position: Position) -> Iterator[Any]:
    if position.board_ballot.deferred_at:
        yield _("The decision has been deferred once already.")
    elif position.board_ballot.is_told:
        yield _("The votes are known by now: record the decision, or return the position.")


def ballot_can_be_closed(position: Position) -> Iterator[Any]:
    ballot = position.board_ballot
    if ballot.is_told:
        yield _("No vote can come any more: the decision can be recorded.")
    yield from needed.quorum(ballot)


def board_has_voted(position: Position) -> Iterator[Any]:
    """There is a quorum and no vote can come any more; before, nobody learns how it stands."""
    ballot = position.board_ballot
    yield from needed.quorum(ballot)
    if ballot.has_quorum and not ballot.is_told:
        yield _("Votes are taken until %(day)s: wait, or close the ballot.") % needed.until(ballot)


def board_carries(position: Position) -> Iterator[Any]:
    yield from board_has_voted(position)
    ballot = position.board_ballot
    if ballot.is_told and ballot.has_quorum and not ballot.carries:
        yield _("The ballot of the board does not carry it.")


def board_rejects(position: Position) -> Iterator[Any]:
    yield from board_has_voted(position)
    if position.board_ballot.is_told and position.board_ballot.carries:
        yield _("The ballot of the board carries it; it cannot be rejected.")


def not_sent_yet(position: Position) -> Iterator[Any]:
    if position.sent is None:
        yield _("The submission has not been prepared yet.")
    elif position.sent.confirmed_by_id:
        yield _("The submission is confirmed already.")
    else:
        yield from _package_is_ready(position.sent.package)


def _package_is_ready(package: Package | None) -> Iterator[Any]:
    """What is confirmed are files: they must be there."""
    if package is None or package.stage == Stage.FAILED:
        yield _("The package could not be made: prepare the submission anew.")
    elif package.is_under_way:
        yield _("The package to be sent is still being made; it takes a minute at most.")


def confirmed(position: Position) -> Iterator[Any]:
    if position.sent is None:
        yield _("The submission has not been prepared yet.")
    elif not position.sent.confirmed_by_id:
        yield _("A second person has not confirmed the submission yet.")


def answer_is_overdue(position: Position) -> Iterator[Any]:
    """Where the law sets no day, the one we named in a letter counts."""
    due = position.sent.due_on or _named_in_a_letter(position)
    if due is None:
        yield _("No day is set for the answer: send a reminder letter that names one.")
    elif due >= clock.today():
        yield _("The answer is not overdue yet: it is due on %(day)s.") % {"day": date_format(due)}


def letter_may_go(position: Position, kind: LetterKind) -> Iterator[Any]:
    """A reminder is for an answer that is late; information may be asked for at any time."""
    if kind != LetterKind.REMINDER:
        return
    if position.status == State.SUBMITTED:
        if position.deadline and not position.is_overdue:
            yield from answer_is_overdue(position)
    elif position.sent.silent_since is None:
        yield _("The answer has come: there is nothing to remind of.")


def _named_in_a_letter(position: Position) -> Any:
    asked = position.sent.messages.filter(direction=Direction.TO)
    return asked.aggregate(last=Max("due_on"))["last"]


def every_point_has_an_outcome(position: Position) -> Iterator[Any]:
    silent = sum(point.settled is None for point in position.current.points.all())
    if silent:
        yield ngettext(
            "%(count)d point has no outcome recorded.",
            "%(count)d points have no outcome recorded.",
            silent,
        ) % {"count": silent}
