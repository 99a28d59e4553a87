"""Everything the page of a position shows, read in few queries and cut to its reader."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import F, prefetch_related_objects
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import audit
from core.templatetags.ui import day
from positions import ball, policy, stages, tallies, timeline
from positions.choices import EDITABLE, State
from positions.models import Position
from sections.standing import standing_of


@dataclass(frozen=True)
class Note:
    """A comment as the margin shows it."""

    library: str
    author: str
    text: str
    written: datetime
    paragraph: int | None
    version: int

    @property
    def by(self) -> str:
        return self.library or self.author


@dataclass(frozen=True)
class Paragraph:
    number: int
    html: SafeString
    notes: list[Note]


@dataclass(frozen=True)
class VersionLine:
    number: int
    author: str
    saved: datetime
    note: str
    notes: list[Note]


@dataclass(frozen=True)
class Page:
    position: Position
    inside: bool
    steps: list[tuple[str, str]]
    ball: ball.Ball
    ballots: list[tallies.BallotShown]
    timeline: list[dict]
    sent: Any
    comment_url: str
    decisions: list[Any] = field(default_factory=list)
    messages: list[Any] = field(default_factory=list)
    versions: list[VersionLine] = field(default_factory=list)

    @property
    def points(self):
        return self.position.current.points.all()

    @property
    def outcomes_are_told(self) -> bool:
        """Until the evaluation is concluded they may change, and are for those inside."""
        return self.inside or self.position.status != State.ANSWERED

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Label, anchor, and never the current one: they lead to parts of this page."""
        tabs = {
            "text": _("Text"),
            "points": _counted(_("Points"), len(self.points)),
            "comments": _counted(_("Comments"), sum(len(v.notes) for v in self.versions)),
            "ballots": _("Ballots") if self.ballots else "",
            "decisions": _counted(_("Decisions"), len(self.decisions)),
            "submission": _("Submission") if self.has_submission else "",
            "versions": _counted(_("Versions"), len(self.versions)),
            "way": _("What happened"),
        }
        return [(label, f"#{anchor}", False) for anchor, label in tabs.items() if label]

    @property
    def successor(self) -> Position | None:
        """What took its place, once this reader may know of it."""
        other = self.position.successor
        known = other and (other.is_public or (self.inside and other.shared_at))
        return other if known else None

    @property
    def has_submission(self) -> bool:
        return bool(self.sent or (self.inside and self.position.cover_note))

    @property
    def submission_facts(self) -> list[tuple[str, Any]]:
        return submission_facts(self.position, self.sent, inside=self.inside)

    @property
    def paragraphs(self) -> list[Paragraph]:
        current = self.position.current
        return paragraphs(current, self.notes_on(current.number))

    def notes_on(self, number: int) -> list[Note]:
        return next((v.notes for v in self.versions if v.number == number), [])

    @property
    def remarks(self) -> list[Note]:
        """Comments that stand beside no paragraph: on the whole text, or on an older one."""
        current = self.position.current.number
        every = [note for version in self.versions for note in version.notes]
        return [note for note in every if not note.paragraph or note.version != current]

    @property
    def map_of(self):
        """The section's ballot whose votes the map shows: the newest that is counted."""
        counted = (b for b in self.ballots if b.has_map and b.counts_are_shown)
        return next(counted, None)


def read(position: Position, person: Any) -> Page:
    inside = policy.sees_inside(person, position)
    ballots = tallies.read(position, person, inside=inside) if position.shared_at else []
    if position.status in EDITABLE and position.section_id not in standing_of(person).leads:
        prefetch_related_objects([position], "authors")
    history = list(audit.of(position))
    sent = _sent_to_show(position, inside)
    return Page(
        position=position,
        inside=inside,
        steps=stages.steps(position.status, history),
        ball=ball.read(position, person, inside=inside, ballots=ballots, sent=sent),
        ballots=ballots,
        timeline=timeline.entries(history, inside=inside),
        sent=sent,
        comment_url=_comment_url(position, person),
        decisions=list(position.decisions.all()) if position.forwarded_at else [],
        messages=list(sent.messages.all()) if sent and sent.sent_on else [],
        versions=versions(position) if inside else [],
    )


def submission_facts(position: Position, sent: Any, *, inside: bool) -> list[tuple[str, Any]]:
    """Term and value; people and what was said inside are for those inside."""
    facts = []
    if inside and position.cover_note:
        facts.append((_("Cover note"), position.cover_note))
    if sent is None:
        return facts
    facts += [(_("Addressee"), sent.addressee), (_("Channel"), sent.get_channel_display())]
    if inside:
        facts += [
            (_("Signatory"), sent.signatory),
            (_("Prepared by"), sent.prepared_by),
            (_("Confirmed by"), sent.confirmed_by or _("nobody yet")),
        ]
    if sent.sent_on:
        facts += [(_("Sent on"), day(sent.sent_on)), (_("Answer due"), ball.calculation(sent))]
    if sent.file_number:
        facts.append((_("File number"), sent.file_number))
    return facts


def paragraphs(version: Any, notes: list[Note]) -> list[Paragraph]:
    """The numbered blocks of a version, each with the comments on it."""
    return [
        Paragraph(number, html, [note for note in notes if note.paragraph == number])
        for number, html in enumerate(version.paragraphs, start=1)
    ]


def versions(position: Position) -> list[VersionLine]:
    """The versions with their comments, newest first, in one query."""
    rows = position.versions.order_by("-number", "comments__created_at", "comments").values(
        "number",
        "created_at",
        "note",
        "author__name",
        comment=F("comments__pk"),
        text=F("comments__text"),
        written=F("comments__created_at"),
        paragraph=F("comments__paragraph"),
        commenter=F("comments__author__name"),
        library=F("comments__library__name"),
    )
    return [_version(list(group)) for _number, group in groupby(rows, key=lambda r: r["number"])]


def _version(rows: list[dict]) -> VersionLine:
    first = rows[0]
    notes = [
        Note(
            library=row["library"] or "",
            author=row["commenter"],
            text=row["text"],
            written=row["written"],
            paragraph=row["paragraph"],
            version=row["number"],
        )
        for row in rows
        if row["comment"]
    ]
    return VersionLine(
        first["number"], first["author__name"], first["created_at"], first["note"], notes
    )


def _counted(label, number):
    return f"{label} ({number})" if number else ""


def _comment_url(position, person):
    if position.is_overdue or not policy.may_comment(person, position):
        return ""
    return reverse("positions:comment", args=[position.reference])


def _sent_to_show(position, inside):
    """The submission; those outside see it once it has gone."""
    sent = position.sent
    if sent is None or inside or sent.sent_on:
        return sent
    return None
