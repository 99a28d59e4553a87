from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.models import Stateful
from members.policy import is_staff
from members.standing import mandates_of
from positions.choices import (
    AGENDA_OPEN,
    MINUTES_DONE,
    MINUTES_OPEN,
    MINUTES_SHOWN,
    MeetingState,
    Presence,
)
from positions.models.positions import Position
from sections.choices import Quorum
from sections.rules import votes_needed_for_quorum

PERSON = {"on_delete": models.PROTECT, "null": True, "related_name": "+"}
SIGNED = ("minute_taker", "first_authenticator", "second_authenticator")


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Agendas and minutes are for the board of today and for staff."""
        if is_staff(person) or mandates_of(person).on_board:
            return self
        return self.none()

    def cited_as(self, year: int, number: int):
        return self.filter(year=year, number=number)

    def newest_first(self):
        return self.order_by("-starts_at", "-pk")

    def for_page(self):
        return self.select_related("presided_by", *SIGNED, "repeats", "repeated_by")


class Meeting(Stateful):
    """A meeting of the board. Its quorum rule is frozen when it is planned."""

    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    status = models.CharField(
        _("state"),
        max_length=20,
        choices=MeetingState,
        default=MeetingState.PLANNED,
        editable=False,
    )
    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place or link"), max_length=300)
    quorum = models.CharField(_("quorum"), max_length=20, choices=Quorum)
    repeats = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="repeated_by",
        verbose_name=_("repeats"),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("planned by"),
    )
    created_at = models.DateTimeField(_("planned"), default=clock.now)
    convened_at = models.DateTimeField(_("convened"), null=True)
    opened_at = models.DateTimeField(_("opened"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    authenticated_at = models.DateTimeField(_("minutes authenticated"), null=True)
    guests = models.TextField(_("guests"), max_length=2000, blank=True)
    presided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("presided over by"), **PERSON
    )
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("minute-taker"), **PERSON
    )
    first_authenticator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("first authenticator"), **PERSON
    )
    second_authenticator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("second authenticator"), **PERSON
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of the board")
        verbose_name_plural = _("meetings of the board")
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], name="positions_meeting_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(minute_taker=None)
                | ~Q(minute_taker=F("first_authenticator"))
                & ~Q(minute_taker=F("second_authenticator"))
                & ~Q(first_authenticator=F("second_authenticator")),
                name="positions_meeting_signed_by_three",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(MINUTES_SHOWN))
                | Q(
                    opened_at__isnull=False,
                    minute_taker__isnull=False,
                    first_authenticator__isnull=False,
                    second_authenticator__isnull=False,
                ),
                name="positions_meeting_in_session_is_kept",
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("positions:meeting", args=[self.year, self.number])

    @property
    def reference(self) -> str:
        """The number it is cited by, as 3/2026."""
        return f"{self.number}/{self.year}"

    @property
    def day(self):
        """The Budapest day on which it was opened, or is to begin."""
        return clock.day_of(self.opened_at or self.starts_at)

    @property
    def is_repeat(self) -> bool:
        return self.repeats_id is not None

    @property
    def has_open_agenda(self) -> bool:
        """A repeated meeting decides on the agenda of the first and on nothing else."""
        return self.status in AGENDA_OPEN and not self.is_repeat

    @property
    def has_open_minutes(self) -> bool:
        return self.status in MINUTES_OPEN

    @property
    def has_minutes(self) -> bool:
        return self.status in MINUTES_SHOWN

    @property
    def is_authenticated(self) -> bool:
        return self.status in MINUTES_DONE

    @cached_property
    def items(self) -> list["AgendaItem"]:
        """In their order, with what they are about and what was resolved."""
        found = self.agenda.select_related("position__section", "note_by")
        decisions = apps.get_model("positions", "BoardDecision")  # its module needs this one
        resolved = Prefetch("resolutions", decisions.objects.select_related("version"))
        items = list(found.prefetch_related(resolved, "ballots"))
        for item in items:
            item.meeting = self
            for decision in item.resolutions.all():
                if decision.position_id:
                    decision.position = item.position
        return items

    @cached_property
    def members(self) -> list["Attendance"]:
        """The electorate frozen when the session opened."""
        found = self.attendances.select_related("person", "arrived_for", "left_after")
        return list(found.order_by("person__name", "person"))

    def present_at(self, item: "AgendaItem | None" = None) -> list["Attendance"]:
        """Who is there for an item; without one, whoever is there at all."""
        return [each for each in self.members if each.is_there(item)]

    @property
    def quorum_needed(self) -> int:
        return votes_needed_for_quorum(Quorum(self.quorum), len(self.members))

    def is_quorate(self, item: "AgendaItem | None" = None) -> bool:
        return bool(self.members) and len(self.present_at(item)) >= self.quorum_needed

    @property
    def signers(self) -> list[int | None]:
        """The ids of the minute-taker and of the two authenticators."""
        return [getattr(self, f"{name}_id") for name in SIGNED]


class AgendaItem(models.Model):
    """What a meeting deals with: a position of the queue, or a matter of its own."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="agenda", verbose_name=_("meeting")
    )
    place = models.PositiveSmallIntegerField(_("place on the agenda"))
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        related_name="agenda_items",
        verbose_name=_("position"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.TextField(_("what it is about"), max_length=5000, blank=True)
    presenter = models.CharField(_("presented by"), max_length=150, blank=True)
    added_at = models.DateTimeField(_("added"), default=clock.now)
    is_late = models.BooleanField(_("added after the invitations"), default=False)
    note = models.TextField(_("in the minutes"), max_length=20_000, blank=True)
    note_step = models.PositiveIntegerField(default=0, editable=False)
    note_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("noted by"), **PERSON)

    class Meta:
        verbose_name = _("item on the agenda")
        verbose_name_plural = _("items on the agenda")
        ordering = ["meeting", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="positions_agendaitem_position_once"
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=False) | ~Q(title=""),
                name="positions_agendaitem_says_what_it_is",
            ),
        ]

    def __str__(self):
        return f"{self.place}. {self.name}"

    @property
    def name(self) -> str:
        return self.title or self.position.title

    @cached_property
    def ballot(self):
        """The vote taken on its position at the meeting, or None; entered anew, the last one."""
        return max(
            (each for each in self.ballots.all() if each.annulled_at is None),
            key=lambda ballot: ballot.round,
            default=None,
        )

    @property
    def dropped_ballot(self):
        """The vote taken on it that came to nothing, as when the position was withdrawn; or None.
        One that was entered anew is none."""
        if self.ballot is not None:
            return None
        return max(self.ballots.all(), key=lambda ballot: ballot.round, default=None)

    @property
    def is_undecided(self) -> bool:
        """Voted on, and the resolution is still missing."""
        decided = {each.ballot_id for each in self.resolutions.all()}
        return self.ballot is not None and self.ballot.pk not in decided


class Attendance(models.Model):
    """A member of the board in office on the day of the meeting, and whether they were there."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("member of the board"),
    )
    presence = models.CharField(
        _("presence"), max_length=10, choices=Presence, default=Presence.ABSENT
    )
    arrived_for = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("arrived for item"),
    )
    left_after = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("left after item"),
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], name="positions_attendance_person_once"
            ),
            models.CheckConstraint(
                condition=Q(presence=Presence.PRESENT) | Q(arrived_for=None, left_after=None),
                name="positions_attendance_only_who_came_leaves",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_presence_display()}"

    def is_there(self, item: AgendaItem | None = None) -> bool:
        if self.presence != Presence.PRESENT:
            return False
        if item is None:
            return True
        late = self.arrived_for is not None and item.place < self.arrived_for.place
        gone = self.left_after is not None and item.place > self.left_after.place
        return not late and not gone


class Authentication(models.Model):
    """An authenticator's word that the minutes say what happened: of a text, by its fingerprint."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="authentications", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("of the minutes", "authenticator"),
    )
    fingerprint = models.CharField(_("fingerprint of the minutes"), max_length=64)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("authentication of minutes")
        verbose_name_plural = _("authentications of minutes")
        ordering = ["meeting", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "fingerprint"],
                name="positions_authentication_text_once",
            )
        ]

    def __str__(self):
        return f"{self.meeting}: {self.person}"
