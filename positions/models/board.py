from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from positions.models.positions import Position
from positions.models.resolutions import BoardDecision
from positions.models.versions import Point


class Exclusion(models.Model):
    """A member of the board takes no part in deciding on a position: declared by the member, or
    recorded by the chair or the secretary of the board."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="exclusions", verbose_name=_("position")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("member of the board"),
    )
    reason = models.TextField(_("reason"), max_length=3000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("exclusion for conflict of interest")
        verbose_name_plural = _("exclusions for conflict of interest")
        ordering = ["position", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "person"], name="positions_exclusion_person_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(recorded_by=F("person")),
                name="positions_exclusion_by_others_has_words",
            ),
        ]

    def __str__(self):
        return str(self.person)

    @property
    def is_declared(self) -> bool:
        """By the member, not by somebody else."""
        return self.recorded_by_id == self.person_id


class PointReason(models.Model):
    """What the board says of one point of the version it decided on."""

    decision = models.ForeignKey(
        BoardDecision,
        on_delete=models.PROTECT,
        related_name="point_reasons",
        verbose_name=_("resolution of the board"),
    )
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="reasons", verbose_name=_("point")
    )
    text = models.TextField(_("reason"), max_length=3000)

    class Meta:
        verbose_name = _("reason on a point")
        verbose_name_plural = _("reasons on points")
        ordering = ["decision", "point__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "point"], name="positions_pointreason_point_once"
            )
        ]

    def __str__(self):
        return f"{self.point.number}. {self.text}"
