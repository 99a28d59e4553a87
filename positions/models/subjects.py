from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONArray
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.aggregates import Gathered
from core.fields import DerivedTextField
from core.text import fold
from core.translated import Translated

TOPIC_WORDS = ("name", "folded", "name_en", "name_sl")
"""What a row of a topic says: its name, its order, its translations."""


class Topic(Translated):
    """A subject heading by which positions on the same matter are found again."""

    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=80, blank=True)
    folded = DerivedTextField(derive=lambda topic: fold(topic.name))

    history = HistoricalRecords(excluded_fields=["folded", "made_from"])

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["folded"]
        constraints = [models.UniqueConstraint(fields=["folded"], name="positions_topic_once")]

    def __str__(self):
        return self.name


class Law(models.Model):
    """A law, decree or other source of law that a position cites, by its usual citation."""

    citation = models.CharField(_("citation"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        ordering = ["citation"]

    def __str__(self):
        return self.citation


def subject_rows(position: Any) -> dict[str, Subquery]:
    """For a query of the model `position`: key, name and order of its topics and of its laws."""
    topic = JSONArray("topic", *(f"topic__{name}" for name in TOPIC_WORDS))
    law = JSONArray("law", "law__citation", "law__citation")
    return {
        "topic_rows": _gathered(position.topics.through, topic),
        "law_rows": _gathered(position.laws.through, law),
    }


def _gathered(through: Any, row: JSONArray) -> Subquery:
    rows = through.objects.filter(position=OuterRef("pk")).order_by().values("position")
    return Subquery(rows.values(rows=Gathered(row)))
