"""Content in the reader's language, or in the language it was written in.

What people write is Hungarian; a translation is a column of its own beside it: `name_en` beside
`name_hu`, or beside `name`. Whoever shows content asks here:

    localized(section, "mission")            the words, for a place that cannot say their language
    said(section, "mission")                 the words with their language (`Said`)
    said(section, "mission", language="sl")  the same for somebody who reads Slovenian: what makes
                                             files, feeds or indexes in a language of its own
    {{ section|worded:"mission" }}           in a template ({% load languages %}): marked up with
                                             `lang` where they are in another language than the page
    {{ position.text|in_hungarian }}         what is never translated

Positions keep translations of a version in a table of their own: see `positions.translated`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

ORIGINAL = "hu"
TRANSLATIONS = ("en", "sl")
LANGUAGES = (ORIGINAL, *TRANSLATIONS)


@dataclass(frozen=True)
class Said:
    """Words and the language they are in, which is Hungarian where there is no translation."""

    words: str
    language: str = ORIGINAL

    def __str__(self) -> str:
        return self.words


def reading() -> str:
    """The language that is read now: hu, en or sl."""
    return (get_language() or ORIGINAL)[:2]


def original(thing: Any, field: str) -> str:
    return getattr(thing, original_name(thing, field))


def original_name(thing: Any, field: str) -> str:
    """The name of the column of the original: `name_hu`, or `name` itself."""
    named = f"{field}_{ORIGINAL}"
    return named if hasattr(thing, named) else field


def said(thing: Any, field: str, *, language: str = "") -> Said:
    """The field in `language` (that of the reader, unless it is named), else as it was written."""
    language = language or reading()
    translation = "" if language == ORIGINAL else getattr(thing, f"{field}_{language}", "")
    return Said(translation, language) if translation else Said(original(thing, field))


def localized(thing: Any, field: str) -> str:
    """The field in the active language, or in Hungarian where there is no translation."""
    return said(thing, field).words


def named_in(sentence: Any, name: str) -> SafeString:
    """A sentence of the portal as HTML, in which what it names by its Hungarian words says so."""
    parts = str(sentence).split(name) if name else [sentence]
    return format_html_join(marked(name), "{}", ((part,) for part in parts))


def marked(words: Any, language: str = ORIGINAL) -> SafeString:
    """Words as HTML, with their language where it is another one than the reader's."""
    if not words or language == reading():
        return conditional_escape(words)
    return format_html('<span lang="{}">{}</span>', language, words)
