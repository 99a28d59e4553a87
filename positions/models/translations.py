from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.localized import TRANSLATIONS
from core.translated import Freshness
from positions.models.positions import Position
from positions.models.versions import Version

LANGUAGES = [pair for pair in settings.LANGUAGES if pair[0] in TRANSLATIONS]


class PositionTranslationQuerySet(models.QuerySet):
    def outdated(self):
        """Those whose position says something else by now than the version they were made from."""
        return self.exclude(version__fingerprint=F("position__current__fingerprint"))


class PositionTranslation(models.Model):
    """What a version says in another language. The Hungarian text stays the authoritative one."""

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="translations", verbose_name=_("position")
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("made from version")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    body = models.TextField(_("text"), blank=True)
    points = models.JSONField(
        default=list,
        editable=False,
        help_text="Pairs: the words of a point of that version, and their translation.",
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("saved by"),
    )
    saved_at = models.DateTimeField(_("saved"), default=clock.now)
    step = models.PositiveIntegerField(_("step"), default=0, editable=False)

    objects = PositionTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation of a position")
        verbose_name_plural = _("translations of positions")
        ordering = ["position", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "language"], name="positions_positiontranslation_one_of_each"
            ),
            models.CheckConstraint(
                condition=Q(language__in=TRANSLATIONS),
                name="positions_positiontranslation_into_another_language",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.get_language_display()})"

    def words_of_points(self) -> dict[str, str]:
        """The translation of each point by its Hungarian words: one that was changed has none."""
        return {before: words for before, words in self.points if words}


def lacking(positions, language: str, freshness: Freshness):
    """Of the positions those whose translation is missing, or older than their text."""
    found = PositionTranslation.objects.filter(position=OuterRef("pk"), language=language)
    if freshness == Freshness.MISSING:
        return positions.filter(~Exists(found))
    return positions.filter(Exists(found.outdated()))
