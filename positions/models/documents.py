from collections.abc import Callable

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from core.files import DOCX, ODT, PDF, kind_labelled
from core.models import Job, Stage, StoredFile, own_name
from positions.choices import DocumentKind
from positions.models.positions import Position
from positions.models.versions import Version

MADE_AS = {
    DocumentKind.PDF: PDF,
    DocumentKind.DOCX: DOCX,
    DocumentKind.ODT: ODT,
    DocumentKind.REDLINE: DOCX,
}


class AttachedQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(removed_at=None)

    def taken_away(self):
        """Those that can still be put back."""
        return self.filter(removed_at__isnull=False).exclude(file="")


class Attached(StoredFile):
    """A file that belongs to a thing; `thing_field` names the key to it, and `place` says the
    address of one of its three pages.

    One that was taken away stays as a row with its fingerprint; its file is deleted later.
    """

    title = models.CharField(_("what it is"), max_length=200, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, editable=False)

    thing_field: str
    place: Callable[[str], str]

    class Meta:
        abstract = True

    def __str__(self):
        return self.title or self.name

    @property
    def thing(self):
        return getattr(self, self.thing_field)

    @property
    def url(self) -> str:
        return self.place("attachment")

    @property
    def take_away_url(self) -> str:
        return self.place("take_away")

    @property
    def put_back_url(self) -> str:
        return self.place("put_back")

    @property
    def kind(self) -> str:
        return kind_labelled(self.media_type)


class AttachmentQuerySet(AttachedQuerySet):
    def how_many(self):
        """In a query of positions: how many files each has."""
        of_one = self.kept().filter(position=OuterRef("pk")).order_by().values("position")
        return Coalesce(Subquery(of_one.annotate(count=Count("pk")).values("count")), 0)


class Attachment(Attached):
    """A file that belongs to a position; as private as what is inside it, and never public."""

    thing_field = "position"
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("position")
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "uploaded_at", "pk"]

    def place(self, view):
        return reverse(f"positions:{view}", args=[self.position.reference, self.pk])


class DocumentQuerySet(models.QuerySet):
    def of(self, position: Position, *, inside: bool):
        """Those of a position that its reader may have: inside all of them, outside what was made
        for everybody of the text that became public, since it did."""
        found = self.filter(position=position)
        if inside:
            return found
        public = found.filter(inside=False, older=None, version=position.current_id)
        if not position.is_public:
            return public.none()
        return public.filter(requested_at__gte=position.published_at)

    def for_lists(self):
        return self.select_related("version", "older")

    def run_out(self, last):
        """Those that ended before; whoever needs one asks for it again."""
        return self.filter(ended_at__lt=last)


class Printed:
    """What every file is that the worker makes of something, in a kind and a language."""

    @property
    def told_in(self) -> str:
        """Whoever asked, it speaks the language that was chosen for it."""
        return self.language

    @property
    def media_type(self) -> str:
        return MADE_AS[DocumentKind(self.kind)].media_type

    @property
    def size(self) -> int | None:
        """In bytes; None where there is no file."""
        try:
            return self.file.size if self.file else None
        except OSError:
            return None


class Document(Printed, Job):
    """A version as a file to take away, made by the worker.

    `inside` tells whether it holds what only those inside may read; `content` is the fingerprint
    of what it was made of, by which a second wish for the same finds it.
    """

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="documents", verbose_name=_("position")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", verbose_name=_("version")
    )
    older = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("compared with"),
    )
    language = models.CharField(_("language"), max_length=2)
    inside = models.BooleanField(_("for those inside"), default=False)
    content = models.CharField(_("fingerprint of the content"), max_length=64)
    file = models.FileField(upload_to=own_name, blank=True)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "language", "inside", "content"],
                condition=Q(older=None),
                name="positions_document_made_once",
            ),
            models.UniqueConstraint(
                fields=["version", "older", "language"],
                condition=Q(older__isnull=False),
                name="positions_document_redline_made_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.version}"

    @property
    def name(self) -> str:
        """The name it is saved under, as MT-2026-014-v3.pdf."""
        numbers = [self.older.number] if self.older else []
        parts = [self.position.reference.replace("/", "-")]
        parts += [f"v{number}" for number in (*numbers, self.version.number)]
        if self.inside:
            with override(self.language):
                parts.append(pgettext("in the name of a file", "internal"))
        return "-".join(parts) + MADE_AS[DocumentKind(self.kind)].endings[0]


class TextImportQuerySet(models.QuerySet):
    def brought_by(self, person):
        """What anybody sees: the files they brought themselves, of positions they still see."""
        seen = Q(position=None) | Q(position__in=Position.objects.visible_to(person))
        return self.filter(seen, requested_by=person)

    def ready(self):
        return self.filter(stage=Stage.READY)


class TextImport(Job):
    """A file that somebody wrote elsewhere, on its way to become a text here.

    It is theirs alone; the file is let go once it has been read, the row after some days.
    """

    upload = models.FileField(upload_to=own_name)
    name = models.CharField(_("name of the file"), max_length=255)
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        related_name="imports",
        verbose_name=_("position"),
    )
    base = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written on version"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    points = models.JSONField(default=list)
    report = models.JSONField(default=list)

    objects = TextImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported text")
        verbose_name_plural = _("imported texts")
        ordering = ["-requested_at"]

    def __str__(self):
        return self.name
