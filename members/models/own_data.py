from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from core import clock
from core.models import Job, Stage, own_name

KEPT_FOR = timedelta(days=7)


class DataExportQuerySet(models.QuerySet):
    def open_to(self, person):
        """What somebody may fetch now: their own, while it is kept."""
        if not person.is_authenticated:
            return self.none()
        fresh = self.filter(stage=Stage.READY, ended_at__gt=clock.now() - KEPT_FOR)
        return fresh.filter(requested_by=person.pk, requested_by__is_active=True)

    def run_out(self):
        return self.filter(ended_at__lte=clock.now() - KEPT_FOR)


class DataExport(Job):
    """All that the portal knows of the person who asked, in one archive, for some days."""

    file = models.FileField(upload_to=own_name)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)

    media_type = "application/zip"

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("data of a person to take away")
        verbose_name_plural = _("data of people to take away")
        ordering = ["-requested_at", "-pk"]

    def __str__(self):
        return f"{self.requested_by}"

    @property
    def name(self) -> str:
        with override(self.told_in):
            what = pgettext("in the name of a file", "my-data")
        return f"{what}-{clock.day_of(self.requested_at).isoformat()}.zip"

    @property
    def open_until(self):
        return self.ended_at and self.ended_at + KEPT_FOR

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.READY and self.open_until > clock.now()
