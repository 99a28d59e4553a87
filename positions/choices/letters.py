"""Letters to authorities, and what goes to and fro with them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterKind(models.TextChoices):
    COVER = "cover", _("cover letter")
    REMINDER = "reminder", _("reminder letter")
    REQUEST = "request", _("information request")


class Placeholder(models.TextChoices):
    """What a template of a letter may ask for; nothing else is ever filled in."""

    REFERENCE = "reference", _("number of the position")
    TITLE = "title", _("title of the position")
    KIND = "kind", _("kind of the position")
    SECTION = "section", _("name of the section")
    ASSOCIATION = "association", _("name of the association")
    ADDRESSEE = "addressee", _("name of the addressee")
    SIGNATORY = "signatory", _("signatory")
    RESOLUTION = "resolution", _("number of the board's resolution")
    SENT_ON = "sent_on", _("day of the submission")
    FILE_NUMBER = "file_number", _("file number of the authority")
    DUE_ON = "due_on", _("day the answer was due")
    TODAY = "today", _("day the letter is written")


class Direction(models.TextChoices):
    FROM = "from", pgettext_lazy("a message", "from the authority")
    TO = "to", pgettext_lazy("a message", "to the authority")


class Medium(models.TextChoices):
    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail")
    MEETING = "meeting", _("meeting")
    PHONE = "phone", _("phone call")


class MessageKind(models.TextChoices):
    INTERIM = "interim", _("interim answer")
    ANSWER = "answer", _("answer")
    REMINDER = "reminder", _("reminder letter")
    REQUEST = "request", _("information request")
    OTHER = "other", pgettext_lazy("with an authority", "message")


class AnswerClass(models.TextChoices):
    """What an answer as a whole amounts to; the points are told one by one besides."""

    ACCEPTED = "accepted", pgettext_lazy("an answer", "accepts what was asked for")
    PARTLY = "partly", pgettext_lazy("an answer", "accepts a part")
    REJECTED = "rejected", pgettext_lazy("an answer", "refuses")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("an answer", "only acknowledges receipt")
    FORWARDED = "forwarded", pgettext_lazy("an answer", "forwarded to another authority")
    NOT_COMPETENT = "not_competent", pgettext_lazy("an answer", "declares itself not competent")


ANSWERS = frozenset({MessageKind.INTERIM, MessageKind.ANSWER})
"""What of the log becomes public, once somebody has published a version without personal data."""
