"""What is still missing before a move, a sentence each."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.richtext import words
from positions.models import Position
from sections.models import SectionMembership


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
    if not SectionMembership.objects.in_force().filter(section=position.section_id).exists():
        yield _("The section has no member library that could vote.")


def all_have_voted(position: Position) -> Iterator[Any]:
    ballot = position.section_ballot
    silent = ballot.electorate - ballot.turnout
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
    elif ballot.round > 1:
        yield _("The vote has been repeated once already; rework the text instead.")


def board_has_quorum(position: Position) -> Iterator[Any]:
    missing = position.board_ballot.missing_for_quorum
    if missing:
        yield ngettext(
            "The vote of %(count)d more board member is needed for a quorum.",
            "The votes of %(count)d more board members are needed for a quorum.",
            missing,
        ) % {"count": missing}


def board_carries(position: Position) -> Iterator[Any]:
    yield from board_has_quorum(position)
    if position.board_ballot.has_quorum and not position.board_ballot.carries:
        yield _("The ballot of the board does not carry it.")


def board_rejects(position: Position) -> Iterator[Any]:
    yield from board_has_quorum(position)
    if position.board_ballot.carries:
        yield _("The ballot of the board carries it; it cannot be rejected.")


def not_sent_yet(position: Position) -> Iterator[Any]:
    if position.sent is None:
        yield _("The submission has not been prepared yet.")
    elif position.sent.confirmed_by_id:
        yield _("The submission is confirmed already.")


def confirmed(position: Position) -> Iterator[Any]:
    if position.sent is None:
        yield _("The submission has not been prepared yet.")
    elif not position.sent.confirmed_by_id:
        yield _("A second person has not confirmed the submission yet.")


def every_point_has_an_outcome(position: Position) -> Iterator[Any]:
    silent = sum(point.settled is None for point in position.current.points.all())
    if silent:
        yield ngettext(
            "%(count)d point has no outcome recorded.",
            "%(count)d points have no outcome recorded.",
            silent,
        ) % {"count": silent}
