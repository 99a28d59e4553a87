from dataclasses import fields

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.search.asking import Question


class SearchDocument(models.Model):
    """What is known of one thing for finding it: derived, and made anew by `reindex`.

    The key itself is the order among equals (see `keeping.order_of`), the same on every database.
    The database keeps an index of `tokens` beside it (see `core.search.index`).
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField(_("number of the thing"))
    section = models.BigIntegerField(_("section"), null=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    state = models.CharField(_("state"), max_length=20, blank=True)
    county = models.CharField(_("county"), max_length=6, blank=True)
    day = models.DateField(_("day"), null=True)
    reference = models.CharField(_("number"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=200)
    digest = models.CharField(_("fingerprint"), max_length=64)
    indexed_at = models.DateTimeField(_("indexed"), default=clock.now)
    names = models.TextField(_("names"), blank=True)
    words = models.JSONField(_("titles and texts by language"))
    tokens = models.TextField(_("tokens"))

    class Meta:
        verbose_name = _("document of the search")
        verbose_name_plural = _("documents of the search")
        ordering = ["-id"]
        indexes = [models.Index(fields=["year", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="core_searchdocument_one_of_a_thing"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class SearchProgress(models.Model):
    """How far the index has followed a stream of changes; its first row is the indexer's lock."""

    stream = models.CharField(_("stream of changes"), max_length=60, unique=True)
    seen = models.CharField(_("followed to"), max_length=60, blank=True)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)

    class Meta:
        verbose_name = _("progress of the search index")
        verbose_name_plural = _("progress of the search index")
        ordering = ["stream"]

    def __str__(self):
        return self.stream


class Cadence(models.TextChoices):
    AT_ONCE = "at_once", pgettext_lazy("letters", "at once")
    DAILY = "daily", pgettext_lazy("letters", "once a day")
    WEEKLY = "weekly", pgettext_lazy("letters", "once a week")
    NEVER = "never", pgettext_lazy("letters", "never")


class SavedSearch(models.Model):
    """What somebody wants to hear of: a question, and what it was answered with so far."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_searches",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=80)
    asked = models.JSONField(_("question"), default=dict)
    cadence = models.CharField(
        _("letters about what is new"), max_length=10, choices=Cadence, default=Cadence.DAILY
    )
    known = models.JSONField(_("known already"), default=list)
    looked_at = models.DateTimeField(_("looked at"), default=clock.now)
    created_at = models.DateTimeField(_("saved"), default=clock.now)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["cadence", "looked_at"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="core_savedsearch_named_once")
        ]

    def __str__(self):
        return self.name

    @property
    def question(self) -> Question:
        """What was asked; of what it was narrowed by only what there still is."""
        names = {each.name for each in fields(Question)}
        return Question(**{name: word for name, word in self.asked.items() if name in names})
