"""What a move of a consultation will do, told before it is made."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from core.workflow import Move
from positions.choices import Confidentiality, ConsultationAction
from positions.consultation_notices import leading
from positions.models import Consultation
from positions.plan import AHEAD

Told = list[tuple[str, Any]]

NO_MAIL: Told = [("envelope", gettext_lazy("Nobody gets mail."))]
ALSO: dict[str, Told] = {
    ConsultationAction.ASSIGN: [
        ("people", gettext_lazy("The sections see it, and decide whether to say something.")),
        ("envelope", gettext_lazy("Their coordinators and chairs get mail.")),
    ],
    ConsultationAction.PASS: [
        ("eye", gettext_lazy("The members of the association can read your reason.")),
        ("arrow-counterclockwise", gettext_lazy("You can take it up again until it is closed.")),
        *NO_MAIL,
    ],
    ConsultationAction.TAKE_UP: [
        ("list-check", gettext_lazy("It waits for your section again.")),
        *NO_MAIL,
    ],
    ConsultationAction.TAKE_BACK: [
        ("list-check", gettext_lazy("It waits for the section no more.")),
        *NO_MAIL,
    ],
    ConsultationAction.CORRECT: [
        ("clock", gettext_lazy("The time the law asks for is reckoned anew; the due date stays.")),
        ("people", gettext_lazy("Whoever you let know of it can read it at once.")),
        *NO_MAIL,
    ],
    ConsultationAction.LET_GO: [
        ("eye", gettext_lazy("The members of the association can read your reason.")),
        *NO_MAIL,
    ],
    ConsultationAction.CLOSE: [
        ("lock", gettext_lazy("Nothing more can be done about it but recording the summary.")),
        *NO_MAIL,
    ],
}
READERS = {
    Confidentiality.PUBLIC: ("globe", gettext_lazy("Everybody can read what you enter.")),
    Confidentiality.MEMBERS: (
        "people",
        gettext_lazy("The members of the association can read what you enter."),
    ),
    Confidentiality.SECTIONS: (
        "lock",
        gettext_lazy("Its sections and the board can read what you enter."),
    ),
}
CAN_OPEN = {
    Confidentiality.PUBLIC: ("globe", gettext_lazy("Everybody can open the file at once.")),
    Confidentiality.MEMBERS: (
        "people",
        gettext_lazy("The members of the association can open the file at once."),
    ),
    Confidentiality.SECTIONS: (
        "lock",
        gettext_lazy("Its sections and the board can open the file at once."),
    ),
}


def attaching_to(consultation: Consultation) -> Told:
    return [CAN_OPEN[Confidentiality(consultation.confidentiality)], *NO_MAIL]


def consequences(consultation: Consultation, move: Move) -> Told:
    """Pairs of icon and sentence for the component of that name."""
    if move.action == ConsultationAction.CHANGE_DUE:
        return _of_changed_day(consultation)
    if move.action == ConsultationAction.RECORD_SUMMARY:
        return [READERS[Confidentiality(consultation.confidentiality)], *NO_MAIL]
    return ALSO.get(move.action, [])


def _of_changed_day(consultation: Consultation) -> Told:
    held = [each.section_id for each in consultation.standing if each.is_held]
    heard = leading(held).count()
    carried = consultation.positions.filter(
        authority_deadline=consultation.due_on, status__in=AHEAD
    ).count()
    told: Told = []
    if carried:
        sentence = ngettext(
            "%(count)d position under way gets the new deadline.",
            "%(count)d positions under way get the new deadline.",
            carried,
        )
        told.append(("calendar-event", sentence % {"count": carried}))
    if not heard:
        return [*told, *NO_MAIL]
    letters = ngettext(
        "%(count)d person gets mail: who leads a section that has it.",
        "%(count)d people get mail: those who lead a section that has it.",
        heard,
    )
    return [*told, ("envelope", letters % {"count": heard})]
