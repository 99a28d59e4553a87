from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from core.models import Job, own_name
from positions.choices import DocumentKind
from positions.models.documents import MADE_AS, Printed
from positions.models.meetings import Meeting
from positions.models.resolutions import BoardDecision


class BoardPaper(Printed, Job):
    """The minutes of a meeting, or the excerpt of a resolution, as a file made by the worker.

    `content` is the fingerprint of what it was made of, by which a second wish for it finds it.
    """

    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        related_name="papers",
        verbose_name=_("meeting"),
    )
    decision = models.ForeignKey(
        BoardDecision,
        on_delete=models.PROTECT,
        null=True,
        related_name="papers",
        verbose_name=_("resolution of the board"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind)
    language = models.CharField(_("language"), max_length=2)
    content = models.CharField(_("fingerprint of the content"), max_length=64)
    file = models.FileField(upload_to=own_name, blank=True)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("paper of the board")
        verbose_name_plural = _("papers of the board")
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, decision__isnull=False)
                | Q(meeting__isnull=False, decision=None),
                name="positions_boardpaper_minutes_or_excerpt",
            ),
            models.UniqueConstraint(
                fields=["meeting", "kind", "language", "content"],
                name="positions_boardpaper_minutes_made_once",
            ),
            models.UniqueConstraint(
                fields=["decision", "kind", "language", "content"],
                name="positions_boardpaper_excerpt_made_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.meeting or self.decision}"

    @property
    def name(self) -> str:
        """The name it is saved under, as minutes-2026-3.pdf."""
        of = self.meeting or self.decision
        with override(self.language):
            minutes = pgettext("in the name of a file", "minutes")
            excerpt = pgettext("in the name of a file", "excerpt")
        ending = MADE_AS[DocumentKind(self.kind)].endings[0]
        return f"{minutes if self.meeting_id else excerpt}-{of.year}-{of.number}{ending}"
