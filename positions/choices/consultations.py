from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConsultationKind(models.TextChoices):
    DRAFT_LAW = "draft_law", _("draft law")
    DRAFT_DECREE = "draft_decree", _("draft decree")
    CALL = "call", _("call for opinions")
    REQUEST = "request", _("request")


class Confidentiality(models.TextChoices):
    """Who may know of a consultation; staff and the board always do."""

    PUBLIC = "public", _("public")
    MEMBERS = "members", _("for members only")
    SECTIONS = "sections", _("for its sections and the board only")


class ConsultationState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("a consultation", "received")
    ASSIGNED = "assigned", pgettext_lazy("a consultation", "with the sections")
    ANSWERED = "answered", pgettext_lazy("a consultation", "answered by a position")
    LET_GO = "let_go", pgettext_lazy("a consultation", "let go")
    CLOSED = "closed", pgettext_lazy("a consultation", "closed")


class ConsultationAction(models.TextChoices):
    ASSIGN = "assign", _("Assign to sections")
    PASS = "pass", _("Let it go for the section")
    TAKE_UP = "take_up", _("Take it up again")
    ANSWER = "answer", _("Answer by a position")
    CHANGE_DUE = "change_due", _("Change the due date")
    TAKE_BACK = "take_back", _("Take back from a section")
    RECORD_SUMMARY = "record_summary", _("Record the published summary")
    CORRECT = "correct", _("Correct what was recorded")
    LET_GO = "let_go", _("Let it go")
    CLOSE = "close", pgettext_lazy("a consultation", "Close")


UNDECIDED = frozenset({ConsultationState.RECEIVED, ConsultationState.ASSIGNED})
"""Where somebody has still to say what becomes of it."""
CONSULTATION_TONES = {
    ConsultationState.RECEIVED: "waiting",
    ConsultationState.ASSIGNED: "active",
    ConsultationState.ANSWERED: "done",
    ConsultationState.LET_GO: "neutral",
    ConsultationState.CLOSED: "neutral",
}
