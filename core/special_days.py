from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.localized import localized
from core.translated import Translated


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", _("public holiday")
    REST = "rest", _("day off, made up for on another day")
    WORKED = "worked", _("working day, in place of another")


class SpecialDay(Translated):
    """A day on which the offices work, or do not, against what its weekday says."""

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DayKind)
    name_hu = models.CharField(_("name in Hungarian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=300)

    history = HistoricalRecords(excluded_fields=["made_from"])

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("calendar: special days")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day}: {self.name}"

    @property
    def name(self) -> str:
        return localized(self, "name")

    @property
    def is_worked(self) -> bool:
        return self.kind == DayKind.WORKED


class Recess(models.Model):
    """Days on which the offices of the state rest; periods that say so stand still meanwhile."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    source = models.CharField(_("source"), max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("administrative recess")
        verbose_name_plural = _("calendar: administrative recesses")
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="core_recess_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]

    def __str__(self):
        return f"{self.first_day} – {self.last_day}"
