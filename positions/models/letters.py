import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from core.files import kind_labelled
from core.models import Job, own_name
from positions.choices import LetterKind, Placeholder

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def only_known_placeholders(text: str) -> None:
    """Names each one that nobody would fill in; a validator of templates and of letters."""
    unknown = [name for name in PLACEHOLDER.findall(text) if name not in Placeholder.values]
    if unknown:
        names = ", ".join(f"{{{{{name}}}}}" for name in dict.fromkeys(unknown))
        raise ValidationError(_g("There is no such placeholder: %s.") % names)


class LetterTemplate(models.Model):
    """How letters to authorities begin: words that staff edit, filled in by plain substitution."""

    kind = models.CharField(pgettext_lazy("of a letter", "kind"), max_length=10, choices=LetterKind)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200, validators=[only_known_placeholders])
    body = models.TextField(_("text"), max_length=10_000, validators=[only_known_placeholders])

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("template of a letter")
        verbose_name_plural = _("templates of letters")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"], name="positions_lettertemplate_one_of_each"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.get_language_display()})"


class Package(Job):
    """What goes to an authority, as files in a ZIP: made by the worker, then kept as it is.

    It belongs to a submission or to a message; one that was replaced before it went belongs to
    nothing and is swept. `manifest` tells name, size and fingerprint of each file in it.
    """

    content = models.CharField(_("fingerprint of the content"), max_length=64)
    language = models.CharField(_("language"), max_length=2)
    file = models.FileField(upload_to=own_name, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    manifest = models.JSONField(_("files in it"), default=list)
    name = models.CharField(_("name of the file"), max_length=120)

    media_type = "application/zip"

    class Meta:
        verbose_name = _("package for an authority")
        verbose_name_plural = _("packages for authorities")
        ordering = ["-requested_at"]

    def __str__(self):
        return self.name

    @property
    def told_in(self) -> str:
        return self.language

    @property
    def size(self) -> int:
        """Of what is in it, in bytes: files of these kinds hardly shrink."""
        return sum(each["size"] for each in self.manifest)

    @property
    def files(self) -> list[dict]:
        """The manifest, with what people call files of these kinds."""
        return [{**each, "kind": kind_labelled(each["media_type"])} for each in self.manifest]
