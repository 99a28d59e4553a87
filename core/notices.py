"""What people wish to hear of and how often: the things they follow, and the pace of their mail."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core import clock
from core.aggregates import Gathered

MORNING = time(7)
MONDAY = 0
DAY = timedelta(days=1)


class Group(models.TextChoices):
    """What a letter is for; its reader sets the pace of each."""

    TASKS = "tasks", _("What I must do")
    DEADLINES = "deadlines", _("Votes and deadlines")
    COMMENTS = "comments", _("Comments and amendments")
    FOLLOWED = "followed", _("What I follow")
    SEARCHES = "searches", _("Saved searches")
    ACCOUNT = "account", _("My account")


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, in the morning")
    WEEKLY = "weekly", _("once a week, on Monday morning")
    OFF = "off", _("never")


GATHERED = frozenset({Pace.DAILY, Pace.WEEKLY})
CHOSEN = tuple(group for group in Group if group is not Group.ACCOUNT)
"""Mail about one's account can be neither put off nor switched off."""
USUAL = dict.fromkeys(Group, Pace.AT_ONCE) | {Group.FOLLOWED: Pace.DAILY}


class NoticeChoice(models.Model):
    """How often somebody wants the letters of a group; without one it is as usual."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_choices",
        verbose_name=_("person"),
    )
    group = models.CharField(
        _("group of letters"), max_length=20, choices=[(each.value, each.label) for each in CHOSEN]
    )
    pace = models.CharField(_("how often"), max_length=20, choices=Pace)
    changed_at = models.DateTimeField(_("chosen"), default=clock.now)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")
        ordering = ["person", "group"]
        constraints = [
            models.UniqueConstraint(fields=["person", "group"], name="core_noticechoice_one_each")
        ]

    def __str__(self):
        return f"{self.get_group_display()}: {self.get_pace_display()}"


class FollowQuerySet(models.QuerySet):
    def of_any(self, things: Iterable[Any]):
        """Of at least one of the things: rows or querysets, which may be of several kinds."""
        any_of = Q(pk__in=[])
        for thing in things:
            if isinstance(thing, models.QuerySet):
                kind = ContentType.objects.get_for_model(thing.model)
                same = Q(object_id__in=thing.order_by().values("pk"))
            else:
                kind = ContentType.objects.get_for_model(thing)
                same = Q(object_id=thing.pk)
            any_of |= Q(content_type=kind) & same
        return self.filter(any_of)


class Follow(models.Model):
    """Somebody wants to hear of a thing from a moment on. What they may see of it is asked anew
    each time."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="follows",
        verbose_name=_("person"),
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    since = models.DateTimeField(_("since"), default=clock.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing followed")
        verbose_name_plural = _("things followed")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="core_follow_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "content_type", "object_id"], name="core_follow_once"
            )
        ]

    def __str__(self):
        return f"{self.content_type.name} {self.object_id}"


class ToldUpTo(models.Model):
    """How far along the chain of acts the followers have been told: a single row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("followers told up to")
        verbose_name_plural = _("followers told up to")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="core_toldupto_is_single")
        ]

    def __str__(self):
        return str(self.seq)


# How often -----------------------------------------------------------------------------------


def paces_of(person: Any) -> dict[str, str]:
    """The pace of each group, in one query."""
    chosen = NoticeChoice.objects.filter(person=person).values_list("group", "pace")
    return {**USUAL, **dict(chosen)}


def pace_of(person: Any, group: str) -> str:
    if person is None or group not in CHOSEN:
        return Pace.AT_ONCE
    chosen = NoticeChoice.objects.filter(person=person, group=group)
    return chosen.values_list("pace", flat=True).first() or USUAL[Group(group)]


def choose(*, person: Any, group: str, pace: str) -> None:
    NoticeChoice.objects.update_or_create(
        person=person, group=Group(group), defaults={"pace": Pace(pace), "changed_at": clock.now()}
    )


def next_morning(pace: str, now: datetime) -> datetime:
    """The first moment after `now` at which letters of that pace go: 7 o'clock in Budapest, of
    weekly ones on Mondays."""
    day = clock.day_of(now)
    while _morning(day) <= now or (pace == Pace.WEEKLY and day.weekday() != MONDAY):
        day += DAY
    return _morning(day)


def last_morning(pace: str, now: datetime) -> datetime:
    """The last such moment that is not after `now`."""
    day = clock.day_of(now)
    while _morning(day) > now or (pace == Pace.WEEKLY and day.weekday() != MONDAY):
        day -= DAY
    return _morning(day)


def _morning(day) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=clock.ZONE)


# Following -----------------------------------------------------------------------------------


def follow(*, person: Any, thing: Any) -> Follow:
    kind = ContentType.objects.get_for_model(thing)
    return Follow.objects.get_or_create(person=person, content_type=kind, object_id=thing.pk)[0]


def unfollow(*, person: Any, model: type[models.Model], pk: int) -> bool:
    kind = ContentType.objects.get_for_model(model)
    gone, _rows = Follow.objects.filter(person=person, content_type=kind, object_id=pk).delete()
    return gone > 0


def move_followers(*, gone: Any, kept: Any) -> None:
    """Who followed a thing that goes follows the one that takes its place."""
    theirs = Follow.objects.of_any([gone])
    already = Follow.objects.of_any([kept]).values("person")
    theirs.exclude(person__in=already).update(object_id=kept.pk)
    Follow.objects.of_any([gone]).delete()


def with_follow(found: models.QuerySet, person: Any) -> models.QuerySet:
    """Whether the reader follows each thing and at which pace they hear of it, read along with it:
    a page needs no query more for its button."""
    if not person.is_authenticated:
        return found
    kind = ContentType.objects.get_for_model(found.model)
    mine = Follow.objects.filter(person=person, content_type=kind, object_id=OuterRef("pk"))
    chosen = NoticeChoice.objects.filter(person=person, group=Group.FOLLOWED).values("pace")
    return found.annotate(is_followed=Exists(mine), followed_pace=Subquery(chosen[:1]))


def follower_rows(model: type[models.Model], **of: Any) -> Subquery:
    """For a query: the keys of the open accounts that follow things of the model."""
    kind = ContentType.objects.get_for_model(model)
    rows = Follow.objects.filter(content_type=kind, person__is_active=True, **of)
    return Subquery(rows.order_by().values("content_type").values(rows=Gathered("person")))


def followers_of(things: Iterable[Any], *, by: Any = None, besides: Any = ()) -> int:
    """How many people with an open account follow any of them, without `by` and without some
    people (a queryset or a list), in one query."""
    found = Follow.objects.of_any(things).filter(person__is_active=True)
    found = found.exclude(person=getattr(by, "pk", None)).exclude(person__in=besides)
    return found.aggregate(people=models.Count("person", distinct=True))["people"]
