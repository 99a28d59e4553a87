from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from positions.models.consultations import Consultation
from positions.models.documents import Attached, AttachedQuerySet


class ConsultationFile(Attached):
    """What an authority sent along when it asked; opened by whoever may know of the consultation,
    and so by everybody where that is public."""

    thing_field = "consultation"
    consultation = models.ForeignKey(
        Consultation,
        on_delete=models.PROTECT,
        related_name="attachments",
        verbose_name=_("consultation"),
    )

    objects = AttachedQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a consultation")
        verbose_name_plural = _("files of consultations")
        ordering = ["consultation", "uploaded_at", "pk"]

    def place(self, view):
        return reverse(f"positions:consultation_{view}", args=[self.consultation_id, self.pk])
