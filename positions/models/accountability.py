"""What the worker has counted over what is public: derived, and counted anew at any time."""

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from core.models import own_name
from members.models import Authority
from positions.choices import ANSWERED, BOUND, Ending, PointResult

EVERY_YEAR = 0


class AuthorityFiguresQuerySet(models.QuerySet):
    def of_all_years(self):
        return self.filter(year=EVERY_YEAR)

    def of_everybody(self):
        return self.filter(authority=None)

    def by_authority(self):
        return self.exclude(authority=None).select_related("authority")

    def most_first(self):
        """By how much was submitted to it."""
        submitted = sum((F(ending) for ending in Ending), start=Value(0))
        return self.order_by(submitted.desc(), "authority")


class AuthorityFigures(models.Model):
    """Of what was submitted to one authority in one year: how it ended, in positions and points.

    Without an authority it is of all of them; the year 0 is all years: a median cannot be added up.
    """

    authority = models.ForeignKey(
        Authority,
        on_delete=models.CASCADE,
        null=True,
        related_name="figures",
        verbose_name=_("authority"),
    )
    year = models.PositiveSmallIntegerField(_("year"), default=EVERY_YEAR)
    in_time = models.PositiveIntegerField(Ending.IN_TIME.label, default=0)
    late = models.PositiveIntegerField(Ending.LATE.label, default=0)
    unbound = models.PositiveIntegerField(Ending.UNBOUND.label, default=0)
    overdue = models.PositiveIntegerField(Ending.OVERDUE.label, default=0)
    pending = models.PositiveIntegerField(Ending.PENDING.label, default=0)
    set_aside = models.PositiveIntegerField(Ending.SET_ASIDE.label, default=0)
    median_days = models.DecimalField(
        _("median days to the answer"), max_digits=7, decimal_places=1, null=True
    )
    points = models.PositiveIntegerField(_("points"), default=0)
    accepted = models.PositiveIntegerField(PointResult.ACCEPTED.label, default=0)
    partly = models.PositiveIntegerField(PointResult.PARTLY.label, default=0)
    rejected = models.PositiveIntegerField(PointResult.REJECTED.label, default=0)
    no_answer = models.PositiveIntegerField(PointResult.NO_ANSWER.label, default=0)
    enacted = models.PositiveIntegerField(PointResult.ENACTED.label, default=0)
    consultations = models.PositiveIntegerField(_("consultations"), default=0)
    measured = models.PositiveIntegerField(
        _("consultations for which a law sets a minimum"), default=0
    )
    too_short = models.PositiveIntegerField(_("shorter than the law's minimum"), default=0)
    awaited = models.PositiveIntegerField(_("consultations whose summary is due"), default=0)
    unpublished = models.PositiveIntegerField(_("summaries not published"), default=0)

    objects = AuthorityFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("figures of an authority")
        verbose_name_plural = _("figures of authorities")
        ordering = ["authority", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "year"], name="positions_authorityfigures_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(authority=None),
                name="positions_authorityfigures_of_all_once_a_year",
            ),
        ]

    def __str__(self):
        return f"{self.authority or _('all authorities')}, {self.year or _('all years')}"

    @property
    def submitted(self) -> int:
        return sum(getattr(self, ending) for ending in Ending)

    @property
    def answered(self) -> int:
        return sum(getattr(self, ending) for ending in ANSWERED)

    @property
    def bound(self) -> int:
        """Those answered by a deadline, or past it: over them is counted who kept to the time."""
        return sum(getattr(self, ending) for ending in BOUND)

    @property
    def judged(self) -> int:
        """Points whose outcome is known and concluded."""
        return sum(getattr(self, result) for result in PointResult)


class Recount(models.Model):
    """When the figures were counted, and over how much of the chain of acts: the only row of it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(_("counted up to entry"), default=0)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("count of the figures")
        verbose_name_plural = _("count of the figures")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="positions_recount_is_single")
        ]

    def __str__(self):
        return f"{self.seq} {self.counted_at}"


class OpenDataFile(models.Model):
    """A table of public facts as a file, made by the worker and made anew when they change."""

    name = models.CharField(_("name of the file"), max_length=40, unique=True)
    file = models.FileField(upload_to=own_name)
    media_type = models.CharField(_("media type"), max_length=100)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    rows = models.PositiveIntegerField(_("rows"))
    counted_at = models.DateTimeField(_("counted"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("file of open data")
        verbose_name_plural = _("files of open data")
        ordering = ["name"]

    def __str__(self):
        return self.name
