from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from positions.models.positions import Position


class Editing(models.Model):
    """A person who has the text open to edit, and when their page last said so."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="editing")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("person editing")
        verbose_name_plural = _("people editing")
        constraints = [
            models.UniqueConstraint(
                fields=["position", "person"], name="positions_editing_person_once"
            )
        ]

    def __str__(self):
        return str(self.person)
