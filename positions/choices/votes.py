from django.db import models
from django.utils.translation import gettext_lazy as _


class BallotKind(models.TextChoices):
    SECTION = "section", _("section vote")
    AMENDMENT = "amendment", _("vote on an amendment")
    BOARD = "board", _("ballot of the board")


class Choice(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NO_OBJECTION = "no_objection", _("no objection")
    CONCERN = "concern", _("blocking concern")
    ABSTAIN = "abstain", _("abstention")
    RECUSE = "recuse", _("taking no part, for conflict of interest")


SEALED_CHOICES = (Choice.YES, Choice.NO, Choice.ABSTAIN)
"""What nobody learns of a library in a secret vote; that it takes no part is said openly."""
SECTION_CHOICES = (*SEALED_CHOICES, Choice.RECUSE)
BOARD_CHOICES = (
    Choice.YES,
    Choice.NO_OBJECTION,
    Choice.CONCERN,
    Choice.ABSTAIN,
    Choice.RECUSE,
)


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    CHANGED = "changed", _("accepted with changes")
    REJECTED = "rejected", _("rejected")
    RETURNED = "returned", _("returned")


VERDICT_TONES = {
    Verdict.ACCEPTED: "done",
    Verdict.CHANGED: "info",
    Verdict.REJECTED: "refused",
    Verdict.RETURNED: "waiting",
}
