"""Leaving a group of letters from the letter itself, without signing in (RFC 8058).

The address in the letter is signed and follows from the person and the group: it is made when the
letter is sent and kept nowhere. Looking at it changes nothing, as scanners of mail look at every
link; sending its form does, or the one word that mail programs send.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from core import notices
from core.notices import CHOSEN, GATHERED, Group, NoticeChoice, Pace

ONE_CLICK = "List-Unsubscribe=One-Click"
LONGEST = 200
_signer = Signer(salt="core.leaving")


@dataclass(frozen=True)
class Leave:
    """What an address lets its reader leave: `what` is a group, or a pace for all of a digest."""

    person: Any
    what: str

    @property
    def groups(self) -> list[Group]:
        """Those it is about that are not switched off."""
        paces = notices.paces_of(self.person)
        if self.what in GATHERED:
            return [group for group in CHOSEN if paces[group] == self.what]
        return [] if paces[self.what] == Pace.OFF else [Group(self.what)]


def may_leave(what: str | None) -> bool:
    return what in CHOSEN or what in GATHERED


def path(person: Any, what: str) -> str:
    return reverse("leave", args=[_signer.sign(f"{person.pk}.{what}")])


def read(token: str) -> Leave | None:
    """None for an address that nobody was sent, or whose account has gone."""
    try:
        pk, _dot, what = _signer.unsign(token[:LONGEST]).partition(".")
    except BadSignature:
        return None
    person = get_user_model().objects.filter(pk=pk, is_active=True).first()
    return Leave(person, what) if person and may_leave(what) else None


@transaction.atomic
def leave(found: Leave) -> list[Group]:
    """Switch them off; returns those that were on."""
    left = found.groups
    for group in left:
        notices.choose(person=found.person, group=group, pace=Pace.OFF)
    return left


@transaction.atomic
def come_back(found: Leave, groups: list[str]) -> None:
    """They come again as they did: at the pace of the digest they were left from, else as usual."""
    for group in groups:
        if found.what in GATHERED:
            notices.choose(person=found.person, group=group, pace=found.what)
        else:
            NoticeChoice.objects.filter(person=found.person, group=group).delete()
