"""Whether a translation is missing, current, or older than its original.

A row remembers of every translation which original it was made from, by fingerprint, and which
translation that was. Changing the words of a translation makes it one of the original of that
moment; changing the original alone leaves it behind; who finds that it is right all the same says
so (`core.translating.confirm`).
"""

import hashlib
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.localized import TRANSLATIONS, original


class Freshness(models.TextChoices):
    CURRENT = "current", _("up to date")
    OUTDATED = "outdated", _("older than the original")
    MISSING = "missing", _("missing")


def fingerprint(words: str) -> str:
    """The same for the same words, whoever typed their line ends: 16 hexadecimal digits."""
    alike = words.replace("\r\n", "\n").strip()
    return hashlib.sha256(alike.encode()).hexdigest()[:16]


def freshness(before: str, translation: str, made_from: list[str] | None) -> Freshness | None:
    """Of one translation of the original `before`; None where there is nothing to translate."""
    if not before:
        return None
    if not translation:
        return Freshness.MISSING
    same = made_from is not None and made_from[0] == fingerprint(before)
    return Freshness.CURRENT if same else Freshness.OUTDATED


def made_from(thing: Any, fields: tuple[str, ...], known: dict[str, list[str]]) -> dict:
    """For each translation the fingerprints of its original and of itself. What is `known` stands
    while the words of the translation are the same; else it is a new one, of today's original."""
    found = {}
    for field in fields:
        for language in TRANSLATIONS:
            name = f"{field}_{language}"
            if translation := getattr(thing, name):
                now = [fingerprint(original(thing, field)), fingerprint(translation)]
                before = known.get(name)
                found[name] = before if before and before[1] == now[1] else now
    return found


class MadeFromField(models.JSONField):
    """Written anew at each save, as a derived column is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"editable": False, "default": dict, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def pre_save(self, model_instance, add):
        known = getattr(model_instance, self.attname)
        value = made_from(model_instance, model_instance.TRANSLATED, known)
        setattr(model_instance, self.attname, value)
        return value


class Translated(models.Model):
    """A row with fields that have translations beside them; `TRANSLATED` names these fields."""

    TRANSLATED: ClassVar[tuple[str, ...]] = ("name",)
    EDITED_WITH: ClassVar[str] = ""
    """The foreign key of the thing on whose page it is edited, where it has none of its own."""

    made_from = MadeFromField()

    class Meta:
        abstract = True

    def freshness_of(self, field: str, language: str) -> Freshness | None:
        name = f"{field}_{language}"
        words = getattr(self, name)
        return freshness(original(self, field), words, self.made_from.get(name))


def translated_models() -> list[type[Translated]]:
    return [model for model in apps.get_models() if issubclass(model, Translated)]
