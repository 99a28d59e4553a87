"""What libraries say of a text: they endorse it, or file a minority opinion, and take it back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.workflow import NotAllowed, Overtaken, SomethingMissing, lock
from members.models import Library, Person
from positions import policy
from positions.choices import DISSENTABLE, ENDORSABLE, State
from positions.models import Endorsement, MinorityOpinion, Position, Version
from positions.timeline import ENDORSE, FILE_OPINION, WITHDRAW_ENDORSEMENT, WITHDRAW_OPINION


class SaidMeanwhile(Exception):
    """Somebody else who acts for the library has spoken, or taken it back (409)."""

    def __init__(self, position: Position, *, theirs: Any):
        super().__init__(str(position))
        self.position = position
        self.theirs = theirs


@transaction.atomic
def endorse(
    *,
    version: Version,
    library: Library,
    by: Person,
    reservation: str = "",
    seen: int | None = None,
) -> Endorsement:
    """The library stands behind the present text, with a reservation if there are words.

    `seen` is the endorsement of this text whose place it takes, as it was shown; SaidMeanwhile if
    another one stands there. Endorsements of earlier texts stay what they are.
    """
    position = _locked(version, library, by=by, states=ENDORSABLE)
    if version.pk != position.current_id:
        raise SomethingMissing(
            _("The text has changed meanwhile. Look at what it says now, then decide.")
        )
    if MinorityOpinion.objects.standing().on_text(version).filter(library=library).exists():
        raise SomethingMissing(
            _("The library has filed a minority opinion on this text: withdraw it first.")
        )
    standing = Endorsement.objects.standing().on_text(version).filter(library=library).first()
    if (standing and standing.pk) != seen:
        raise SaidMeanwhile(position, theirs=standing)
    if standing:
        _withdraw(standing)
    made = Endorsement.objects.create(
        version=version, library=library, author=by, reservation=reservation.strip()
    )
    payload = {"endorsement": made.pk, "library": library.pk, "version": version.number}
    audit.record(thing=position, action=ENDORSE, by=by, payload=payload)
    return made


@transaction.atomic
def withdraw_endorsement(endorsement: Endorsement, *, by: Person) -> Endorsement:
    """With it go those of earlier texts: the library has not endorsed the position any more."""
    library = endorsement.library
    position = _locked(endorsement.version, library, by=by, states=ENDORSABLE)
    endorsement = lock(endorsement)
    if endorsement.withdrawn_at:
        raise SaidMeanwhile(position, theirs=_latest(position, library))
    earlier = Endorsement.objects.standing().filter(version__position=position, library=library)
    earlier.update(withdrawn_at=clock.now())
    payload = {"endorsement": endorsement.pk, "library": library.pk}
    audit.record(thing=position, action=WITHDRAW_ENDORSEMENT, by=by, payload=payload)
    endorsement.refresh_from_db()
    return endorsement


@transaction.atomic
def file_opinion(
    *, version: Version, library: Library, by: Person, text: str, goes_public: bool
) -> MinorityOpinion:
    """What the library holds against the version that the section votes on or has voted on.

    `goes_public` is what its author was told: the rule of the section may have changed since.
    """
    position = _locked(version, library, by=by, states=DISSENTABLE)
    if version.pk != position.section_ballot.version_id:
        raise SomethingMissing(_("Meanwhile the section has voted on another version."))
    if goes_public != position.section.publishes_minority_opinions:
        raise SomethingMissing(
            _("The section has changed its rule on publishing meanwhile. Look at it, then decide.")
        )
    if not text.strip():
        raise SomethingMissing(_("This field is needed."), field="text")
    if Endorsement.objects.standing().on_text(version).filter(library=library).exists():
        raise SomethingMissing(_("The library endorses this text: withdraw the endorsement first."))
    filed = version.minority_opinions.standing().filter(library=library).first()
    if filed:
        raise SaidMeanwhile(position, theirs=filed)
    made = MinorityOpinion.objects.create(
        version=version, library=library, author=by, text=text.strip(), goes_public=goes_public
    )
    payload = {
        "opinion": made.pk,
        "library": library.pk,
        "version": version.number,
        "public": goes_public,
    }
    audit.record(thing=position, action=FILE_OPINION, by=by, payload=payload)
    return made


@transaction.atomic
def withdraw_opinion(opinion: MinorityOpinion, *, by: Person) -> MinorityOpinion:
    position = _locked(opinion.version, opinion.library, by=by, states=ENDORSABLE)
    opinion = lock(opinion)
    if opinion.withdrawn_at:
        raise SaidMeanwhile(position, theirs=None)
    _withdraw(opinion)
    payload = {"opinion": opinion.pk, "library": opinion.library_id}
    audit.record(thing=position, action=WITHDRAW_OPINION, by=by, payload=payload)
    return opinion


def _locked(
    version: Version, library: Library, *, by: Person, states: frozenset[State]
) -> Position:
    """The position, locked, if the person acts for the library there and the time is right."""
    position = lock(version.position)
    if not policy.speaks_for(by, library, position):
        raise NotAllowed(_("You do not act for this library in the section."))
    if position.status not in states:
        raise Overtaken(position, by=by)
    return position


def _withdraw(said: Endorsement | MinorityOpinion) -> None:
    said.withdrawn_at = clock.now()
    said.save(update_fields=["withdrawn_at"])


def _latest(position: Position, library: Library) -> Endorsement | None:
    of_library = Endorsement.objects.standing().filter(version__position=position, library=library)
    return of_library.last()
