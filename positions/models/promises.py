from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from positions.choices import PromiseState
from positions.models.messages import Message
from positions.models.positions import Position


class PromiseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=PromiseState.OPEN)

    def due(self):
        return self.open().filter(due_on__lte=clock.today())


class Promise(models.Model):
    """What an authority said it would do, and the day on which we look whether it has."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="promises", verbose_name=_("position")
    )
    message = models.ForeignKey(
        Message,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("message it was made in"),
    )
    text = models.CharField(_("what was promised"), max_length=1000)
    due_on = models.DateField(_("to be looked at on"))
    state = models.CharField(
        _("state"), max_length=10, choices=PromiseState, default=PromiseState.OPEN
    )
    note = models.CharField(_("how it is known"), max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("judged by"),
    )
    judged_at = models.DateTimeField(_("judged"), null=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PromiseState.OPEN, judged_at=None)
                | ~Q(state=PromiseState.OPEN) & Q(judged_at__isnull=False),
                name="positions_promise_judged_once_not_open",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def is_due(self) -> bool:
        return self.state == PromiseState.OPEN and self.due_on <= clock.today()
