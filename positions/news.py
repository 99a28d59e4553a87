"""Which acts on a position its followers hear of, and those of its section and its topics."""

from typing import Any

from django.db.models import F, Q

from core import outbox
from core.models import AuditEntry
from core.news import Source
from core.outbox import Message
from positions import policy, timeline
from positions.amendment_notices import DECIDED
from positions.choices import Action
from positions.comment_notices import REPLY
from positions.models import Amendment, Comment, Position, Topic, Version
from positions.notices import NEW_TEXT, TURN
from positions.timeline import COMMENT, OUTCOME, SAVE

MOVES = frozenset(Action)
WITHOUT_A_NEW_STATE = frozenset({Action.RECORD_INTERIM_ANSWER})
INSIDE = frozenset({SAVE, COMMENT})
"""How a text comes about: for those who follow the position itself."""
TO_NEW_READERS = frozenset({Action.OPEN_CONSULTATION, Action.FORWARD, Action.SUBMIT})
"""By these it becomes visible to the section, the board, everybody: new to a topic's followers."""
BURSTS = frozenset({SAVE, COMMENT, OUTCOME})
STEPS = Q(action__in=MOVES) & (~Q(source=F("target")) | Q(action__in=WITHOUT_A_NEW_STATE))
"""The moves that are news (`is_news`), for the database."""


def is_news(entry: AuditEntry) -> bool:
    if entry.action == SAVE:
        return bool(entry.payload.get("new", True) or entry.payload.get("topics"))
    if entry.action in MOVES:
        return entry.source != entry.target or entry.action in WITHOUT_A_NEW_STATE
    return entry.action in BURSTS


def find(entry: AuditEntry) -> Position | None:
    if not is_news(entry):
        return None
    found = Position.objects.select_related("section", "current")
    return found.filter(pk=entry.object_id).first()


def concerns(entry: AuditEntry, position: Position) -> list[Any]:
    things = concerned(entry.action, position)
    if named := entry.payload.get("topics"):
        things.append(Topic.objects.filter(name__in=named))
    return things


def concerned(action: str, position: Position) -> list[Any]:
    """Whose followers hear of an act: the position's; of a move or an outcome its section's, too;
    its topics' where it is new to some."""
    things: list[Any] = [position]
    if action not in INSIDE:
        things.append(position.section)
    if action in TO_NEW_READERS:
        things.append(position.topics.all())
    return things


def followers(action: str, position: Position) -> set[int] | None:
    """Theirs whose followers hear of the act, where they were read with the position."""
    if not hasattr(position, "follower_rows"):
        return None
    rows = [position.follower_rows]
    if action not in INSIDE:
        rows.append(position.section_follower_rows)
    if action in TO_NEW_READERS:
        rows.append(position.topic_follower_rows)
    return {person for each in rows for person in each or ()}


def heard(entry: AuditEntry, position: Position) -> list[str]:
    """The letters of those whose turn it is, who endorsed the text, take part in the thread, or
    proposed the amendment."""
    if entry.action in MOVES:
        return [f"{TURN}:{position.pk}:{entry.seq}"]
    if entry.action == COMMENT:
        return [f"{REPLY}:{entry.payload['comment']}"]
    if entry.action != SAVE:
        return []
    made = Version.objects.filter(position=position, number=entry.payload["version"])
    amended = Amendment.objects.filter(
        position=position, number__in=entry.payload.get("amendments", ())
    )
    return [
        *(f"{NEW_TEXT}:{position.pk}:{pk}" for pk in made.values_list("pk", flat=True)),
        *(f"{DECIDED}:{pk}" for pk in amended.values_list("pk", flat=True)),
    ]


def tell(entry: AuditEntry, position: Position, reader: Any) -> Message | None:
    """Only what stands for this reader on the position's page, too; no name and no note."""
    if not Position.objects.visible_to(reader).filter(pk=position.pk).exists():
        return None
    inside = policy.sees_inside(reader, position)
    readable = _readable(entry, position, reader) if entry.action == COMMENT else ()
    lines = timeline.entries([entry], inside=inside, comments=readable)
    if not lines:
        return None
    what, url = lines[0]["what"], outbox.link(position.get_absolute_url())
    return outbox.letter("positions/mail/news.txt", position=position, what=what, url=url)


def _readable(entry: AuditEntry, position: Position, reader: Any) -> list[int]:
    seen = Comment.objects.visible_to(reader, position).filter(pk=entry.payload["comment"])
    return list(seen.values_list("pk", flat=True))


SOURCES = (
    Source(model=Position, find=find, concerns=concerns, tell=tell, heard=heard, bursts=BURSTS),
)
