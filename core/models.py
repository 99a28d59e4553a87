import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.terms import Term, TermQuerySet, covers

__all__ = [
    "AuditEntry",
    "AuditHead",
    "Bucket",
    "Counter",
    "Mail",
    "OnceKey",
    "Stateful",
    "Term",
    "TermQuerySet",
    "covers",
]


class Stateful(models.Model):
    """What the workflow engine keeps on a thing; the subclass adds `status` with its choices."""

    status_since = models.DateTimeField(_("in this state since"), default=clock.now, editable=False)
    step = models.PositiveIntegerField(_("step"), default=0, editable=False)

    class Meta:
        abstract = True


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


class MailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, dropped_at=None)

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
            )
        ]

    def __str__(self):
        return f"{self.kind} → {self.address or self.to_id}"


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
