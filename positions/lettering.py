"""How letters to authorities begin: a template's words, filled in by plain substitution.

Nothing else happens to a template: it is no program, and what is filled in is not looked through
again for placeholders.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from core import clock
from positions.choices import LetterKind, Placeholder
from positions.models import LetterTemplate, Position
from positions.models.letters import PLACEHOLDER

UNKNOWN = "…"
"""Stands where nothing is known yet, for whoever writes the letter to fill in."""
LONGEST_SUBJECT = LetterTemplate._meta.get_field("subject").max_length


@dataclass(frozen=True)
class Letter:
    language: str
    subject: str
    body: str


def begin(position: Position, kind: LetterKind, *, language: str, signatory: str = "") -> Letter:
    """The letter of the kind as its template has it; without a template it is still unwritten."""
    template = LetterTemplate.objects.filter(kind=kind, language=language).first()
    if template is None:
        return Letter(language, position.title, "")
    with override(language):
        known = facts(position, signatory=signatory)
    subject = fill(template.subject, known)[:LONGEST_SUBJECT]
    return Letter(language, subject, fill(template.body, known))


def fill(text: str, known: dict[str, str]) -> str:
    """Only what is on the list of placeholders; anything else stays as it was written."""

    def word(found):
        if found[1] not in Placeholder.values:
            return found[0]
        return known.get(found[1]) or UNKNOWN

    return PLACEHOLDER.sub(word, text)


def facts(position: Position, *, signatory: str = "") -> dict[str, str]:
    """What is known of the position, in the language that is spoken now."""
    sent = position.sent
    addressee = sent.addressee if sent else position.addressee
    return {
        Placeholder.REFERENCE: position.reference,
        Placeholder.TITLE: position.title,
        Placeholder.KIND: position.get_kind_display(),
        Placeholder.SECTION: str(position.section),
        Placeholder.ASSOCIATION: str(settings.SITE_NAME),
        Placeholder.ADDRESSEE: str(addressee or ""),
        Placeholder.SIGNATORY: signatory or (sent and sent.signatory) or position.signatory,
        Placeholder.RESOLUTION: next((each.resolution for each in position.resolutions), ""),
        Placeholder.SENT_ON: _day(sent and sent.sent_on),
        Placeholder.FILE_NUMBER: sent.file_number if sent else "",
        Placeholder.DUE_ON: _day(sent and sent.due_on),
        Placeholder.TODAY: _day(clock.today()),
    }


def _day(day: Any) -> str:
    return date_format(day) if day else ""
