from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core import clock
from core.localized import localized
from core.models import Term
from core.terms import TermQuerySet
from members.models import Authority
from positions.choices import Channel, MessageKind, PointResult, ProfileKind
from positions.models.positions import Point, Position


class LawProfile(Term):
    """A period the law sets, with its source: data, valid from one day to another."""

    kind = models.CharField(_("kind"), max_length=20, choices=ProfileKind)
    name_hu = models.CharField(_("name in Hungarian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=200, blank=True)
    days = models.PositiveSmallIntegerField(_("calendar days"))
    extension_days = models.PositiveSmallIntegerField(_("may be extended by, in days"), default=0)
    source = models.CharField(_("source"), max_length=300)

    objects = TermQuerySet.as_manager()
    history = HistoricalRecords()

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
    answer_days = models.PositiveSmallIntegerField(_("days to answer"), null=True)
    due_on = models.DateField(_("answer due"), null=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [models.Index(fields=["due_on"])]
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


class Message(models.Model):
    """What came back from the authority."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="messages", verbose_name=_("submission")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind)
    received_on = models.DateField(_("received on"))
    file_number = models.CharField(_("file number"), max_length=60, blank=True)
    text = models.TextField(_("what it says"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("message of an authority")
        verbose_name_plural = _("messages of authorities")
        ordering = ["received_on", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.received_on}"


class PointOutcome(models.Model):
    """What became of one point."""

    point = models.OneToOneField(
        Point, on_delete=models.PROTECT, related_name="outcome", verbose_name=_("point")
    )
    result = models.CharField(_("outcome"), max_length=20, choices=PointResult)
    reason = models.TextField(_("reason given"), max_length=3000, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
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
