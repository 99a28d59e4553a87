from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core import clock
from core.localized import localized
from core.models import Term
from core.terms import TermQuerySet
from core.translated import Translated
from members.models import Authority
from positions.choices import Channel, PointResult, ProfileKind, Unit
from positions.models.documents import Attachment
from positions.models.letters import Package
from positions.models.positions import Position
from positions.models.versions import Point


class LawProfile(Translated, Term):
    """A period the law sets, with its source: data, valid from one day to another."""

    kind = models.CharField(_("kind"), max_length=20, choices=ProfileKind)
    name_hu = models.CharField(_("name in Hungarian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(_("days"))
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit, default=Unit.CALENDAR)
    extension_days = models.PositiveSmallIntegerField(_("may be extended by, in days"), default=0)
    ends_on_working_day = models.BooleanField(
        _("ends on a working day"),
        default=True,
        help_text=_("A last day without work is moved to the next working day."),
    )
    stops_in_recess = models.BooleanField(
        _("stands still in an administrative recess"), default=False
    )
    source = models.CharField(_("source"), max_length=300)

    objects = TermQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["made_from"])

    class Meta(Term.Meta):
        verbose_name = _("law profile")
        verbose_name_plural = _("law profiles")
        ordering = ["kind", "name_hu"]

    def __str__(self):
        return localized(self, "name")


class Submission(models.Model):
    """The sending of an accepted position to its addressee, confirmed by a second person."""

    position = models.OneToOneField(
        Position, on_delete=models.PROTECT, related_name="submission", verbose_name=_("position")
    )
    addressee = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="+", verbose_name=_("addressee")
    )
    signatory = models.CharField(_("signatory"), max_length=150)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    law_profile = models.ForeignKey(
        LawProfile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("time to answer"),
        help_text=_("Empty: the authority is bound by no deadline."),
    )
    letter_subject = models.CharField(_("subject of the cover letter"), max_length=200, blank=True)
    letter_body = models.TextField(_("cover letter"), blank=True)
    letter_language = models.CharField(
        _("language of the cover letter"), max_length=2, default=settings.LANGUAGE_CODE
    )
    enclosures = models.ManyToManyField(
        Attachment, related_name="+", verbose_name=_("attachments that go along")
    )
    package = models.OneToOneField(
        Package,
        on_delete=models.PROTECT,
        null=True,
        related_name="submission",
        verbose_name=_("package"),
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("prepared by"),
    )
    prepared_at = models.DateTimeField(_("prepared"), default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    sent_on = models.DateField(_("sent on"), null=True)
    file_number = models.CharField(_("file number"), max_length=60, blank=True)
    due_on = models.DateField(_("answer due"), null=True)
    reckoning = models.JSONField(_("how the day was reckoned"), null=True, editable=False)
    silent_since = models.DateField(_("lack of an answer recorded on"), null=True, editable=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [
            models.Index(fields=["due_on"]),
            models.Index(fields=["addressee", "sent_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("prepared_by")),
                name="positions_submission_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | Q(confirmed_by__isnull=False),
                name="positions_submission_sent_when_confirmed",
            ),
        ]

    def __str__(self):
        return f"{self.position} → {self.addressee}"

    @property
    def may_be_extended(self) -> bool:
        """Once, where the law lets the authority take longer."""
        profile = self.law_profile
        return bool(
            profile
            and profile.extension_days
            and self.reckoning
            and not self.reckoning["extension"]
        )


class PointOutcome(models.Model):
    """What became of one point."""

    point = models.OneToOneField(
        Point, on_delete=models.PROTECT, related_name="outcome", verbose_name=_("point")
    )
    result = models.CharField(_("outcome"), max_length=20, choices=PointResult)
    reason = models.TextField(_("reason given"), max_length=3000, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    law_before = models.TextField(_("words of the law before"), max_length=5000, blank=True)
    law_after = models.TextField(_("words of the law after"), max_length=5000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("outcome of a point")
        verbose_name_plural = _("outcomes of points")
        ordering = ["point"]

    def __str__(self):
        return f"{self.point}: {self.get_result_display()}"
