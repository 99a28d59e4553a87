from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.fields import DerivedTextField
from core.models import Stateful
from core.text import fold
from members.models import Authority
from positions.choices import (
    UNDECIDED,
    Confidentiality,
    ConsultationKind,
    ConsultationState,
    ProfileKind,
    State,
)
from positions.models.positions import Position
from positions.models.submissions import LawProfile
from sections.models import Section
from sections.standing import standing_of

NO_ANSWER = frozenset({State.WITHDRAWN, State.REJECTED})
"""A position that has come to one of these states answers nothing."""


class ConsultationQuerySet(models.QuerySet):
    def public(self):
        return self.filter(confidentiality=Confidentiality.PUBLIC)

    def visible_to(self, person):
        """Public ones; those for members to whoever acts for a library, holds an office or sits on
        the board; the others to the sections they are assigned to and to the board."""
        if person.is_authenticated and person.is_active and person.is_staff:
            return self
        standing = standing_of(person)
        if standing.mandates.on_board:
            return self
        seen = Q(confidentiality=Confidentiality.PUBLIC)
        if standing.sections or standing.mandates.libraries:
            seen |= Q(confidentiality=Confidentiality.MEMBERS)
        if standing.sections:
            mine = Assignment.objects.standing().filter(
                consultation=OuterRef("pk"), section__in=standing.sections
            )
            seen |= Exists(mine)
        return self.filter(seen)

    def undecided(self):
        return self.filter(status__in=UNDECIDED)

    def running(self, on: date | None = None):
        """Whose window is open, and which the association has not left."""
        still = Q(due_on=None) | Q(due_on__gte=on or clock.today())
        return self.undecided().filter(still)

    def over(self, on: date | None = None):
        """Whose window has ended."""
        return self.filter(due_on__lt=on or clock.today())

    def matching(self, typed: str):
        found = self
        for word in fold(typed).split():
            found = found.filter(search_text__contains=word)
        return found

    def by_urgency(self):
        """Those that are running, the most urgent first; then the others, the newest first."""
        running = Q(status__in=UNDECIDED) & (Q(due_on=None) | Q(due_on__gte=clock.today()))
        return self.annotate(
            runs=Case(When(running, then=True), default=False),
            urgency=Case(When(running, then=F("due_on"))),
        ).order_by("-runs", F("urgency").asc(nulls_last=True), "-received_on", "-pk")

    def for_lists(self):
        return self.select_related("authority", "law_profile").prefetch_related(
            Prefetch("assignments", Assignment.objects.standing().select_related("section"))
        )


class Consultation(Stateful):
    """A draft law, decree, call for opinions or request that has reached the association.

    `reckoning` keeps how the law profile counts the window, `lawful_until` is the day to which it
    should last at least; `due_on` is the authority's own day, or that one. `link` is only shown.
    """

    kind = models.CharField(
        pgettext_lazy("of a consultation", "kind"), max_length=20, choices=ConsultationKind
    )
    title = models.CharField(_("title"), max_length=200)
    authority = models.ForeignKey(
        Authority,
        on_delete=models.PROTECT,
        related_name="consultations",
        verbose_name=pgettext_lazy("of a consultation", "from"),
    )
    text = models.TextField(_("what it is about"), max_length=20_000, blank=True)
    link = models.URLField(
        _("where it can be read"),
        max_length=500,
        blank=True,
        help_text=_("The address is shown to the readers; the portal never opens it itself."),
    )
    confidentiality = models.CharField(
        _("who may know of it"),
        max_length=10,
        choices=Confidentiality,
        default=Confidentiality.MEMBERS,
    )
    law_profile = models.ForeignKey(
        LawProfile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": ProfileKind.CONSULTATION},
        related_name="+",
        verbose_name=_("law on the time for comments"),
        help_text=_("Empty: no law says how long it must be open."),
    )
    received_on = models.DateField(_("received on"))
    published_on = models.DateField(
        _("published on"), null=True, blank=True, help_text=_("If it is another day.")
    )
    due_on = models.DateField(
        _("opinions are taken until"),
        null=True,
        blank=True,
        help_text=_(
            "The day the authority has set. Empty: it is reckoned from the law; without either, "
            "there is no deadline."
        ),
    )
    first_due_on = models.DateField(_("until, as it was at first"), null=True, editable=False)
    reckoning = models.JSONField(_("how the day was reckoned"), null=True, editable=False)
    lawful_until = models.DateField(_("until, by the law"), null=True, editable=False)
    given_days = models.PositiveIntegerField(_("days given"), null=True, editable=False)
    minimum_days = models.PositiveSmallIntegerField(_("days by the law"), null=True, editable=False)
    file_number = models.CharField(_("file number"), max_length=60, blank=True)
    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ConsultationState,
        default=ConsultationState.RECEIVED,
        editable=False,
    )
    summary_awaited_on = models.DateField(_("summary expected by"), null=True, editable=False)
    summary_published_on = models.DateField(_("summary published on"), null=True, editable=False)
    summary_link = models.URLField(
        _("where the summary can be read"), max_length=500, blank=True, editable=False
    )
    summary_text = models.TextField(_("what the summary says"), blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now, editable=False)
    search_text = DerivedTextField(derive=lambda each: fold(f"{each.title} {each.file_number}"))

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(fields=["status", "due_on"]),
            models.Index(fields=["received_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(summary_published_on=None) | ~Q(summary_link="", summary_text=""),
                name="positions_consultation_summary_can_be_read",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None, given_days=None)
                | Q(due_on__isnull=False, given_days__isnull=False),
                name="positions_consultation_days_given_until_a_day",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("positions:consultation", args=[self.pk])

    @property
    def begins_on(self) -> date:
        """From when the window is counted; that day is not."""
        return self.published_on or self.received_on

    @property
    def deadline(self):
        """The moment at which the window closes, or None."""
        return clock.end_of_day(self.due_on) if self.due_on else None

    @property
    def is_over(self) -> bool:
        return self.deadline is not None and self.deadline < clock.now()

    @property
    def is_running(self) -> bool:
        return self.status in UNDECIDED and not self.is_over

    @property
    def is_public(self) -> bool:
        return self.confidentiality == Confidentiality.PUBLIC

    @property
    def is_shorter_than_law(self) -> bool:
        return bool(self.due_on and self.lawful_until and self.due_on < self.lawful_until)

    @property
    def lacks_summary(self) -> bool:
        awaited = self.summary_awaited_on
        return self.summary_published_on is None and bool(awaited and awaited < clock.today())

    @cached_property
    def standing(self):
        """Those nobody has taken back, with their sections."""
        return [each for each in self.assignments.all() if each.taken_back_at is None]


class AssignmentQuerySet(models.QuerySet):
    def standing(self):
        """Those nobody has taken back."""
        return self.filter(taken_back_at=None)

    def held(self):
        """Those the section has not let go."""
        return self.standing().filter(let_go_at=None)

    def untouched(self):
        """Held by a section that has started no position from it, or none that went on."""
        return self.held().filter(~Exists(self._answers().exclude(status__in=NO_ANSWER)))

    def unanswered(self):
        """Held by a section none of whose positions on it has been submitted."""
        return self.held().filter(
            ~Exists(self._answers().filter(submission__sent_on__isnull=False))
        )

    def _answers(self):
        return Position.objects.filter(
            answers=OuterRef("consultation"), section=OuterRef("section")
        )


class Assignment(models.Model):
    """A consultation given to a section, until it is taken back; the section may let it go."""

    consultation = models.ForeignKey(
        Consultation,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("consultation"),
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="+", verbose_name=_("section")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    assigned_at = models.DateTimeField(_("assigned"), default=clock.now)
    taken_back_at = models.DateTimeField(_("taken back"), null=True)
    let_go_at = models.DateTimeField(pgettext_lazy("a consultation", "let go"), null=True)
    let_go_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("let go by"),
    )
    let_go_reason = models.TextField(_("why it was let go"), blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment of a consultation")
        verbose_name_plural = _("assignments of consultations")
        ordering = ["consultation", "assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "section"],
                condition=Q(taken_back_at=None),
                name="positions_assignment_section_once",
            ),
            models.CheckConstraint(
                condition=Q(let_go_at=None) | ~Q(let_go_reason=""),
                name="positions_assignment_let_go_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.section}: {self.consultation}"

    @property
    def is_held(self) -> bool:
        return self.taken_back_at is None and self.let_go_at is None
