"""Dated rows: what holds from one day to another, both included."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core import clock

EARLIEST = date(1900, 1, 1)
FURTHEST = timedelta(days=20 * 366)
CLOSED = _("The account of this person is closed: choose somebody else.")


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

    def clean(self):
        """A day of another age is a slip of the keyboard."""
        super().clean()
        latest = clock.today() + FURTHEST
        far = {
            name: _("This is before 1900: please look at the year.")
            if day < EARLIEST
            else _("This is more than 20 years ahead: please look at the year.")
            for name in ("started_on", "ended_on")
            if (day := getattr(self, name)) and not EARLIEST <= day <= latest
        }
        if far:
            raise ValidationError(far)

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


def refuse_second_holder(term, **same):
    """What one person holds at a time is not given to another meanwhile."""
    others = type(term).objects.filter(**same).exclude(pk=term.pk).select_related("person")
    holder = others.overlapping(term.started_on, term.ended_on).first()
    if holder is None:
        return
    facts = {"holder": holder.person, "what": term.get_kind_display()}
    if holder.ended_on:
        facts["day"] = date_format(holder.ended_on)
        sentence = _("%(holder)s is %(what)s until %(day)s: one person at a time.")
    else:
        sentence = _("%(holder)s is %(what)s, with no last day: end that term first.")
    raise ValidationError({"kind": sentence % facts})


def refuse_closed_account(term):
    """Nothing new is given to somebody whose account is closed; what they have can be ended."""
    if not term.person_id or term.person.is_active:
        return
    if not type(term).objects.filter(pk=term.pk, person=term.person_id).exists():
        raise ValidationError({"person": CLOSED})
