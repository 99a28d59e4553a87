"""What comes of the forms of the correspondence, told before they are sent."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positions.choices import LetterKind
from positions.foretold import NO_MAIL

STAYS_INSIDE = ("lock", gettext_lazy("The section and the board read it; it is not public."))
LOGGING = [
    STAYS_INSIDE,
    ("clock", gettext_lazy("Where a reply is due, you are reminded under “Waiting for you”.")),
    ("info-circle", gettext_lazy("It is never deleted; what is wrong can be corrected later.")),
    *NO_MAIL,
]
PROVING = [
    ("lock", gettext_lazy("The section and the board can open it; it is not public.")),
    ("info-circle", gettext_lazy("It stays on record: it is never deleted.")),
    *NO_MAIL,
]
CORRECTING = [
    ("clock-history", gettext_lazy("What it said before is kept, and so is your reason.")),
    ("lock", gettext_lazy("If you change the words of a published answer, it is withdrawn.")),
    *NO_MAIL,
]
PUBLISHING = [
    ("globe", gettext_lazy("Everybody can read this text on the page of the position.")),
    ("lock", gettext_lazy("The original stays inside, as it came.")),
    ("arrow-counterclockwise", gettext_lazy("You can withdraw it at any time.")),
    *NO_MAIL,
]
PROMISING = [
    ("globe", gettext_lazy("Everybody can read it once the evaluation is concluded.")),
    ("clock", gettext_lazy("On its day it waits for you, and the coordinators get a letter.")),
]
JUDGING = [
    ("globe", gettext_lazy("Everybody can read whether it was kept.")),
    *NO_MAIL,
]


def letter_of(kind: LetterKind) -> list[tuple[str, Any]]:
    told = (
        _("It is made as PDF and DOCX, for you to sign and send; the portal sends nothing.")
        if kind == LetterKind.REMINDER
        else _("It is made as PDF and DOCX, for you to sign and send; the law sets the day.")
    )
    return [("file-earmark-text", told), *LOGGING]
