from django.db import models
from django.utils.translation import gettext_lazy as _


class AmendmentKind(models.TextChoices):
    WORDING = "wording", _("new wording")
    INSERTION = "insertion", _("insertion")
    DELETION = "deletion", _("deletion")


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    CHANGED = "changed", _("accepted in changed form")
    REJECTED = "rejected", _("rejected")
    TO_VOTE = "to_vote", _("carried to the vote")
    CARRIED = "carried", _("adopted by vote")
    LOST = "lost", _("lost in the vote")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AmendmentAction(models.TextChoices):
    ACCEPT = "accept", _("Accept")
    ACCEPT_CHANGED = "accept_changed", _("Accept in a changed form")
    CARRY_TO_VOTE = "carry_to_vote", _("Carry to the vote")
    REJECT = "reject", _("Reject")
    RECONSIDER = "reconsider", _("Reconsider")
    WITHDRAW = "withdraw", _("Withdraw")
    ADOPT = "adopt", _("Adopt by vote")
    LOSE = "lose", _("Lose in the vote")
    REOPEN = "reopen", _("Reopen for reworking")


AMENDMENT_TONES = {
    AmendmentState.PROPOSED: "waiting",
    AmendmentState.ACCEPTED: "done",
    AmendmentState.CHANGED: "done",
    AmendmentState.REJECTED: "refused",
    AmendmentState.TO_VOTE: "active",
    AmendmentState.CARRIED: "done",
    AmendmentState.LOST: "refused",
    AmendmentState.WITHDRAWN: "neutral",
}
OPEN_AMENDMENTS = frozenset({AmendmentState.PROPOSED, AmendmentState.TO_VOTE})
"""Not disposed of yet: they may still become part of the text."""
