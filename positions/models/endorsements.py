from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from members.models import Library
from positions.models.versions import Version


class SaidQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def on_text(self, version):
        """On the version, or on another one that says the same."""
        return self.filter(
            version__position=version.position_id, version__fingerprint=version.fingerprint
        )

    def for_history(self):
        return self.select_related("library", "author").annotate(on_version=F("version__number"))


class EndorsementQuerySet(SaidQuerySet):
    def left_behind(self):
        """Standing ones of libraries that endorse an earlier text only, not the present one."""
        position = "version__position"
        present = self.model.objects.standing().filter(
            library=OuterRef("library"),
            version__position=OuterRef(position),
            version__fingerprint=OuterRef(f"{position}__current__fingerprint"),
        )
        return self.standing().exclude(Exists(present))


class Said(models.Model):
    """What a library says on a version; once at a time, until it is withdrawn."""

    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "library"],
                condition=Q(withdrawn_at=None),
                name="%(app_label)s_%(class)s_library_once",
            )
        ]

    def __str__(self):
        return f"{self.library}: {self.version}"


class Endorsement(Said):
    """A library stands behind a version, wholly or with a reservation.

    It belongs to that version: once the text is another, it waits to be given again.
    """

    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="endorsements", verbose_name=_("version")
    )
    library = models.ForeignKey(
        Library, on_delete=models.PROTECT, related_name="endorsements", verbose_name=_("library")
    )
    reservation = models.TextField(_("reservation"), max_length=3000, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("given by"),
    )
    created_at = models.DateTimeField(_("given"), default=clock.now)

    objects = EndorsementQuerySet.as_manager()

    class Meta(Said.Meta):
        verbose_name = _("endorsement")
        verbose_name_plural = _("endorsements")

    @property
    def what(self):
        return _("endorsement with a reservation") if self.reservation else _("endorsement")

    @property
    def words(self):
        return self.reservation


class MinorityOpinion(Said):
    """What a library holds against the text that the section votes on or has adopted.

    Whether it becomes public is settled when it is filed, by the rule its author was told of.
    """

    version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        related_name="minority_opinions",
        verbose_name=_("version"),
    )
    library = models.ForeignKey(
        Library,
        on_delete=models.PROTECT,
        related_name="minority_opinions",
        verbose_name=_("library"),
    )
    text = models.TextField(_("text"), max_length=10_000)
    goes_public = models.BooleanField(_("becomes public with the position"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("filed by"),
    )
    created_at = models.DateTimeField(_("filed"), default=clock.now)

    objects = SaidQuerySet.as_manager()

    class Meta(Said.Meta):
        verbose_name = _("minority opinion")
        verbose_name_plural = _("minority opinions")

    @property
    def what(self):
        return _("minority opinion")

    @property
    def words(self):
        return self.text
