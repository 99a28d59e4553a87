"""What was public and when it last changed: for those who fetch only what is new."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicRecordQuerySet(models.QuerySet):
    def in_set(self, spec: str):
        """Of the set itself and of what is under it, as `position` holds `position:opinion`."""
        return self.filter(sets__contains=f" {spec} ")

    def since(self, moment):
        return self.filter(changed_at__gte=moment)


class PublicRecord(models.Model):
    """That a thing was public, under which number, and when what is told of it last changed.

    It says nothing else of the thing, and stays when the thing is public no more: whoever has
    harvested it must learn that it is gone. What is told is always read from the thing itself.
    """

    kind = models.CharField(_("kind"), max_length=20)
    of = models.PositiveBigIntegerField(_("number of the row"))
    number = models.CharField(_("number it is cited by"), max_length=60, unique=True)
    sets = models.CharField(_("sets it belongs to"), max_length=300)
    fingerprint = models.CharField(_("fingerprint of what is told"), max_length=64)
    changed_at = models.DateTimeField(_("changed"))
    is_gone = models.BooleanField(_("public no more"), default=False)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")
        ordering = ["changed_at", "pk"]
        indexes = [models.Index(fields=["changed_at", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "of"], name="core_publicrecord_thing_once")
        ]

    def __str__(self):
        return self.number
