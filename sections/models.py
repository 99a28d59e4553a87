from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.localized import localized
from core.terms import Term, TermQuerySet, refuse_closed_account, refuse_overlap
from core.translated import Translated
from members.models import Library
from sections.choices import Majority, OfficeKind, Quorum


class SectionQuerySet(models.QuerySet):
    def with_member_count(self):
        members = SectionMembership.objects.in_force().filter(section=OuterRef("pk"))
        counted = members.order_by().values("section").annotate(count=Count("pk")).values("count")
        return self.annotate(member_count=Coalesce(Subquery(counted), 0))


class Section(Translated):
    """Member libraries that work together, with the rules they decide by."""

    TRANSLATED = ("name", "mission")

    code = models.CharField(
        _("code"), max_length=6, unique=True, help_text=_("Opens the numbers of its positions.")
    )
    slug = models.SlugField(_("address on the portal"), max_length=60, unique=True)
    name_hu = models.CharField(_("name in Hungarian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=120, blank=True)
    mission_hu = models.TextField(_("mission in Hungarian"), blank=True)
    mission_en = models.TextField(_("mission in English"), blank=True)
    mission_sl = models.TextField(_("mission in Slovenian"), blank=True)
    comment_days = models.PositiveSmallIntegerField(
        _("shortest time for comments, in days"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    vote_days = models.PositiveSmallIntegerField(
        _("usual time for a vote, in days"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    board_days = models.PositiveSmallIntegerField(
        _("usual time for the board to decide, in days"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    quorum = models.CharField(
        _("quorum"), max_length=20, choices=Quorum, default=Quorum.MORE_THAN_HALF
    )
    repeated_quorum = models.CharField(
        _("quorum of a repeated vote"), max_length=20, choices=Quorum, default=Quorum.ANY
    )
    majority = models.CharField(
        _("majority"), max_length=20, choices=Majority, default=Majority.SIMPLE
    )
    decides_by_silence = models.BooleanField(
        _("may decide by silence: adopted unless a member votes no"), default=False
    )
    votes_secretly = models.BooleanField(
        _("votes are secret: nobody learns how a library voted"), default=False
    )
    publishes_minority_opinions = models.BooleanField(
        _("minority opinions become public with the position"), default=False
    )

    objects = SectionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["made_from"])

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["name_hu"]
        constraints = [
            models.CheckConstraint(
                condition=Q(votes_secretly=False)
                | Q(decides_by_silence=False) & ~Q(majority=Majority.UNOPPOSED),
                name="sections_section_silence_is_not_secret",
                violation_error_message=_(
                    "A secret vote cannot be held by silence: objections have to be known."
                ),
            )
        ]

    def __str__(self):
        return localized(self, "name")

    def get_absolute_url(self):
        return reverse("sections:section", args=[self.slug])

    @property
    def mission(self):
        return localized(self, "mission")


class GoalQuerySet(models.QuerySet):
    def with_each_point(self):
        """A row for each point with its texts as `point_…`, and one for a goal without points."""
        texts = {f"point_{code}": F(f"points__text_{code}") for code in ("hu", "en", "sl")}
        return self.annotate(**texts).order_by("number", "points__number")


class Goal(Translated):
    TRANSLATED = ("title",)

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="goals", verbose_name=_("section")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title_hu = models.CharField(_("title in Hungarian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_sl = models.CharField(_("title in Slovenian"), max_length=200, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["section", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"], name="sections_goal_numbered_once"
            )
        ]

    def __str__(self):
        return localized(self, "title")


class GoalPoint(Translated):
    TRANSLATED = ("text",)
    EDITED_WITH = "goal"

    goal = models.ForeignKey(
        Goal, on_delete=models.CASCADE, related_name="points", verbose_name=_("goal")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text_hu = models.CharField(_("text in Hungarian"), max_length=500)
    text_en = models.CharField(_("text in English"), max_length=500, blank=True)
    text_sl = models.CharField(_("text in Slovenian"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("point of a goal")
        verbose_name_plural = _("points of goals")
        ordering = ["goal", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "number"], name="sections_goalpoint_numbered_once"
            )
        ]

    def __str__(self):
        return localized(self, "text")


class SectionMembershipQuerySet(TermQuerySet):
    def in_force(self, on=None):
        """Current memberships of libraries that are still members of the association."""
        return self.current(on).filter(library__in=Library.objects.current_members(on))


class SectionMembership(Term):
    """A library's membership of a section, from one day to another."""

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("section")
    )
    library = models.ForeignKey(
        Library,
        on_delete=models.PROTECT,
        related_name="section_memberships",
        verbose_name=_("library"),
    )
    reason = models.CharField(_("reason of the end"), max_length=300, blank=True)

    objects = SectionMembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Term.Meta):
        verbose_name = _("section membership")
        verbose_name_plural = _("section memberships")
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["section", "library"],
                condition=Q(ended_on=None),
                name="sections_sectionmembership_one_open_term",
                violation_error_message=_("This library is a member of the section already."),
            ),
        ]

    def __str__(self):
        return f"{self.section}: {self.library}"

    def clean(self):
        super().clean()
        refuse_overlap(self, section=self.section_id, library=self.library_id)


class Office(Term):
    """A person's dated office in a section."""

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="offices", verbose_name=_("section")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("office"), max_length=20, choices=OfficeKind)

    objects = TermQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Term.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["kind", "pk"]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"

    def clean(self):
        super().clean()
        refuse_closed_account(self)
        refuse_overlap(self, section=self.section_id, person=self.person_id, kind=self.kind)
