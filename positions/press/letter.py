"""A letter to an authority as a sheet, in the language that is spoken now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from positions.models import Position
from positions.press.sheet import Sheet


@dataclass(frozen=True)
class Written:
    """What a letter says, to whom, and what goes along; `label` says what sort of letter it is."""

    label: str
    subject: str
    body: str
    addressee: str
    file_number: str
    enclosures: Sequence[str]
    at: datetime


def sheet_of(letter: Written, position: Position) -> Sheet:
    facts = [
        (_("Addressee"), letter.addressee),
        (_("Our number"), position.reference),
        (_("Your file number"), letter.file_number),
    ]
    context = {
        "letter": letter,
        "facts": [(term, value) for term, value in facts if value],
        "language": get_language(),
    }
    return Sheet(
        language=get_language(),
        association=str(settings.SITE_NAME),
        section=str(position.section),
        reference=position.reference,
        version=letter.label,
        title=letter.subject,
        body=render_to_string("positions/sheet/letter.html", context),
        saved=int(letter.at.timestamp()),
    )
