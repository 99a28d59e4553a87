from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core import clock
from core.files import kind_labelled
from core.models import StoredFile
from positions.choices import ANSWERS, AnswerClass, Direction, Medium, MessageKind
from positions.models.letters import Package
from positions.models.submissions import Submission


class MessageQuerySet(models.QuerySet):
    def open(self):
        """Something is still expected by a day: by us or by the authority."""
        return self.filter(due_on__isnull=False, settled_on=None)

    def answers(self):
        return self.filter(kind__in=ANSWERS)


class Message(models.Model):
    """An entry of the log with the authority: what came, what went, what was said.

    It is never deleted; what is wrong is corrected by an edit that gives its reason. The text is
    for those inside: what everybody reads is `published_text`, written without personal data.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="messages", verbose_name=_("submission")
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=MessageKind, default=MessageKind.OTHER
    )
    direction = models.CharField(
        _("direction"), max_length=5, choices=Direction, default=Direction.FROM
    )
    medium = models.CharField(
        _("way it came or went"), max_length=10, choices=Medium, default=Medium.LETTER
    )
    received_on = models.DateField(_("day"))
    file_number = models.CharField(_("file number"), max_length=60, blank=True)
    classified = models.CharField(
        _("what the answer amounts to"), max_length=20, choices=AnswerClass, blank=True
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("what it says"))
    due_on = models.DateField(_("reply due"), null=True)
    reckoning = models.JSONField(_("how the day was reckoned"), null=True, editable=False)
    settled_on = models.DateField(_("settled on"), null=True)
    package = models.OneToOneField(
        Package,
        on_delete=models.PROTECT,
        null=True,
        related_name="message",
        verbose_name=_("package"),
    )
    published_text = models.TextField(_("text without personal data"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), default=clock.now)
    step = models.PositiveIntegerField(_("step"), default=0, editable=False)

    objects = MessageQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("message with an authority")
        verbose_name_plural = _("messages with authorities")
        ordering = ["received_on", "pk"]
        indexes = [models.Index(fields=["settled_on", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(published_text=""),
                name="positions_message_published_with_words",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(kind__in=sorted(ANSWERS)),
                name="positions_message_only_answers_are_published",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.received_on}"

    @property
    def is_answer(self) -> bool:
        return self.kind in ANSWERS

    @property
    def is_open(self) -> bool:
        return self.due_on is not None and self.settled_on is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < clock.today()


class RecordFile(StoredFile):
    """A file on record, for those inside: with a message, or, alone, the proof of sending."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="files", verbose_name=_("submission")
    )
    message = models.ForeignKey(
        Message,
        on_delete=models.PROTECT,
        null=True,
        related_name="files",
        verbose_name=_("message"),
    )

    class Meta:
        verbose_name = _("file on record")
        verbose_name_plural = _("files on record")
        ordering = ["uploaded_at", "pk"]

    def __str__(self):
        return self.name

    @property
    def kind(self) -> str:
        return kind_labelled(self.media_type)
