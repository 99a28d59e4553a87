from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Stateful
from members.choices import ErasureGround, ErasureStatus
from members.models.people import Person

UNDER_WAY = (ErasureStatus.ASKED, ErasureStatus.CONFIRMED)


class Erasure(Stateful):
    """A person is to be made unrecognisable: asked for by one of the staff, confirmed by another,
    carried out by the worker. What stays of it tells when and on what ground, and not whom."""

    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ErasureStatus,
        default=ErasureStatus.ASKED,
        editable=False,
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="erasures", verbose_name=_("person")
    )
    ground = models.CharField(_("ground"), max_length=20, choices=ErasureGround)
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=UNDER_WAY),
                name="members_erasure_one_under_way",
            )
        ]

    def __str__(self):
        return f"{self.person}"
