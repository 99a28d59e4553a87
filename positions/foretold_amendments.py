"""What proposing, supporting and deciding on an amendment will do, told before it is done."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from positions.amendment_notices import to_hear_of_decision, to_hear_of_proposal
from positions.choices import AmendmentAction
from positions.foretold import NO_MAIL, followed, mail_of_new_text
from positions.models import Amendment, Position
from positions.timeline import SAVE

STAYS_INSIDE = (
    "lock",
    gettext_lazy("It stays in the section and the board; it does not become public."),
)
ALSO = {
    AmendmentAction.ACCEPT: [
        ("file-earmark-text", gettext_lazy("It makes the next version of the text at once.")),
    ],
    AmendmentAction.ACCEPT_CHANGED: [
        ("file-earmark-text", gettext_lazy("Your wording makes the next version at once.")),
        ("layers", gettext_lazy("What the library proposed is kept beside it.")),
    ],
    AmendmentAction.CARRY_TO_VOTE: [
        ("clipboard-check", gettext_lazy("The libraries vote on it together with the text.")),
        ("arrow-return-left", gettext_lazy("Until the vote opens you can reconsider it.")),
    ],
    AmendmentAction.REJECT: [
        ("eye", gettext_lazy("The section reads your reason.")),
    ],
    AmendmentAction.RECONSIDER: [
        ("clock", gettext_lazy("It must be decided on anew before the vote can open.")),
    ],
    AmendmentAction.WITHDRAW: [
        ("x-circle", gettext_lazy("It cannot be taken up again; a new one can be proposed.")),
    ],
}
ACCEPTING = {AmendmentAction.ACCEPT, AmendmentAction.ACCEPT_CHANGED}
UNHEARD = {AmendmentAction.RECONSIDER, AmendmentAction.WITHDRAW}


def of_proposing(position: Position, *, by: Any) -> list[tuple[str, Any]]:
    count = to_hear_of_proposal(position, by=by).count()
    mail = ngettext(
        "%(count)d person gets mail: the coordinator of the section.",
        "%(count)d people get mail: the coordinators of the section.",
        count,
    )
    return [
        ("people", _("The section reads it with your library's name and yours.")),
        ("clipboard-check", _("It is decided on after the comments are closed.")),
        ("envelope", mail % {"count": count} if count else _("Nobody gets mail.")),
        STAYS_INSIDE,
    ]


def of_step(
    amendment: Amendment, action: str, *, by: Any, rivals: Sequence[Amendment]
) -> list[tuple[str, Any]]:
    told = list(ALSO[AmendmentAction(action)])
    if rivals and action in ACCEPTING:
        numbers = ", ".join(str(other.number) for other in rivals)
        sentence = _("These can then be accepted in a changed form only, or rejected: %(numbers)s.")
        told.append(("exclamation-triangle", sentence % {"numbers": numbers}))
    mail = _mail(amendment, action, by)
    if action not in ACCEPTING:
        return [*told, *(mail or NO_MAIL)]
    position = amendment.position
    mail += mail_of_new_text(position, by)
    return followed([*told, *(mail or NO_MAIL)], SAVE, position, by=by)


def _mail(amendment, action, by):
    hears = action not in UNHEARD
    count = to_hear_of_decision(amendment, by=by).count() if hears else 0
    if not count:
        return []
    sentence = ngettext(
        "%(count)d person gets mail: who acts for the library that proposed it.",
        "%(count)d people get mail: those who act for the library that proposed it.",
        count,
    )
    return [("envelope", sentence % {"count": count})]
