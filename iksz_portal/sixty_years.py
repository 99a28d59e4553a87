"""Sixty years of one busy section, made up: what the bench measures, and one test.

Positions that have gone their whole way, each with two versions, three points, the vote of the
section and the board's, a resolution, submission, answers and outcomes, and its chain of acts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, OuterRef, Subquery

from core import audit, clock
from core.models import AuditEntry, AuditHead
from members.choices import AuthorityKind
from members.models import Authority, Mandate
from positions.choices import (
    Action,
    BallotKind,
    Channel,
    Choice,
    Kind,
    MessageKind,
    PointResult,
    State,
    Verdict,
)
from positions.models import (
    Ballot,
    BoardDecision,
    Elector,
    Law,
    Message,
    Point,
    PointOutcome,
    Position,
    Submission,
    Topic,
    Version,
    Vote,
)
from sections.choices import Majority, Quorum
from sections.models import Section, SectionMembership

CHUNK = 1000
YEARS = 60
FIRST_NUMBER = 1000
WORDS = ("nyitvatartás", "kölcsönzés", "állomány", "olvasóterem", "képzés", "pályázat", "utazás")
IN_EVERY_TITLE = "Kitalált"
STEPS = (
    (0, "start", "", State.DRAFT),
    (3, Action.OPEN_CONSULTATION, State.DRAFT, State.CONSULTATION),
    (12, Action.CLOSE_CONSULTATION, State.CONSULTATION, State.CONSOLIDATION),
    (14, Action.OPEN_VOTE, State.CONSOLIDATION, State.SECTION_VOTE),
    (21, Action.CLOSE_VOTE, State.SECTION_VOTE, State.ADOPTED),
    (22, Action.FORWARD, State.ADOPTED, State.FORWARDED),
    (24, Action.TAKE_UP, State.FORWARDED, State.BOARD_REVIEW),
    (35, Action.ACCEPT, State.BOARD_REVIEW, State.ACCEPTED),
    (40, Action.SUBMIT, State.ACCEPTED, State.SUBMITTED),
    (60, Action.RECORD_ANSWER, State.SUBMITTED, State.ANSWERED),
    (70, Action.EVALUATE, State.ANSWERED, State.EVALUATED),
    (75, Action.CLOSE, State.EVALUATED, State.CLOSED),
)
"""Days after the start, action, from and to."""
RESULTS = list(PointResult)


@dataclass
class World:
    """Who and what the made-up history is about; all of it is there before, or fictional."""

    section: Section
    coordinator: int
    chair: int
    libraries: list[int]
    representatives: dict[int, int]
    board: list[int]
    authorities: list[int] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)
    laws: list[int] = field(default_factory=list)


def world_of(section: Section) -> World:
    members = SectionMembership.objects.in_force().filter(section=section)
    libraries = sorted(members.values_list("library", flat=True))
    mandates = Mandate.objects.in_force().filter(library__in=libraries)
    voting = Mandate.objects.in_force().voting_on_the_board()
    offices = dict(section.offices.current().values_list("kind", "person"))
    names = [f"{number}. kitalált hivatal" for number in range(1, 12)]
    for name in names:
        facts = {"kind": AuthorityKind.MUNICIPAL}
        Authority.objects.get_or_create(name_hu=name, defaults=facts)
    for number in range(1, 31):
        Topic.objects.get_or_create(name=f"kitalált tárgy {number}")
        Law.objects.get_or_create(citation=f"{number}/1990. (I. 1.) kitalált rendelet")
    return World(
        section,
        offices["coordinator"],
        offices["chair"],
        libraries,
        dict(mandates.values_list("library", "person")),
        sorted(set(voting.values_list("person", flat=True))),
        list(Authority.objects.filter(name_hu__in=names).values_list("pk", flat=True)),
        list(Topic.objects.filter(name__startswith="kitalált").values_list("pk", flat=True)),
        list(Law.objects.filter(citation__contains="kitalált").values_list("pk", flat=True)),
    )


def make(section: Section, count: int, *, before: int = 0) -> None:
    """So many positions more, after those that were made `before`; a chunk each transaction."""
    world = world_of(section)
    for start in range(before, before + count, CHUNK):
        numbers = range(start, min(start + CHUNK, before + count))
        with transaction.atomic():
            _make(world, numbers)


def begun_on(number: int) -> date:
    """The years before this one, the newest first."""
    year = clock.today().year - 1 - number * YEARS // 20_000
    return date(year, 1, 1) + timedelta(days=number * 37 % 250)


def moment(number: int, days: int) -> datetime:
    return datetime.combine(begun_on(number), datetime.min.time(), UTC) + timedelta(
        days=days, hours=10
    )


def _make(world: World, numbers: range) -> None:
    positions = _insert(Position, (_position(world, number) for number in numbers))
    versions = _insert(Version, _versions(world, positions, numbers))
    last = Version.objects.filter(position=OuterRef("pk"), number=2).values("pk")
    made = Position.objects.filter(pk__in=[position.pk for position in positions])
    made.update(current=Subquery(last))
    current = {each.position_id: each for each in versions if each.number == 2}
    _subjects(world, positions)
    points = _insert(Point, _points(current.values()))
    _votes(world, positions, current, numbers)
    _dealings(world, positions, points, numbers)
    _chain(world, positions, numbers)


def _insert(model: type[Model], rows: Iterator) -> list:
    return model._base_manager.bulk_create(list(rows), batch_size=CHUNK)


def _is_public(number: int) -> bool:
    """Nine in ten have gone to an authority; the board has rejected the others."""
    return number % 10 != 9


def _position(world: World, number: int) -> Position:
    public, ended = _is_public(number), moment(number, 75)
    return Position(
        section=world.section,
        year=begun_on(number).year,
        number=FIRST_NUMBER + number,
        kind=Kind.values[number % 3],
        title=f"{IN_EVERY_TITLE}: {WORDS[number % 7]} és {WORDS[number * 3 % 5]}, {number}. ügy",
        status=State.CLOSED if public else State.REJECTED,
        status_since=ended if public else moment(number, 35),
        addressee_id=world.authorities[number % len(world.authorities)],
        created_by_id=world.coordinator,
        created_at=moment(number, 0),
        shared_at=moment(number, 3),
        comments_close_at=moment(number, 12),
        forwarded_at=moment(number, 22),
        decide_on=moment(number, 35).date(),
        published_at=moment(number, 40) if public else None,
        evaluated_at=moment(number, 70) if public else None,
        result="Kitalált eredmény." if public else "",
        cover_note="Kitalált kísérőlevél.",
        signatory="Kitalált elnök",
    )


def _versions(world: World, positions: list[Position], numbers: range) -> Iterator[Version]:
    for position, each in zip(positions, numbers, strict=True):
        for number in (1, 2):
            yield Version(
                position=position,
                number=number,
                title=position.title,
                body=f"<p>Kitalált szöveg, {number}. változat.</p>" * 3,
                author_id=world.coordinator,
                fingerprint=f"{position.pk:060d}{number:04d}",
                created_at=moment(each, number),
            )


def _subjects(world: World, positions: list[Position]) -> None:
    for through, names, field_name in (
        (Position.topics.through, world.topics, "topic_id"),
        (Position.laws.through, world.laws, "law_id"),
    ):
        rows = (
            through(position_id=each.pk, **{field_name: names[each.number * 7 // 3 % len(names)]})
            for each in positions
        )
        _insert(through, rows)


def _points(versions) -> Iterator[Point]:
    for version in versions:
        for number in (1, 2, 3):
            yield Point(version=version, number=number, text=f"Kitalált kérés, {number}.")


def _votes(world, positions, current, numbers) -> None:
    ballots = _insert(Ballot, _ballots(positions, current, numbers))
    electors = _insert(Elector, _electors(world, ballots))
    _insert(Vote, _choices(world, electors))
    decisions = (_decision(world, ballot, number) for ballot, number in _of_board(ballots, numbers))
    _insert(BoardDecision, decisions)


def _ballots(positions, current, numbers) -> Iterator[Ballot]:
    for position, number in zip(positions, numbers, strict=True):
        for kind, opened, closed in ((BallotKind.SECTION, 14, 21), (BallotKind.BOARD, 24, 35)):
            yield Ballot(
                position=position,
                kind=kind,
                version=current[position.pk],
                quorum=Quorum.MORE_THAN_HALF,
                majority=Majority.SIMPLE,
                opened_at=moment(number, opened),
                closes_at=moment(number, closed),
                closed_at=moment(number, closed),
            )


def _electors(world, ballots) -> Iterator[Elector]:
    for ballot in ballots:
        if ballot.kind == BallotKind.SECTION:
            yield from (Elector(ballot=ballot, library_id=pk) for pk in world.libraries)
        else:
            yield from (Elector(ballot=ballot, person_id=pk) for pk in world.board)


def _choices(world, electors) -> Iterator[Vote]:
    for elector in electors:
        person = elector.person_id or world.representatives[elector.library_id]
        choice = Choice.ABSTAIN if elector.pk % 7 == 0 else Choice.YES
        at = elector.ballot.closed_at
        yield Vote(elector=elector, choice=choice, cast_by_id=person, cast_at=at)


def _of_board(ballots, numbers):
    return zip((each for each in ballots if each.kind == BallotKind.BOARD), numbers, strict=True)


def _decision(world, ballot, number) -> BoardDecision:
    return BoardDecision(
        position=ballot.position,
        ballot=ballot,
        version=ballot.version,
        verdict=Verdict.ACCEPTED if _is_public(number) else Verdict.REJECTED,
        year=begun_on(number).year,
        number=FIRST_NUMBER + number,
        decided_on=moment(number, 35).date(),
        reasons="Kitalált indokok.",
        recorded_by_id=world.chair,
        recorded_at=moment(number, 35),
    )


def _dealings(world, positions, points, numbers) -> None:
    sent = [
        Submission(
            position=position,
            addressee_id=position.addressee_id,
            signatory="Kitalált elnök",
            channel=Channel.LETTER,
            prepared_by_id=world.coordinator,
            prepared_at=moment(number, 36),
            confirmed_by_id=world.chair,
            confirmed_at=moment(number, 37),
            sent_on=moment(number, 40).date(),
            due_on=moment(number, 70).date() if number % 4 else None,
        )
        for position, number in zip(positions, numbers, strict=True)
        if _is_public(number)
    ]
    _insert(Submission, iter(sent))
    _insert(Message, (_answer(world, each) for each in sent))
    public = {each.position_id for each in sent}
    _insert(PointOutcome, _outcomes(world, points, public))


def _answer(world, sent) -> Message:
    day = sent.sent_on + timedelta(days=5 + sent.position_id * 13 % 50)
    return Message(
        submission=sent,
        kind=MessageKind.ANSWER,
        received_on=day,
        text="Kitalált válasz.",
        recorded_by_id=world.coordinator,
    )


def _outcomes(world, points, public) -> Iterator[PointOutcome]:
    for point in points:
        if point.version.position_id in public:
            result = RESULTS[point.pk % len(RESULTS)]
            yield PointOutcome(
                point=point, result=result, reason="Kitalált.", recorded_by_id=world.coordinator
            )


def _chain(world, positions, numbers) -> None:
    """Each position's acts, chained as real ones are: `verify` finds no fault in them."""
    kind = ContentType.objects.get_for_model(Position)
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    entries = []
    for position, number in zip(positions, numbers, strict=True):
        for days, action, source, target in STEPS if _is_public(number) else STEPS[:8]:
            entry = AuditEntry(
                seq=head.seq + 1,
                at=moment(number, days),
                actor_id=world.coordinator,
                content_type=kind,
                object_id=position.pk,
                action=action,
                source=source,
                target=target,
                payload={},
                prev=head.hash,
            )
            entry.hash = audit.fingerprint(entry)
            head.seq, head.hash = entry.seq, entry.hash
            entries.append(entry)
    _insert(AuditEntry, iter(entries))
    head.save()
