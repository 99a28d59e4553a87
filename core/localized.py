"""Content kept in one column per language, read in the reader's."""

from django.utils.translation import get_language


def localized(thing, field: str) -> str:
    """The field in the active language, or in Hungarian where there is no translation."""
    language = (get_language() or "hu")[:2]
    return getattr(thing, f"{field}_{language}", "") or getattr(thing, f"{field}_hu")
