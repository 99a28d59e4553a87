"""Amendments as pages show them: beside their paragraph, in the order of the text, one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.workflow import CLOCK, Offer
from members.models import Library
from positions import policy
from positions.amended import Place, open_amendments, place_of, rivals, with_versions
from positions.amending import AMENDMENTS
from positions.choices import AMENDMENT_TONES, AmendmentAction, AmendmentKind, AmendmentState
from positions.lineage import places
from positions.models import Amendment, Ballot, Position, Support
from positions.redline import redline
from sections.standing import standing_of

ACTS = {
    "propose": gettext_lazy("It was proposed"),
    "support": gettext_lazy("A library supports it"),
    "take_back_support": gettext_lazy("A library took its support back"),
    AmendmentAction.ACCEPT: gettext_lazy("It was accepted"),
    AmendmentAction.ACCEPT_CHANGED: gettext_lazy("It was accepted in a changed form"),
    AmendmentAction.CARRY_TO_VOTE: gettext_lazy("It was carried to the vote"),
    AmendmentAction.REJECT: gettext_lazy("It was rejected"),
    AmendmentAction.RECONSIDER: gettext_lazy("It is to be decided on anew"),
    AmendmentAction.WITHDRAW: gettext_lazy("It was withdrawn"),
    AmendmentAction.ADOPT: gettext_lazy("The vote adopted it"),
    AmendmentAction.LOSE: gettext_lazy("It was lost in the vote"),
    AmendmentAction.REOPEN: gettext_lazy("The text is reworked: it is to be decided on anew"),
}


@dataclass(frozen=True)
class Proposal:
    """An amendment with its place in the current text and the others it collides with."""

    amendment: Amendment
    place: Place
    rivals: Sequence[Amendment] = ()
    offers: Sequence[Offer] = ()

    @property
    def tone(self) -> str:
        return AMENDMENT_TONES[AmendmentState(self.amendment.status)]

    @property
    def redline(self) -> SafeString:
        """What it proposes to change in the paragraph as it was then."""
        return redlined(self.place.old, self.amendment.body)

    @property
    def redline_now(self) -> SafeString:
        """The same in the paragraph as it is now."""
        return redlined(self.place.now or "", self.amendment.body)

    @property
    def redline_accepted(self) -> SafeString:
        return redlined(self.place.old, self.amendment.accepted_body)

    @property
    def where(self) -> str:
        """In words, for the text of today."""
        return where(AmendmentKind(self.amendment.kind), self.place.number)

    @property
    def collision(self) -> str:
        if not self.rivals:
            return ""
        numbers = ", ".join(str(other.number) for other in self.rivals)
        return _("It collides with: %(numbers)s. Only one wording of a paragraph can stay.") % {
            "numbers": numbers
        }


@dataclass(frozen=True)
class Group:
    """The open amendments at one place of the text."""

    proposals: list[Proposal]

    @property
    def where(self) -> str:
        return self.proposals[0].where

    @property
    def collide(self) -> bool:
        return any(each.rivals for each in self.proposals)

    @property
    def numbers(self) -> str:
        return ", ".join(str(each.amendment.number) for each in self.proposals)


@dataclass(frozen=True)
class Beside:
    """What the position's page shows of amendments: the open ones, by paragraph."""

    by_place: dict[int, list[Proposal]] = field(default_factory=dict)
    undecided: int = 0
    to_vote: int = 0
    propose_url: str = ""

    @property
    def count(self) -> int:
        return self.undecided + self.to_vote


NO_AMENDMENTS = Beside()


def where(kind: AmendmentKind, number: int | None) -> str:
    """The place in words: the paragraph, or after which one something comes."""
    if number is None:
        return _("a paragraph that is gone")
    if kind != AmendmentKind.INSERTION:
        return _("paragraph %(number)d") % {"number": number}
    return _("after paragraph %(number)d") % {"number": number} if number else _("at the beginning")


@lru_cache(maxsize=1024)
def redlined(old: str, new: str) -> SafeString:
    """The redline of two wordings. Neither ever changes, so it is made once, not for each reader:
    eighty of them cost more than the rest of the page."""
    return format_html_join("", "{}", ((change.html,) for change in redline(old, new)))


def beside(position: Position, *, propose_url: str) -> Beside:
    """In two queries at most; an insertion at the beginning stands beside the first paragraph."""
    found = _shown(position, open_amendments(position))
    by_place: dict[int, list[Proposal]] = {}
    for each in found:
        if each.place.number is not None:
            by_place.setdefault(each.place.number or 1, []).append(each)
    undecided = sum(each.amendment.status == AmendmentState.PROPOSED for each in found)
    return Beside(by_place, undecided, len(found) - undecided, propose_url)


def groups(position: Position, person: Any) -> list[Group]:
    """The open ones in the order of the text; those whose paragraph is gone come last."""
    found = _shown(position, open_amendments(position), person=person)
    prefetch_related_objects([each.amendment for each in found], _supports())

    def order(each):
        number = each.place.number
        is_insertion = each.amendment.kind == AmendmentKind.INSERTION
        return (number is None, number or 0, is_insertion)

    ordered = sorted(found, key=order)
    return [Group(list(group)) for _key, group in groupby(ordered, key=order)]


def disposed_of(position: Position) -> list[Amendment]:
    closed = position.amendments.exclude(pk__in=[each.pk for each in open_amendments(position)])
    return list(closed.select_related("library", "made").defer("made__body").order_by("number"))


def read(position: Position, number: int, person: Any) -> Proposal | None:
    """One of them with all that its page shows, or None."""
    rows = position.amendments.select_related("library", "author", "decided_by", "made")
    amendment = rows.filter(number=number).prefetch_related(_supports()).first()
    if amendment is None:
        return None
    with_versions(position, [amendment])
    others = open_amendments(position) if amendment.is_open else []
    colliding = rivals(others).get(amendment.pk, [])
    offers = AMENDMENTS.offered_to(person, amendment)
    return Proposal(amendment, place_of(amendment, position.current), colliding, offers)


def to_vote_on(position: Position, ballots: Sequence[Ballot]) -> list[Proposal]:
    """The amendments that are asked about, as they would change the text that is voted on."""
    amendments = with_versions(position, [each.amendment for each in ballots if each.amendment])
    return _shown(position, amendments)


def history(amendment: Amendment) -> list[dict]:
    """For the timeline component, newest first."""
    return [
        {
            "when": entry.at,
            "what": ACTS[entry.action],
            "who": str(entry.actor or CLOCK),
            "note": entry.note,
            "tone": AMENDMENT_TONES[AmendmentState(entry.target)] if entry.target else "neutral",
        }
        for entry in audit.of(amendment)
    ]


def supporting(amendment: Amendment, person: Any) -> list[tuple[Any, bool]]:
    """The libraries this person may support it for now, each with whether it does already."""
    undecided = amendment.status == AmendmentState.PROPOSED
    if not undecided or not policy.may_amend(person, amendment.position):
        return []
    mine = standing_of(person).libraries_in(amendment.position.section_id)
    supports = {support.library_id for support in amendment.supports.all()}
    libraries = Library.objects.filter(pk__in=mine - {amendment.library_id})
    return [(library, library.pk in supports) for library in libraries]


def _supports() -> Prefetch:
    return Prefetch("supports", Support.objects.select_related("library").order_by("pk"))


def _shown(position, amendments, *, person=None) -> list[Proposal]:
    colliding, at = rivals(amendments), places(position.current)
    return [
        Proposal(
            amendment,
            place_of(amendment, position.current, at=at),
            colliding[amendment.pk],
            AMENDMENTS.offered_to(person, amendment) if person else (),
        )
        for amendment in amendments
    ]
