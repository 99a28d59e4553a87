"""Dated rows: what holds from one day to another, both included."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock


class TermQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        """Rows whose term covers the day (today unless told)."""
        return self.filter(covers(on))

    def overlapping(self, started_on, ended_on):
        rows = self.filter(Q(ended_on=None) | Q(ended_on__gte=started_on or date.min))
        return rows.filter(Q(started_on=None) | Q(started_on__lte=ended_on or date.max))


def covers(on: date | None = None, prefix: str = "") -> Q:
    """The condition that a term reached through `prefix` covers the day (today unless told)."""
    day = on or clock.today()
    begun = Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": day})
    not_over = Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": day})
    return begun & not_over


class Term(models.Model):
    started_on = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty: since before the records begin.")
    )
    ended_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day; empty: still in force.")
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]

    @property
    def is_current(self) -> bool:
        today = clock.today()
        begun = self.started_on is None or self.started_on <= today
        return begun and (self.ended_on is None or self.ended_on >= today)


def refuse_overlap(term, **same):
    """Two terms of the same thing may not cover the same day."""
    others = type(term).objects.filter(**same).exclude(pk=term.pk)
    if others.overlapping(term.started_on, term.ended_on).exists():
        raise ValidationError(_("These dates overlap with another entry of the same kind."))
