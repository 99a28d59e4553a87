from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who reads a comment; staff read all, the board what the section reads."""

    DRAFTERS = "drafters", _("the drafting group")
    SECTION = "section", _("the section")
    MEMBERS = "members", _("all member libraries")


class Stand(models.TextChoices):
    """Where a library stands on the present text of a position."""

    ENDORSES = "endorses", _("endorses it")
    RESERVES = "reserves", _("endorses it with a reservation")
    WAITS = "waits", _("to confirm it again")
    DISSENTS = "dissents", _("filed a minority opinion")
    SPEAKS = "speaks", _("has joined the discussion")
    SILENT = "silent", _("has not spoken yet")


class DocumentKind(models.TextChoices):
    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document (DOCX)")
    ODT = "odt", _("OpenDocument text (ODT)")
    REDLINE = "redline", _("Word document with tracked changes (DOCX)")


class Part(models.TextChoices):
    """What a version consists of, as far as people change it apart from each other."""

    TITLE = "title", _("Title")
    ADDRESSEE = "addressee", _("Addressee")
    PARAGRAPH = "paragraph", _("Paragraph")
    POINT = "point", _("Point")


SINGLE_PARTS = frozenset({Part.TITLE, Part.ADDRESSEE})


class Keep(models.TextChoices):
    """What is kept where two people changed the same thing."""

    THEIRS = "theirs", _("Keep theirs")
    MINE = "mine", _("Keep mine")
    BOTH = "both", _("Keep both, theirs first")
