"""Everything the page of a position shows, read in few queries and cut to its reader."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import audit
from core.localized import Said, marked
from core.templatetags.ui import day
from positions import (
    asked,
    ball,
    consulted,
    plan,
    policy,
    presence,
    proposals,
    reckoned,
    remarks,
    said_by_authority,
    stages,
    stands,
    subjects,
    tallies,
    timeline,
)
from positions.choices import MAY_HOLD_AMENDMENTS
from positions.models import Position
from positions.proposals import NO_AMENDMENTS, Beside, Proposal
from positions.remarks import Remarks, Thread
from positions.said_by_authority import Answer
from positions.subjects import Subject
from positions.translated import Translation, point_of, title_of, translation_of
from sections.standing import standing_of


@dataclass(frozen=True)
class Paragraph:
    number: int
    html: SafeString
    threads: list[Thread] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)


@dataclass(frozen=True)
class VersionLine:
    number: int
    author: str
    saved: datetime
    note: str
    paragraph_ids: list[str]


@dataclass(frozen=True)
class Page:
    position: Position
    inside: bool
    steps: list[tuple[str, str]]
    ball: ball.Ball
    ballots: list[tallies.BallotShown]
    timeline: list[dict]
    stands: stands.Stands
    sent: Any
    comment_url: str
    earlier_url: str = ""
    schedule_url: str = ""
    answers: Any = None
    topics: list[Subject] = field(default_factory=list)
    laws: list[Subject] = field(default_factory=list)
    decisions: list[Any] = field(default_factory=list)
    heard: list[Answer] = field(default_factory=list)
    promises: list[Any] = field(default_factory=list)
    versions: list[VersionLine] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    amendments: Beside = NO_AMENDMENTS
    editing: list[Any] = field(default_factory=list)
    exclusions: list[Any] = field(default_factory=list)
    board_says: dict[str, str] = field(default_factory=dict)
    translation: Translation | None = None
    may_translate: bool = False

    @property
    def title(self) -> Said:
        return title_of(self.position)

    @property
    def points(self):
        """Each with what the board last said of it, for those inside."""
        points = list(self.position.current.points.all())
        for point in points:
            point.board_says = self.board_says.get(point.text, "")
            point.said = point_of(self.translation, point.text)
        return points

    @property
    def outcomes_are_told(self) -> bool:
        return policy.outcomes_are_told(self.position, inside=self.inside)

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Label, anchor, and never the current one: they lead to parts of this page."""
        tabs = {
            "text": _("Text"),
            "points": _counted(_("Points"), len(self.points)),
            "amendments": _counted(_("Amendments"), self.amendments.count)
            if self.shows_amendments
            else "",
            "endorsements": _counted(_("Endorsements"), self.stands.given)
            or (_("Endorsements") if self.stands.are_told else ""),
            "comments": _counted(_("Comments"), self.remarks.count),
            "ballots": _("Ballots") if self.ballots else "",
            "decisions": _counted(_("Decisions"), len(self.decisions)),
            "submission": _("Submission") if self.has_submission else "",
            "versions": _counted(_("Versions"), len(self.versions)),
            "way": _("What happened"),
        }
        parts = [(label, f"#{anchor}", False) for anchor, label in tabs.items() if label]
        return [*parts, *self._pages_below]

    @property
    def _pages_below(self) -> list[tuple[str, str, bool]]:
        """What has a page of its own."""
        documents = reverse("positions:documents", args=[self.position.reference])
        pages = [(_("Documents"), documents, False)]
        if self.may_translate:
            address = reverse("positions:translations", args=[self.position.reference])
            pages.append((_("Translations"), address, False))
        if self.inside:
            attachments = reverse("positions:attachments", args=[self.position.reference])
            label = _counted(_("Attachments"), self.position.attached) or _("Attachments")
            pages.append((label, attachments, False))
            if self.sent:
                address = reverse("positions:correspondence", args=[self.position.reference])
                pages.append((_("Correspondence"), address, False))
        return pages

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
        return paragraphs(self.position.current, self.remarks, self.amendments)

    @property
    def shows_amendments(self) -> bool:
        """They are proposed, by those inside, from the first consultation on."""
        return self.inside and self.position.shared_at is not None

    @property
    def map_of(self):
        """The section's ballot whose votes the map shows: the newest that is counted."""
        counted = (b for b in self.ballots if b.has_map and b.counts_are_shown)
        return next(counted, None)


def read(position: Position, person: Any) -> Page:
    inside = policy.sees_inside(person, position)
    ballots = tallies.read(position, person, inside=inside) if position.shared_at else []
    history = list(audit.of(position))
    sent = _sent_to_show(position, inside)
    open_now = inside and position.status in MAY_HOLD_AMENDMENTS and position.shared_at
    amendments = _amendments(position, person) if open_now else NO_AMENDMENTS
    decided = inside and position.forwarded_at and position.resolutions
    spoken = stands.read(position, inside=inside)
    if any(each.is_member for each in spoken.libraries):
        position.has_voters = True  # known already: not asked again
    lines, said = _said(position, person, inside)
    return Page(
        position=position,
        inside=inside,
        steps=stages.steps(position.status, history),
        ball=ball.read(position, person, spoken, ballots=ballots, sent=sent),
        ballots=ballots,
        stands=spoken,
        timeline=timeline.entries(history, inside=inside, comments=said.pks),
        sent=sent,
        comment_url=_comment_url(position, person),
        earlier_url=_earlier_url(position, person),
        schedule_url=_schedule_url(position) if inside else "",
        answers=consulted.answered_by(position, person, inside=inside),
        topics=subjects.topics_of(position),
        laws=subjects.laws_of(position),
        decisions=position.resolutions if position.forwarded_at else [],
        heard=said_by_authority.answers(sent, inside=inside),
        promises=said_by_authority.promises(position),
        amendments=amendments,
        versions=lines if inside else [],
        remarks=said,
        editing=_editing(position, person),
        exclusions=_exclusions(position, ballots) if inside else [],
        board_says=asked.read(position.resolutions) if decided else {},
        translation=translation_of(position),
        may_translate=policy.may_translate(person, position),
    )


def submission_facts(position: Position, sent: Any, *, inside: bool) -> list[tuple[str, Any]]:
    """Term and value; people and what was said inside are for those inside."""
    facts = []
    if inside and position.cover_note:
        facts.append((_("Cover note"), marked(position.cover_note)))
    if inside and position.burden:
        facts.append((_("Cost or other burden for the members"), marked(position.burden)))
    if sent is None:
        return facts
    facts += [(_("Addressee"), sent.addressee), (_("Channel"), sent.get_channel_display())]
    if inside:
        facts += [
            (_("Signatory"), marked(sent.signatory)),
            (_("Prepared by"), sent.prepared_by),
            (_("Confirmed by"), sent.confirmed_by or _("nobody yet")),
        ]
    if sent.sent_on:
        facts += [(_("Sent on"), day(sent.sent_on)), (_("Answer due"), reckoned.in_words(sent))]
    if sent.silent_since:
        words = format_html(_("none came; recorded on {day}"), day=day(sent.silent_since))
        facts.append((_("Answer"), words))
    if sent.file_number:
        facts.append((_("File number"), sent.file_number))
    return facts


def paragraphs(
    version: Any, remarks: Remarks, amendments: Beside = NO_AMENDMENTS
) -> list[Paragraph]:
    """The numbered blocks of a version, each with the comments and amendments beside it."""
    return [
        Paragraph(number, html, remarks.beside.get(number, []), amendments.by_place.get(number, []))
        for number, html in enumerate(version.paragraphs, start=1)
    ]


def versions(position: Position) -> list[VersionLine]:
    """The versions, newest first, in one query and without their texts."""
    facts = ("number", "author__name", "created_at", "note", "paragraph_ids")
    rows = position.versions.order_by("-number").values_list(*facts)
    return [VersionLine(*row) for row in rows]


def _said(position, person, inside) -> tuple[list[VersionLine], Remarks]:
    """The versions, and the comments on them: something of these is for member libraries, too."""
    if not inside and not standing_of(person).mandates.libraries:
        return [], Remarks()
    lines = versions(position)
    return lines, remarks.read(position, person, versions=lines)


def _counted(label, number):
    return f"{label} ({number})" if number else ""


def _earlier_url(position, person):
    if not policy.may_edit(person, position):
        return ""
    return reverse("positions:earlier", args=[position.reference])


def _schedule_url(position):
    if position.status not in plan.AHEAD:
        return ""
    return reverse("positions:schedule", args=[position.reference])


def _exclusions(position, ballots):
    """Those who take no part on the board; asked where there may be some."""
    if policy.is_before_board(position) or any(each.excluded for each in ballots):
        return list(position.exclusions.select_related("person", "recorded_by"))
    return []


def _editing(position, person):
    """Who else has the text open; those who write it are told."""
    return presence.others(position, person) if policy.may_edit(person, position) else []


def _comment_url(position, person):
    if position.is_overdue or not policy.may_comment(person, position):
        return ""
    return reverse("positions:comment", args=[position.reference])


def _amendments(position, person):
    may_propose = policy.may_amend(person, position) and not position.is_overdue
    url = reverse("positions:propose_amendment", args=[position.reference]) if may_propose else ""
    return proposals.beside(position, propose_url=url)


def _sent_to_show(position, inside):
    """The submission; those outside see it once it has gone."""
    sent = position.sent
    if sent is None or inside or sent.sent_on:
        return sent
    return None
