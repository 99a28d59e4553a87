"""What happened to what somebody follows, and in their sections since their last visit: read from
the chain of acts in one query, however much there is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from core import clock
from core.models import AuditEntry, AuditHead, Follow
from members.choices import ChangeAction
from members.models import Library, ProfileChange
from members.news import EDIT, PROFILE_CHANGED
from positions import timeline
from positions.choices import Audience
from positions.models import Comment, Position, Topic
from positions.news import STEPS
from positions.references import Reference
from positions.timeline import COMMENT, OUTCOME, SAVE
from sections.models import Section, SectionMembership
from sections.news import RECORD, in_words

SHOWN = 8
READ = 24
"""Acts of one kind on one thing are told in one line: some more are read than are shown."""
LOOKED_THROUGH = 5_000
"""Of the newest acts of the whole portal; what is older stands on the pages of its things."""
LATEST = datetime.max.replace(tzinfo=clock.ZONE)
READ_BY_ALL_INSIDE = (Audience.SECTION, Audience.MEMBERS)


@dataclass(frozen=True)
class Happening:
    what: str
    when: datetime
    title: str
    url: str
    number: str = ""


@dataclass(frozen=True)
class Happenings:
    """What `since` shows is not told again in `followed`; `is_all_new` if nothing else is left."""

    followed: list[Happening]
    since: list[Happening]
    is_all_new: bool = False


def read(person: Any, since: datetime | None) -> Happenings:
    """Newest first, without the reader's own acts. `since` is None on the first visit."""
    others = _latest().exclude(actor=person)
    followed = others.filter(_on_followed_positions(person) | _on_other_followed(person))
    lately = others.filter(_inside(Position.objects.inside_of(person)), at__gt=since or LATEST)
    rows = list(_with_names(followed, lately))
    since_then = _in_lines(row for row in rows if row.is_new)[:SHOWN]
    all_followed = _in_lines(row for row in rows if row.is_followed)
    told = {(line.what, line.url) for line in since_then}
    left = [line for line in all_followed if (line.what, line.url) not in told]
    return Happenings(left[:SHOWN], since_then, is_all_new=bool(all_followed) and not left)


def _latest() -> QuerySet:
    past = AuditHead.objects.values(past=F("seq") - LOOKED_THROUGH)
    return AuditEntry.objects.filter(seq__gt=Subquery(past[:1])).order_by("-seq")


# Which acts ----------------------------------------------------------------------------------


def _on_followed_positions(person: Any) -> Q:
    by_topic = Position.topics.through.objects.filter(
        position=OuterRef("pk"), topic__in=_followed(person, Topic)
    )
    mine = Q(pk__in=_followed(person, Position)) | Q(section__in=_followed(person, Section))
    mine |= Exists(by_topic)
    seen, read_inside = (
        found.filter(mine)
        for found in (Position.objects.visible_to(person), Position.objects.inside_of(person))
    )
    return _of(Position) & (STEPS & Q(object_id__in=_pks(seen))) | _inside(read_inside)


def _inside(positions: QuerySet) -> Q:
    """Steps, new versions, outcomes, and comments that all who read inside may read."""
    number = Cast(KeyTextTransform("comment", OuterRef("payload")), BigIntegerField())
    readable = Comment.objects.filter(pk=number, audience__in=READ_BY_ALL_INSIDE)
    told = STEPS | Q(action=SAVE, payload__new=True) | Q(action=OUTCOME)
    told |= Q(Exists(readable), action=COMMENT)
    return _of(Position) & told & Q(object_id__in=_pks(positions))


def _on_other_followed(person: Any) -> Q:
    listed, sections = Library.objects.have_been_members(), _followed(person, Section)
    libraries = _pks(listed.filter(pk__in=_followed(person, Library)))
    changes = ProfileChange.objects.filter(library__in=libraries)
    memberships = SectionMembership.objects.filter(library__in=listed.values("pk"))
    memberships = memberships.filter(Q(section__in=sections) | Q(library__in=libraries))
    return (
        _of(ProfileChange) & Q(action=ChangeAction.APPROVE, object_id__in=_pks(changes))
        | _of(Library) & Q(action=EDIT, object_id__in=libraries)
        | _of(SectionMembership) & Q(action=RECORD, object_id__in=_pks(memberships))
    )


def _followed(person: Any, model: type[Model]) -> QuerySet:
    return Follow.objects.filter(person=person).filter(_of(model)).values("object_id")


def _of(model: type[Model]) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(model))


def _pks(found: QuerySet) -> QuerySet:
    return found.order_by().values("pk")


# What they are called ------------------------------------------------------------------------


def _with_names(followed: QuerySet, lately: QuerySet) -> QuerySet:
    """The newest of either, each with whether it is of the one and the other."""
    either = Q(pk__in=followed.values("pk")[:READ]) | Q(pk__in=lately.values("pk")[:READ])
    same = {"pk": OuterRef("pk")}
    named = {
        f"{name}_facts": Subquery(
            model._base_manager.filter(pk=OuterRef("object_id")).values(of=JSONObject(**facts))
        )
        for name, (model, facts) in FACTS.items()
    }
    found = AuditEntry.objects.filter(either).select_related("content_type").order_by("-seq")
    return found.annotate(
        is_followed=Exists(followed.filter(**same)), is_new=Exists(lately.filter(**same)), **named
    )


def _in_lines(rows: Iterable[AuditEntry]) -> list[Happening]:
    """Acts of one kind on one thing in a line, the newest."""
    lines: dict[tuple[str, str], Happening] = {}
    for row in rows:
        line = WRITERS[row.content_type.model](row)
        lines.setdefault((line.what, line.url), line)
    return list(lines.values())


def _of_position(row: AuditEntry) -> Happening:
    facts = row.position_facts
    number = Reference(facts["code"], facts["year"], facts["number"])
    url = reverse("positions:position", args=[number])
    return Happening(timeline.in_words(row), row.at, facts["title"], url, str(number))


def _of_library(row: AuditEntry) -> Happening:
    facts = row.library_facts if row.content_type.model == "library" else row.change_facts
    url = reverse("members:library", args=[facts["slug"]])
    return Happening(str(PROFILE_CHANGED), row.at, facts["name"], url)


def _of_membership(row: AuditEntry) -> Happening:
    facts = row.membership_facts
    section = Section(**{name: facts[name] for name in ("name_hu", "name_en", "name_sl", "slug")})
    days = {name: facts[name] and date.fromisoformat(facts[name]) for name in TERM}
    what = in_words(facts["library"], **days)
    return Happening(what, row.at, str(section), section.get_absolute_url())


TERM = ("started_on", "ended_on")
FACTS: dict[str, tuple[type[Model], dict[str, str]]] = {
    "position": (
        Position,
        {"title": "title", "code": "section__code", "year": "year", "number": "number"},
    ),
    "library": (Library, {"name": "name", "slug": "slug"}),
    "change": (ProfileChange, {"name": "library__name", "slug": "library__slug"}),
    "membership": (
        SectionMembership,
        {
            **{name: name for name in TERM},
            "library": "library__name",
            "slug": "section__slug",
            **{f"name_{code}": f"section__name_{code}" for code in ("hu", "en", "sl")},
        },
    ),
}
WRITERS: dict[str, Callable[[AuditEntry], Happening]] = {
    "position": _of_position,
    "library": _of_library,
    "profilechange": _of_library,
    "sectionmembership": _of_membership,
}
