"""What people do with amendments: propose, support, withdraw, decide."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.workflow import NotAllowed, Overtaken, SomethingMissing, lock, nobody
from members.models import Library, Person
from positions import amendment_notices, policy
from positions.amended import anchor
from positions.amending import AMENDMENTS, DECISION, check_wording, refuse_unchanged
from positions.choices import AMENDABLE, AmendmentAction, AmendmentKind, AmendmentState, State
from positions.models import Amendment, Position, Support, Version
from sections.standing import standing_of

MADE_BY_PEOPLE = frozenset(move.action for move in AMENDMENTS if move.who is not nobody)
"""The others follow from a move of the position."""
PROPOSE, SUPPORT, TAKE_BACK = "propose", "support", "take_back_support"


@transaction.atomic
def propose(
    *,
    version: Version,
    by: Person,
    library: Library,
    kind: AmendmentKind,
    paragraph: int,
    reason: str,
    body: str = "",
) -> Amendment:
    """A numbered amendment to a paragraph of the current version, or an insertion after it."""
    position = lock(version.position)
    _check_open(position, by)
    _check_acts_for(by, library, position)
    if version.pk != position.current_id:
        raise SomethingMissing(
            _("The text has changed meanwhile. Look at it again, then send your amendment."),
            field="version",
        )
    body = check_wording(kind, body)
    if kind == AmendmentKind.WORDING:
        refuse_unchanged(body, version.wordings[paragraph - 1])
    amendment = Amendment(
        position=position,
        version=version,
        kind=kind,
        paragraph=paragraph,
        body=body,
        reason=reason.strip(),
        library=library,
        author=by,
    )
    _refuse_double(amendment)
    amendment.number = position.amendments.count() + 1
    amendment.save()
    audit.record(thing=amendment, action=PROPOSE, by=by, target=amendment.status)
    payload = {"amendment": amendment.number, "decision": PROPOSE}
    audit.record(thing=position, action=DECISION, by=by, payload=payload)
    amendment_notices.proposed(amendment, by=by)
    return amendment


@transaction.atomic
def support(*, amendment: Amendment, by: Person, library: Library) -> Amendment:
    """The library stands behind another's amendment; once is enough."""
    position, amendment = _locked(amendment)
    _check_supportable(amendment, position, by)
    _check_acts_for(by, library, position)
    if amendment.library_id == library.pk:
        raise NotAllowed(_("A library cannot support its own amendment."))
    _support, is_new = Support.objects.get_or_create(
        amendment=amendment, library=library, defaults={"author": by}
    )
    if is_new:
        audit.record(thing=amendment, action=SUPPORT, by=by, payload={"library": library.pk})
    return amendment


@transaction.atomic
def take_back_support(*, amendment: Amendment, by: Person, library: Library) -> Amendment:
    position, amendment = _locked(amendment)
    _check_supportable(amendment, position, by)
    _check_acts_for(by, library, position)
    taken, _rows = amendment.supports.filter(library=library).delete()
    if taken:
        audit.record(thing=amendment, action=TAKE_BACK, by=by, payload={"library": library.pk})
    return amendment


@transaction.atomic
def decide(
    *,
    amendment: Amendment,
    by: Person,
    action: AmendmentAction,
    seen: int | None = None,
    note: str = "",
    **details: Any,
) -> Amendment:
    """A move of the amendment's table, with its position locked first."""
    position = lock(amendment.position)
    if not is_theirs(by, amendment, action):
        raise NotAllowed(_("This step is not yours to take."))
    allowed = AMENDABLE if action == AmendmentAction.WITHDRAW else {State.CONSOLIDATION}
    if position.status not in allowed:
        raise Overtaken(position, by=by, action=action)
    return AMENDMENTS.perform(action, amendment, by=by, seen=seen, note=note, **details)


def is_theirs(person: Any, amendment: Amendment, action: str) -> bool:
    """Whether the step is one of theirs at all, in whatever state things are."""
    if action == AmendmentAction.WITHDRAW:
        libraries = standing_of(person).libraries_in(amendment.position.section_id)
        return amendment.library_id in libraries
    return policy.coordinates(person, amendment.position)


def _locked(amendment: Amendment) -> tuple[Position, Amendment]:
    position = lock(amendment.position)
    amendment = lock(amendment)
    amendment.position = position
    return position, amendment


def _check_open(position, by):
    if not policy.may_amend(by, position):
        raise NotAllowed(_("Amendments are not open to you here."))
    if position.is_overdue:
        raise NotAllowed(_("The time for comments is over."))


def _check_supportable(amendment, position, by):
    if not policy.acts_for_a_library(by, position):
        raise NotAllowed(_("Amendments are not open to you here."))
    if amendment.status != AmendmentState.PROPOSED or position.status not in AMENDABLE:
        raise Overtaken(amendment, by=by)


def _check_acts_for(by, library, position):
    if library.pk not in standing_of(by).libraries_in(position.section_id):
        raise NotAllowed(_("You do not act for this library in the section."))


def _refuse_double(amendment):
    """What another has proposed already is supported, not proposed again."""
    alike = amendment.position.amendments.open().filter(kind=amendment.kind, body=amendment.body)
    for other in alike.select_related("version"):
        if anchor(other) == anchor(amendment):
            raise SomethingMissing(
                _("Amendment %(number)d proposes the same: support that one.")
                % {"number": other.number},
                field="body",
            )
