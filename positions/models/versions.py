from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock
from core.richtext import blocks, readable
from positions.models.positions import Position


class Version(models.Model):
    """The text as somebody saved it, with the numbered points it asks for. Never changed."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="versions", verbose_name=_("position")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    paragraph_ids = models.JSONField(
        default=list,
        editable=False,
        help_text="Where each paragraph first stood, as version.paragraph: it keeps that identity.",
    )
    created_at = models.DateTimeField(_("saved"), default=clock.now)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["position", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "number"], name="positions_version_numbered_once"
            )
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @cached_property
    def wordings(self):
        """The blocks of the text as they are kept, in order: paragraph 1 is the first."""
        return blocks(self.body)

    @property
    def paragraphs(self):
        """The same, safe to show, the notes of the text below it."""
        return readable(self.wordings)


class PointManager(models.Manager):
    """Every point comes with what became of it."""

    def get_queryset(self):
        return super().get_queryset().select_related("outcome")


class Point(models.Model):
    """One of the things a version asks for."""

    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="points", verbose_name=_("version")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("text"), max_length=1000)

    objects = PointManager()

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="positions_point_numbered_once"
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.text}"

    @property
    def settled(self):
        """What became of the point, or None."""
        try:
            return self.outcome
        except ObjectDoesNotExist:
            return None
