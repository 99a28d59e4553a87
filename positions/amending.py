"""What becomes of an amendment: the one table of its moves, and what they do.

Each is made with the position locked before the amendment (`positions.proposing` does it): a
decision and a save, a vote or another decision never pass each other.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from core import audit
from core.richtext import blocks, words
from core.tidy import tidy
from core.workflow import Note, SomethingMissing, Workflow, lock, nobody, row
from positions import amendment_notices, policy
from positions.amended import accepted_insertions, applied, contested, place_of
from positions.choices import AmendmentAction, AmendmentKind, AmendmentState
from positions.drafting import make_current, make_version
from positions.models import Amendment, Ballot, Position, Version

LONGEST_NOTE = Version._meta.get_field("note").max_length
SAVE, DECISION = "save", "amendment"


# What is missing -------------------------------------------------------------------------------


def the_paragraph_says_what_it_said(amendment: Amendment) -> Iterator[Any]:
    yield from the_paragraph_still_stands(amendment)
    place = place_of(amendment, amendment.position.current)
    if not place.is_gone and not place.is_unchanged:
        yield _("The paragraph has changed since: accept it in a changed form, or reject it.")


def the_paragraph_still_stands(amendment: Amendment) -> Iterator[Any]:
    if place_of(amendment, amendment.position.current).is_gone:
        yield _("The paragraph is gone: the amendment can only be rejected or withdrawn.")


def check_wording(kind: AmendmentKind, body: str, *, may_delete: bool = False) -> str:
    """The tidied body; SomethingMissing if it does not fit the kind of the amendment."""
    found = blocks(tidy(body))
    if kind == AmendmentKind.DELETION and ((may_delete and not found) or not may_delete):
        return ""
    if not words("".join(found)):
        raise SomethingMissing(_("Write the wording you propose."), field="body")
    if kind != AmendmentKind.INSERTION and len(found) > 1:
        raise SomethingMissing(
            _("This is more than one paragraph; propose the others as insertions."), field="body"
        )
    return "".join(found)


def refuse_unchanged(body: str, wording: str | None) -> None:
    """However the wording was written."""
    if wording and body == tidy(wording):
        raise SomethingMissing(_("This is what the paragraph says already."), field="body")


# What the moves do -----------------------------------------------------------------------------


def accept(amendment: Amendment, *, by: Any, note: str) -> None:
    _put_into_text(amendment, amendment.body, by=by, note=note)


def accept_changed(amendment: Amendment, *, by: Any, note: str, body: str, base: int) -> None:
    """`base` is the number of the version in which the paragraph was looked at."""
    position = amendment.position
    place = place_of(amendment, position.current)
    looked_at = position.versions.filter(number=base).first()
    if looked_at is None or place_of(amendment, looked_at).now != place.now:
        raise SomethingMissing(
            _("The paragraph has changed meanwhile. Look at it again, then decide."), field="base"
        )
    body = check_wording(AmendmentKind(amendment.kind), body, may_delete=True)
    refuse_unchanged(body, place.now)
    if body == amendment.body and place.is_unchanged:
        raise SomethingMissing(_("This is the proposal itself: accept it as it is."), field="body")
    amendment.accepted_body = body
    _put_into_text(amendment, body, by=by, note=note)


def reject(amendment: Amendment, *, by: Any, note: str) -> None:
    _decided(amendment, by=by, note=note)
    _tell_position(amendment, AmendmentAction.REJECT, by=by, note=note)


def carry_to_vote(amendment: Amendment, *, by: Any, note: str) -> None:
    _decided(amendment, by=by, note=note)
    _tell_position(amendment, AmendmentAction.CARRY_TO_VOTE, by=by, note=note)


def reconsider(amendment: Amendment, *, by: Any, note: str) -> None:
    amendment.decided_by, amendment.decision_reason = None, ""
    _tell_position(amendment, AmendmentAction.RECONSIDER, by=by, note=note)


def reopen(amendment: Amendment, *, by: Any, note: str) -> None:
    """The text it was to be voted on with is reworked; the position's own history tells that."""
    amendment.decided_by, amendment.decision_reason = None, ""


def withdraw(amendment: Amendment, *, by: Any, note: str) -> None:
    _tell_position(amendment, AmendmentAction.WITHDRAW, by=by, note=note)


def adopt(amendment: Amendment, *, by: Any, note: str, made: Version) -> None:
    amendment.made = made


def lose(amendment: Amendment, *, by: Any, note: str) -> None:
    amendment.decision_reason = note or amendment.decision_reason


def _decided(amendment, *, by, note):
    amendment.decided_by, amendment.decision_reason = by, note.strip()


def _tell_position(amendment, action, *, by, note):
    """Its history tells of the decision; a step decided on before is stale."""
    position = lock(amendment.position)
    position.step += 1
    position.save()
    payload = {"amendment": amendment.number, "decision": action}
    audit.record(thing=position, action=DECISION, by=by, note=note, payload=payload)


def _put_into_text(amendment, body, *, by, note):
    """Its words make the next version of the text."""
    _decided(amendment, by=by, note=note)
    position = lock(amendment.position)
    earlier = accepted_insertions(position)
    texts, known = applied(position.current, [(amendment, body)], earlier=earlier)
    why = " ".join(amendment.reason.split())
    told = _("Amendment %(number)d accepted: %(why)s") % {"number": amendment.number, "why": why}
    amendment.made = _next_version(position, texts, known, author=by, note=told)
    _go_on_with(position, amendment.made, [amendment], by=by, note=note)
    position.step += 1
    position.save()


def _next_version(position, texts, known, *, author, note) -> Version:
    last = position.current
    return make_version(
        position,
        by=author,
        title=last.title,
        body="".join(texts),
        points=[point.text for point in last.points.all()],
        note=note[:LONGEST_NOTE],
        known=known,
    )


def _go_on_with(position, made, amendments, *, by, note=""):
    """As after any save of the text."""
    make_current(position, made)
    numbers = [amendment.number for amendment in amendments]
    payload = {"version": made.number, "new": True, "amendments": numbers}
    audit.record(thing=position, action=SAVE, by=by, note=note, payload=payload)


# The vote --------------------------------------------------------------------------------------


def settle(position: Position, ballots: Sequence[Ballot], *, by: Any) -> None:
    """The text is adopted: what the votes on its amendments carried goes into it, by the hand of
    who carried it to the vote; the others are lost.

    The caller holds the position's lock and saves it. Of two on the same paragraph the one with
    more yes votes goes in, of equal ones the one proposed earlier.
    """
    yes = {ballot.amendment_id: ballot.tally_yes for ballot in ballots if ballot.carries}
    to_vote = list(position.amendments.to_vote().select_related("version").order_by("number"))
    best = sorted((each for each in to_vote if each.pk in yes), key=lambda each: -yes[each.pk])
    winners: dict[Any, Amendment] = {}
    for amendment in best:
        winners.setdefault(contested(amendment), amendment)
    going_in = [each for each in to_vote if each in winners.values()]
    made = _adopted(position, going_in, by=by) if going_in else None
    for amendment in to_vote:
        if amendment in going_in:
            AMENDMENTS.perform(AmendmentAction.ADOPT, amendment, by=by, follows=True, made=made)
        else:
            winner = winners[contested(amendment)] if amendment.pk in yes else None
            note = (
                _outdone_by(winner, as_many=yes[winner.pk] == yes[amendment.pk]) if winner else ""
            )
            AMENDMENTS.perform(AmendmentAction.LOSE, amendment, by=by, note=note, follows=True)


def _adopted(position, amendments, *, by) -> Version:
    texts, known = applied(position.current, [(each, each.body) for each in amendments])
    numbers = ", ".join(str(each.number) for each in amendments)
    note = _("With what the vote carried: amendments %(numbers)s") % {"numbers": numbers}
    author = amendments[-1].decided_by
    made = _next_version(position, texts, known, author=author, note=note)
    _go_on_with(position, made, amendments, by=by)
    return made


def _outdone_by(winner, *, as_many):
    sentence = (
        _("Amendment %(number)d on the same paragraph got as many yes votes and was earlier.")
        if as_many
        else _("Amendment %(number)d on the same paragraph got more yes votes.")
    )
    return sentence % {"number": winner.number}


def reopen_all(position: Position, *, by: Any) -> None:
    """What was carried to a vote that did not adopt the text is to be decided on anew."""
    for amendment in position.amendments.to_vote().order_by("number"):
        AMENDMENTS.perform(AmendmentAction.REOPEN, amendment, by=by, follows=True)


# The table -------------------------------------------------------------------------------------


AMENDMENTS = Workflow(
    states=AmendmentState,
    notify=amendment_notices.decided,
    moves=[
        row(
            AmendmentAction.ACCEPT,
            AmendmentState.PROPOSED,
            AmendmentState.ACCEPTED,
            policy.may_decide_on_amendment,
            needs=the_paragraph_says_what_it_said,
            then=accept,
            tone="primary",
        ),
        row(
            AmendmentAction.ACCEPT_CHANGED,
            AmendmentState.PROPOSED,
            AmendmentState.CHANGED,
            policy.may_decide_on_amendment,
            needs=the_paragraph_still_stands,
            then=accept_changed,
            note=Note.REQUIRED,
        ),
        row(
            AmendmentAction.CARRY_TO_VOTE,
            AmendmentState.PROPOSED,
            AmendmentState.TO_VOTE,
            policy.may_decide_on_amendment,
            needs=the_paragraph_says_what_it_said,
            then=carry_to_vote,
        ),
        row(
            AmendmentAction.REJECT,
            AmendmentState.PROPOSED,
            AmendmentState.REJECTED,
            policy.may_decide_on_amendment,
            then=reject,
            note=Note.REQUIRED,
            tone="refusal",
        ),
        row(
            AmendmentAction.RECONSIDER,
            AmendmentState.TO_VOTE,
            AmendmentState.PROPOSED,
            policy.may_decide_on_amendment,
            then=reconsider,
        ),
        row(
            AmendmentAction.WITHDRAW,
            AmendmentState.PROPOSED,
            AmendmentState.WITHDRAWN,
            policy.may_withdraw_amendment,
            then=withdraw,
        ),
        row(
            AmendmentAction.ADOPT,
            AmendmentState.TO_VOTE,
            AmendmentState.CARRIED,
            nobody,
            then=adopt,
        ),
        row(
            AmendmentAction.LOSE,
            AmendmentState.TO_VOTE,
            AmendmentState.LOST,
            nobody,
            then=lose,
        ),
        row(
            AmendmentAction.REOPEN,
            AmendmentState.TO_VOTE,
            AmendmentState.PROPOSED,
            nobody,
            then=reopen,
        ),
    ],
)
