"""The minutes of a meeting: drafted from what is recorded, known by their fingerprint."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from positions.choices import Choice, Presence
from positions.models import AgendaItem, Authentication, BoardDecision, Meeting, Vote

LAYOUT = 1
"""To be raised when minutes say more or less of what happened: they are another text then."""


@dataclass(frozen=True)
class Dealt:
    """An item of the agenda, who was there for it, how they voted, and what was resolved."""

    item: AgendaItem
    present: int
    is_quorate: bool
    votes: list[Vote]
    resolutions: list[BoardDecision]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Each answer that somebody gave, with how many gave it."""
        given = [vote.choice for vote in self.votes]
        return [(choice.label, n) for choice in Choice if (n := given.count(choice))]

    @property
    def dropped(self) -> str:
        """What is to be said of a vote that came to nothing; nothing where there was none."""
        ballot = self.item.dropped_ballot
        if ballot is None:
            return ""
        told = _("It was voted on; the vote was annulled afterwards, for this reason: %(reason)s")
        return told % {"reason": ballot.annulled_reason}

    @property
    def attendance(self) -> str:
        return ngettext(
            "%(count)d member is present.", "%(count)d members are present.", self.present
        ) % {"count": self.present}


@dataclass(frozen=True)
class Minutes:
    meeting: Meeting
    dealt: list[Dealt]

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that they say, whatever the language."""
        text = json.dumps(self._facts(), ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def _facts(self) -> list[Any]:
        meeting = self.meeting
        return [
            [LAYOUT, meeting.pk, meeting.place, meeting.quorum, meeting.repeats_id],
            [meeting.opened_at, meeting.ended_at, meeting.guests],
            [meeting.presided_by_id, *meeting.signers],
            [_attendance(each) for each in meeting.members],
            [_dealt(each) for each in self.dealt],
        ]

    @property
    def quorum(self) -> str:
        """The sentence of the quorum, with the figures it follows from."""
        meeting = self.meeting
        return quorum_in_words(
            present=len(meeting.present_at()),
            members=len(meeting.members),
            needed=meeting.quorum_needed,
        )

    def of(self, presence: Presence) -> list[str]:
        members = self.meeting.members
        return [str(each.person) for each in members if each.presence == presence]

    @property
    def guests(self) -> list[str]:
        return [line.strip() for line in self.meeting.guests.splitlines() if line.strip()]


def read(meeting: Meeting) -> Minutes:
    """In seven queries, however much was dealt with."""
    votes: dict[int, list[Vote]] = {}
    cast = Vote.objects.filter(elector__ballot__item__meeting=meeting)
    for vote in cast.select_related("elector__person").order_by("elector__person__name", "pk"):
        votes.setdefault(vote.elector.ballot_id, []).append(vote)
    dealt = [
        Dealt(
            item=item,
            present=len(meeting.present_at(item)),
            is_quorate=meeting.is_quorate(item),
            votes=votes.get(item.ballot.pk, []) if item.ballot else [],
            resolutions=sorted(item.resolutions.all(), key=lambda each: each.number),
        )
        for item in meeting.items
    ]
    return Minutes(meeting, dealt)


def authenticated_by(meeting: Meeting, fingerprint: str) -> list[Authentication]:
    """By those who are appointed for it, and of this text."""
    given = Authentication.objects.filter(meeting=meeting, fingerprint=fingerprint)
    return list(given.filter(person__in=meeting.signers).select_related("person").order_by("at"))


def quorum_in_words(*, present: int, members: int, needed: int) -> str:
    facts = {"present": present, "members": members, "needed": needed}
    figures = _("Members of the board: %(members)d, present: %(present)d, needed: %(needed)d.")
    found = _("There is a quorum.") if members and present >= needed else _("There is no quorum.")
    return f"{figures % facts} {found}"


def _attendance(each) -> list[Any]:
    arrived, left = each.arrived_for, each.left_after
    places = [arrived and arrived.place, left and left.place]
    return [each.person_id, each.presence, *places]


def _dealt(each: Dealt) -> list[Any]:
    """A vote that came to nothing is named only where there is one: the others keep their
    fingerprints."""
    item, dropped = each.item, each.item.dropped_ballot
    return [
        *([[dropped.pk, dropped.annulled_reason]] if dropped else []),
        [item.place, item.position_id, item.name, item.text, item.presenter, item.is_late],
        item.note,
        [(vote.elector.person_id, vote.choice, vote.reason) for vote in each.votes],
        [
            [
                *(one.resolution, one.verdict, one.subject, one.words, one.reasons, one.outvoted),
                *(one.votes_for, one.votes_against, one.votes_abstained, one.votes_apart),
            ]
            for one in each.resolutions
        ],
    ]
