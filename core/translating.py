"""What staff do about translations besides writing them."""

from typing import Any

from django.db import transaction

from core import audit
from core.localized import original
from core.translated import Freshness, Translated, fingerprint
from core.workflow import Overtaken, lock

CONFIRM = "confirm_translation"


@transaction.atomic
def confirm(*, thing: Translated, field: str, language: str, by: Any, seen: str) -> Translated:
    """The translation says what its original says by now: nothing of its words changes.

    `seen` is the fingerprint of the original that was looked at. Overtaken if it is another one,
    or if the translation is not outdated any more."""
    thing = lock(thing)
    now = fingerprint(original(thing, field))
    if now != seen or thing.freshness_of(field, language) != Freshness.OUTDATED:
        raise Overtaken(thing, by=by, action=CONFIRM)
    name = f"{field}_{language}"
    thing.made_from[name] = [now, fingerprint(getattr(thing, name))]
    thing.save(update_fields=["made_from"])
    payload = {"field": field, "language": language}
    audit.record(thing=thing, action=CONFIRM, by=by, payload=payload)
    return thing
