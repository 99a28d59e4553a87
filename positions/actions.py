"""What people do with positions besides the moves of the workflow."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock
from core.numbering import next_number
from core.workflow import NotAllowed, Overtaken, SomethingMissing, lock
from members.models import Authority, Person
from positions import conflicts, policy, seals, subjects
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
from positions.details import refuse_past
from positions.drafting import make_current, make_version, says_the_same
from positions.joining import Joined, Text, join
from positions.models import (
    Ballot,
    Consultation,
    Elector,
    Point,
    PointOutcome,
    Position,
    Version,
    Vote,
)
from positions.plan import AHEAD
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


class TakesNoPart(Exception):
    """The elector was excluded for a conflict of interest (409)."""


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
    topics: Sequence[str] = (),
    answers: Consultation | None = None,
) -> Position:
    """A numbered draft with its first version; the starter is its first author. One that `answers`
    a consultation has its due date as the authority's deadline, unless that has passed."""
    if not policy.may_start(by, section):
        raise NotAllowed(_("Positions are started by those who act in the section."))
    if answers:
        answers = lock(answers)
        if section.pk not in policy.may_answer_for(by, answers):
            raise NotAllowed(_("The section does not have this consultation any more."))
    year = clock.today().year
    position = Position.objects.create(
        section=section,
        year=year,
        number=next_number(f"position:{section.code}", year),
        kind=kind,
        title=title.strip(),
        addressee=addressee,
        answers=answers,
        authority_deadline=answers.due_on if answers and not answers.is_over else None,
        created_by=by,
    )
    position.authors.add(by)
    first = make_version(position, by=by, title=title, body=body, points=points)
    make_current(position, first)
    position.save()
    position.topics.add(*subjects.topics_named(topics))  # after the laws, as when a draft is saved
    payload = {"answers": answers.pk} if answers else {}
    audit.record(thing=position, action="start", by=by, target=position.status, payload=payload)
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
    topics: Sequence[str] = (),
    topics_opened: Sequence[str] = (),
    like: Version | None = None,
) -> Position:
    """A new version of a text that was written on top of version number `base`.

    What others saved since then is merged in. TextMoved if both changed the same paragraph, title,
    point or addressee, unless `keeps` decides each such conflict, by its place among them, as they
    were when they were shown (`against`). `addressed` is whom the text was addressed to when it was
    opened. To the topics is added what `topics` has beyond `topics_opened`, and from them is taken
    what it lacks: without either they stay. A step decided on before the text changed was decided
    on another text: it is stale.
    """
    position = lock(position)
    if not policy.may_edit(by, position):
        raise NotAllowed(_("The text can be edited by its authors while it is being written."))
    mine = Text.typed(title=title, body=body, points=points, addressee=addressee)
    joined = join(position, mine, base=base, addressed=addressed)
    text = joined.settled(keeps if against == joined.against else {})
    if text is None:
        raise TextMoved(position, joined=joined)
    readdressed, position.addressee = position.addressee != text.addressee, text.addressee
    last = cast(Version, position.current)  # a position is born with its first version
    is_new = not says_the_same(last, title=text.title, body=text.body, points=text.points)
    if is_new:
        last = make_version(
            position,
            by=by,
            title=text.title,
            body=text.body,
            points=text.points,
            note=note,
            like=like,
        )
        make_current(position, last)
        position.step += 1
    position.save()
    payload: dict[str, Any] = {"version": last.number, "new": is_new}
    if joined.others and is_new:
        authors = sorted({version.author_id for version in joined.others})
        merged = [version.number for version in joined.others]
        payload |= {"base": base, "merged": merged, "authors": sorted({*authors, by.pk})}
    if subjects.change_topics(position, named=topics, opened=topics_opened):
        names = [topic.name for topic in position.topics.all()]
        payload |= {"topics": names, "readdressed": readdressed}
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
        like=version,
    )


def note_of_restoring(version: Version) -> str:
    return _("Restored from version %(number)d.") % {"number": version.number}


@transaction.atomic
def set_deadline(*, position: Position, by: Person, due_on: date | None) -> Position:
    """Until when the authority takes the position into account; None: it has set no day."""
    position = lock(position)
    if not policy.coordinates(by, position):
        raise NotAllowed(_("The deadline is set by the coordinator or the chair."))
    if position.status not in AHEAD:
        raise Overtaken(position, by=by)
    if due_on:
        refuse_past(due_on, field="due_on")
    decide_on = position.decide_on if position.status == State.BOARD_REVIEW else None
    if due_on and decide_on and decide_on >= due_on:
        raise SomethingMissing(
            _("The decision must come before the authority's deadline."), field="due_on"
        )
    if due_on != position.authority_deadline:
        position.authority_deadline = due_on
        position.save()
        payload = {"due_on": due_on.isoformat() if due_on else None}
        audit.record(thing=position, action="set_deadline", by=by, payload=payload)
    return position


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
def cast_vote(*, elector: Elector, by: Person, choice: Choice, reason: str = "") -> Vote | None:
    """The elector's one vote; NotAllowed, BallotClosed, AlreadyVoted or SomethingMissing if not.

    The position is locked first, as every move locks it: a ballot is counted with all its votes.
    A vote that is cast secretly is counted under the seal, and is no row: None.
    """
    lock(elector.ballot.position)
    ballot = Ballot._base_manager.select_for_update().get(pk=elector.ballot_id)
    elector.refresh_from_db(fields=["excluded"])
    if elector.excluded and elector.person_id == by.pk:
        raise TakesNoPart
    if not policy.may_vote(by, elector, ballot):
        raise NotAllowed(_("This vote is not yours to cast."))
    allowed = BOARD_CHOICES if ballot.kind == BallotKind.BOARD else SECTION_CHOICES
    if choice not in allowed:
        raise SomethingMissing(_("Choose one of the answers."), field="choice")
    if choice == Choice.CONCERN and not reason.strip():
        raise SomethingMissing(_("Say in words what the concern is."), field="reason")
    in_secret = ballot.is_secret and choice != Choice.RECUSE
    if in_secret and reason.strip():
        raise SomethingMissing(_("A secret vote is cast without a reason."), field="reason")
    if not ballot.is_open:
        raise BallotClosed
    if not Elector.objects.silent().filter(pk=elector.pk).exists():
        raise AlreadyVoted
    vote = None
    if in_secret:
        Elector.objects.filter(pk=elector.pk).update(took_part=True)
        seals.add(ballot, choice)
    else:
        vote = Vote.objects.create(
            elector=elector, choice=choice, reason=reason.strip(), cast_by=by
        )
    if ballot.kind == BallotKind.BOARD and choice == Choice.RECUSE:
        conflicts.write_down(ballot.position, by=by, member=by, reason=reason.strip())
    on_amendment = {"amendment": ballot.amendment.number} if ballot.amendment else {}
    audit.record(
        thing=ballot.position,
        action="vote",
        by=by,
        payload={"ballot": ballot.pk, "elector": elector.pk, **on_amendment},
    )
    return vote


@transaction.atomic
def record_outcome(
    *,
    point: Point,
    by: Person,
    result: PointResult,
    reason: str = "",
    source: str = "",
    law_before: str = "",
    law_after: str = "",
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
            "law_before": law_before.strip(),
            "law_after": law_after.strip(),
            "recorded_by": by,
            "recorded_at": clock.now(),
        },
    )
    audit.record(
        thing=position, action="outcome", by=by, payload={"point": point.number, "result": result}
    )
    return outcome
