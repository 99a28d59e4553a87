from django.db import models
from django.utils.translation import gettext_lazy as _


class LibraryKind(models.TextChoices):
    COUNTY = "county", _("county library")
    CITY = "city", _("city library")
    MUNICIPAL = "municipal", _("municipal library")
    ACADEMIC = "academic", _("academic library")
    SCHOOL = "school", _("school library")
    SPECIAL = "special", _("special library")
    NATIONAL = "national", _("national library")


class MandateKind(models.TextChoices):
    REPRESENTATIVE = "representative", _("representative")
    DEPUTY = "deputy", _("deputy representative")
    BOARD_MEMBER = "board_member", _("board member")
    BOARD_CHAIR = "board_chair", _("chair of the board")
    BOARD_SECRETARY = "board_secretary", _("secretary of the board")


LIBRARY_MANDATES = frozenset({MandateKind.REPRESENTATIVE, MandateKind.DEPUTY})
BOARD_MANDATES = frozenset(
    {MandateKind.BOARD_MEMBER, MandateKind.BOARD_CHAIR, MandateKind.BOARD_SECRETARY}
)
SINGLE_MANDATES = frozenset({MandateKind.BOARD_CHAIR, MandateKind.BOARD_SECRETARY})
"""One person at a time."""
VOTING_BOARD_MANDATES = frozenset({MandateKind.BOARD_MEMBER, MandateKind.BOARD_CHAIR})


class AuthorityKind(models.TextChoices):
    STATE = "state", _("state body")
    MUNICIPAL = "municipal", _("municipal body")
    OTHER = "other", _("other body")


class ApplicationStatus(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ChangeStatus(models.TextChoices):
    PROPOSED = "proposed", _("waiting for approval")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


CHANGE_TONES = {
    ChangeStatus.PROPOSED: "waiting",
    ChangeStatus.APPROVED: "done",
    ChangeStatus.REFUSED: "refused",
    ChangeStatus.WITHDRAWN: "neutral",
}
"""The tone a state's badge has everywhere."""


class ReportStatus(models.TextChoices):
    OPEN = "open", _("open")
    SETTLED = "settled", _("settled")
    DISMISSED = "dismissed", _("dismissed")


class BarrierStatus(models.TextChoices):
    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")


class ApplicationAction(models.TextChoices):
    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")
    WITHDRAW = "withdraw", _("Record the withdrawal")


class ChangeAction(models.TextChoices):
    APPROVE = "approve", _("Approve")
    REFUSE = "refuse", _("Refuse")
    WITHDRAW = "withdraw", _("Withdraw")


class ReportAction(models.TextChoices):
    SETTLE = "settle", _("Mark as settled")
    DISMISS = "dismiss", _("Dismiss")


class BarrierAction(models.TextChoices):
    ANSWER = "answer", _("Answer")


class ErasureStatus(models.TextChoices):
    ASKED = "asked", _("waiting for a second person")
    CONFIRMED = "confirmed", _("being carried out")
    DONE = "done", _("carried out")
    REFUSED = "refused", _("refused")


class ErasureAction(models.TextChoices):
    CONFIRM = "confirm", _("Confirm the erasure")
    REFUSE = "refuse", _("Refuse")
    CARRY_OUT = "carry_out", _("Carry out")


class ErasureGround(models.TextChoices):
    """Of Article 17 (1) of the General Data Protection Regulation."""

    WISHED = "wished", _("the person asks for it")
    NOT_NEEDED = "not_needed", _("the data is not needed any more")
    UNLAWFUL = "unlawful", _("there is no lawful basis for keeping it")
    OBLIGED = "obliged", _("a law or an authority demands it")
