"""What people do with positions besides the moves of the workflow."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.numbering import next_number
from core.workflow import NotAllowed, SomethingMissing, lock
from members.models import Authority, Library, Person
from positions import policy
from positions.choices import (
    BOARD_CHOICES,
    SECTION_CHOICES,
    BallotKind,
    Choice,
    Keep,
    Kind,
    PointResult,
    State,
)
from positions.drafting import make_version, says_the_same
from positions.joining import Joined, Text, join
from positions.models import Ballot, Comment, Elector, Point, PointOutcome, Position, Version, Vote
from sections.models import Section
from sections.standing import standing_of

NOTHING_KEPT: Mapping[int, Keep] = MappingProxyType({})


class TextMoved(Exception):
    """Somebody else changed the same paragraph meanwhile (409, both are kept)."""

    def __init__(self, position: Position, *, joined: Joined):
        super().__init__(str(position))
        self.position = position
        self.joined = joined


class BallotClosed(Exception):
    """The vote came after the ballot had closed (409)."""


class AlreadyVoted(Exception):
    """The elector's vote is there already (409)."""


@transaction.atomic
def start_position(
    *,
    section: Section,
    by: Person,
    kind: Kind,
    title: str,
    addressee: Authority | None = None,
    body: str = "",
    points: Sequence[str] = (),
) -> Position:
    """A numbered draft with its first version; the starter is its first author."""
    if not policy.may_start(by, section):
        raise NotAllowed(_("Positions are started by those who act in the section."))
    year = clock.today().year
    position = Position.objects.create(
        section=section,
        year=year,
        number=next_number(f"position:{section.code}", year),
        kind=kind,
        title=title.strip(),
        addressee=addressee,
        created_by=by,
    )
    position.authors.add(by)
    position.current = make_version(position, by=by, title=title, body=body, points=points)
    position.save()
    audit.record(thing=position, action="start", by=by, target=position.status)
    return position


@transaction.atomic
def save_draft(
    *,
    position: Position,
    by: Person,
    base: int,
    title: str,
    body: str,
    points: Sequence[str],
    addressee: Authority | None,
    note: str = "",
    addressed: Authority | None = None,
    against: str = "",
    keeps: Mapping[int, Keep] = NOTHING_KEPT,
) -> Position:
    """A new version of a text that was written on top of version number `base`.

    What others saved since then is merged in. TextMoved if both changed the same paragraph, title,
    point or addressee, unless `keeps` decides each such conflict, by its place among them, as they
    were when they were shown (`against`). `addressed` is whom the text was addressed to when it was
    opened. A step decided on before the text changed was decided on another text: it is stale.
    """
    position = lock(position)
    if not policy.may_edit(by, position):
        raise NotAllowed(_("The text can be edited by its authors while it is being written."))
    mine = Text.typed(title=title, body=body, points=points, addressee=addressee)
    joined = join(position, mine, base=base, addressed=addressed)
    text = joined.settled(keeps if against == joined.against else {})
    if text is None:
        raise TextMoved(position, joined=joined)
    position.addressee = text.addressee
    last = cast(Version, position.current)  # a position is born with its first version
    is_new = not says_the_same(last, title=text.title, body=text.body, points=text.points)
    if is_new:
        last = make_version(
            position, by=by, title=text.title, body=text.body, points=text.points, note=note
        )
        position.current = last
        position.title = last.title
        position.step += 1
    position.save()
    payload: dict[str, Any] = {"version": last.number, "new": is_new}
    if joined.others and is_new:
        authors = sorted({version.author_id for version in joined.others})
        merged = [version.number for version in joined.others]
        payload |= {"base": base, "merged": merged, "authors": sorted({*authors, by.pk})}
    audit.record(thing=position, action="save", by=by, note=note, payload=payload)
    return position


@transaction.atomic
def restore_version(*, position: Position, by: Person, version: Version, base: int) -> Position:
    """What an older version says becomes the next version; as any other save it is written on top
    of version number `base` and joined with what was saved since."""
    return save_draft(
        position=position,
        by=by,
        base=base,
        title=version.title,
        body=version.body,
        points=[point.text for point in version.points.all()],
        addressee=position.addressee,
        addressed=position.addressee,
        note=note_of_restoring(version),
    )


def note_of_restoring(version: Version) -> str:
    return _("Restored from version %(number)d.") % {"number": version.number}


@transaction.atomic
def add_author(*, position: Position, by: Person, author: Person) -> Position:
    position = lock(position)
    if not policy.may_edit(by, position):
        raise NotAllowed(_("The drafting group is chosen while the text is being written."))
    if position.section_id not in standing_of(author).sections:
        raise SomethingMissing(_("This person does not act in the section."), field="author")
    position.authors.add(author)
    audit.record(thing=position, action="add_author", by=by, payload={"person": author.pk})
    return position


@transaction.atomic
def remove_author(*, position: Position, by: Person, author: Person) -> Position:
    position = lock(position)
    if not policy.may_edit(by, position):
        raise NotAllowed(_("The drafting group is chosen while the text is being written."))
    position.authors.remove(author)
    audit.record(thing=position, action="remove_author", by=by, payload={"person": author.pk})
    return position


@transaction.atomic
def comment(
    *,
    version: Version,
    by: Person,
    text: str,
    library: Library | None = None,
    paragraph: int | None = None,
) -> Comment:
    """A comment for a library one acts for, or, without one, as an office holder or author."""
    position = lock(version.position)
    if not policy.may_comment(by, position):
        raise NotAllowed(_("Comments are not open to you here."))
    if position.status == State.CONSULTATION and position.comments_close_at < clock.now():
        raise NotAllowed(_("The time for comments is over."))
    if library is None and not policy.writes(by, position):
        raise NotAllowed(_("Say for which library you comment."))
    if library and library.pk not in standing_of(by).libraries_in(position.section_id):
        raise NotAllowed(_("You do not act for this library in the section."))
    made = Comment.objects.create(
        version=version, author=by, library=library, paragraph=paragraph, text=text.strip()
    )
    audit.record(thing=position, action="comment", by=by, payload={"comment": made.pk})
    return made


@transaction.atomic
def cast_vote(*, elector: Elector, by: Person, choice: Choice, reason: str = "") -> Vote:
    """The elector's one vote; NotAllowed, BallotClosed, AlreadyVoted or SomethingMissing if not.

    The position is locked first, as every move locks it: a ballot is counted with all its votes.
    """
    lock(elector.ballot.position)
    ballot = Ballot._base_manager.select_for_update().get(pk=elector.ballot_id)
    if not policy.may_vote(by, elector, ballot):
        raise NotAllowed(_("This vote is not yours to cast."))
    allowed = SECTION_CHOICES if ballot.kind == BallotKind.SECTION else BOARD_CHOICES
    if choice not in allowed:
        raise SomethingMissing(_("Choose one of the answers."), field="choice")
    if choice == Choice.CONCERN and not reason.strip():
        raise SomethingMissing(_("Say in words what the concern is."), field="reason")
    if not ballot.is_open:
        raise BallotClosed
    if Vote.objects.filter(elector=elector).exists():
        raise AlreadyVoted
    vote = Vote.objects.create(elector=elector, choice=choice, reason=reason.strip(), cast_by=by)
    audit.record(
        thing=ballot.position,
        action="vote",
        by=by,
        payload={"ballot": ballot.pk, "elector": elector.pk},
    )
    return vote


@transaction.atomic
def record_outcome(
    *, point: Point, by: Person, result: PointResult, reason: str = "", source: str = ""
) -> PointOutcome:
    """What became of a point; until the evaluation ends it may be recorded anew."""
    position = lock(point.version.position)
    if not policy.may_record_outcomes(by, position) or point.version_id != position.current_id:
        raise PermissionDenied
    if result == PointResult.REJECTED and not reason.strip():
        raise SomethingMissing(
            _("Give the reason of the refusal, or say that none was given."), field="reason"
        )
    outcome, _created = PointOutcome.objects.update_or_create(
        point=point,
        defaults={
            "result": result,
            "reason": reason.strip(),
            "source": source.strip(),
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    audit.record(
        thing=position, action="outcome", by=by, payload={"point": point.number, "result": result}
    )
    return outcome
