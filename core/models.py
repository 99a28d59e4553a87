import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.notices import Follow, NoticeChoice, Pace, ToldUpTo
from core.public_records import PublicRecord, PublicRecordQuerySet
from core.search.models import Cadence, SavedSearch, SearchDocument, SearchProgress
from core.special_days import DayKind, Recess, SpecialDay
from core.terms import Term, TermQuerySet, covers

__all__ = [
    "AuditEntry",
    "AuditHead",
    "Bucket",
    "Cadence",
    "Counter",
    "DayKind",
    "Dropped",
    "Follow",
    "Job",
    "Mail",
    "NoticeChoice",
    "OnceKey",
    "PublicRecord",
    "PublicRecordQuerySet",
    "Recess",
    "SavedSearch",
    "SearchDocument",
    "SearchProgress",
    "SpecialDay",
    "Stage",
    "Stateful",
    "StoredFile",
    "Term",
    "TermQuerySet",
    "ToldUpTo",
    "covers",
]


def own_name(instance, filename):
    """A name nobody can guess, in a folder of its kind; nothing of the name it came with."""
    return f"{instance._meta.model_name}/{uuid.uuid4().hex}"


class Stateful(models.Model):
    """What the workflow engine keeps on a thing; the subclass adds `status` with its choices."""

    status_since = models.DateTimeField(_("in this state since"), default=clock.now, editable=False)
    step = models.PositiveIntegerField(_("step"), default=0, editable=False)

    class Meta:
        abstract = True


class StoredFile(models.Model):
    """A file somebody brought: kept under a name of the portal's own, its own name as text."""

    file = models.FileField(upload_to=own_name)
    name = models.CharField(_("name of the file"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)

    class Meta:
        abstract = True


class Stage(models.TextChoices):
    WAITING = "waiting", _("waiting")
    WORKING = "working", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class Job(models.Model):
    """Work that the worker does for somebody, and how far it is."""

    WATCHED_FOR = timedelta(minutes=15)

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    requested_at = models.DateTimeField(_("asked for"), default=clock.now)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.WAITING)
    progress = models.PositiveSmallIntegerField(_("done, in per cent"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True)
    fault = models.CharField(_("why it failed"), max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def told_in(self) -> str:
        """The language in which its fault is written."""
        return self.requested_by.language if self.requested_by else settings.LANGUAGE_CODE

    @property
    def is_under_way(self) -> bool:
        return self.stage in {Stage.WAITING, Stage.WORKING}

    @property
    def is_watched(self) -> bool:
        """Whether a page looks again by itself: not for ever, should there be no worker."""
        return self.is_under_way and clock.now() - self.requested_at < self.WATCHED_FOR


class AuditEntry(models.Model):
    """One act, chained to the one before it by its hash. Never changed, never deleted.

    Free text stays outside the hashed payload (only its salted digest is in), so that a person's
    words can be erased without breaking the chain.
    """

    seq = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    action = models.CharField(_("action"), max_length=60)
    source = models.CharField(_("from state"), max_length=40, blank=True)
    target = models.CharField(_("to state"), max_length=40, blank=True)
    payload = models.JSONField(_("details"), default=dict)
    note = models.TextField(_("note"), blank=True)
    note_salt = models.CharField(max_length=32, blank=True)
    note_digest = models.CharField(max_length=64, blank=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-seq"]
        indexes = [models.Index(fields=["content_type", "object_id", "seq"])]

    def __str__(self):
        return f"{self.seq} {self.action}"


class AuditHead(models.Model):
    """The single row every writer of the chain locks first: one at a time, on any database."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("head of the audit chain")
        verbose_name_plural = _("head of the audit chain")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="core_audithead_is_single")
        ]

    def __str__(self):
        return f"{self.seq} {self.hash[:12]}"


class Counter(models.Model):
    """The last number given out in a series and year, without gaps."""

    series = models.CharField(_("series"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="core_counter_one_per_year")
        ]

    def __str__(self):
        return f"{self.series} {self.year}: {self.value}"


class OnceKey(models.Model):
    """A form that was sent: the same form sent again leads to the first one's result."""

    key = models.UUIDField(unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    location = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self):
        return str(self.key)


class Dropped(models.TextChoices):
    """Why a letter was not sent."""

    GONE = "gone", _("its matter is settled, or not the reader's any more")
    OFF = "off", _("switched off by its reader")
    CLOSED = "closed", _("the account is closed")
    GIVEN_UP = "given_up", _("given up after errors")


class MailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, dropped_at=None)

    def ready(self):
        """To go by itself, not with others in a digest."""
        return self.waiting().filter(held_for="")

    def held(self):
        """Waiting for the morning of a digest that does not exist yet."""
        return self.waiting().exclude(held_for="").filter(digest=None)

    def late(self, since):
        """Ready to go since that moment or longer, and still here."""
        return self.ready().filter(not_before__lte=since)

    def failed(self):
        """Not sent for an error: to be tried again, or given up."""
        return self.filter(sent_at=None).exclude(last_error="")


class Mail(models.Model):
    """A message waiting in the outbox, or sent from it.

    Notices hold ids only: the text is written, and the right to it checked, when it is sent. What
    Django itself sends (a password link) is kept as text until it has gone.
    """

    key = models.CharField(_("key"), max_length=200, unique=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=60)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a letter", "to"),
    )
    address = models.EmailField(_("address"), blank=True)
    context = models.JSONField(default=dict)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(_("queued"), default=clock.now)
    not_before = models.DateTimeField(_("not before"), default=clock.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    dropped_for = models.CharField(
        _("why it was dropped"), max_length=10, choices=Dropped, blank=True
    )
    held_for = models.CharField(_("held for a digest"), max_length=20, choices=Pace, blank=True)
    digest = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("goes in the digest"),
    )

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="core_mail_waiting",
                condition=models.Q(sent_at=None, dropped_at=None),
            ),
            models.Index(fields=["to", "-created_at"], name="core_mail_reader"),
        ]

    def __str__(self):
        return str(self.to or self.address)


class Bucket(models.Model):
    """How many tries are left in a token bucket; a row may be deleted to let somebody in again."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    scope = models.CharField(_("what is limited"), max_length=40)
    tokens = models.FloatField(_("tries left"))
    filled_at = models.FloatField(_("counted at"), help_text=_("Seconds since 1970."))

    class Meta:
        verbose_name = _("limit of tries")
        verbose_name_plural = _("limits of tries")

    def __str__(self):
        return f"{self.scope} {self.key[:12]}"
