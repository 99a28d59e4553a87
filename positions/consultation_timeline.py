"""What happened to a consultation, from the audit chain, in people's words."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import audit
from positions.choices import CONSULTATION_TONES, ConsultationAction, ConsultationState
from positions.consulting import RECORD
from positions.models import Consultation
from positions.timeline import ACTS as OF_POSITIONS
from positions.timeline import ATTACH, PUT_BACK, TAKE_AWAY
from sections.models import Section

ACTS = {
    RECORD: gettext_lazy("It was recorded"),
    ConsultationAction.ASSIGN: gettext_lazy("It was assigned to sections"),
    ConsultationAction.PASS: gettext_lazy("A section let it go"),
    ConsultationAction.TAKE_UP: gettext_lazy("A section took it up again"),
    ConsultationAction.ANSWER: gettext_lazy("It has been answered by a position"),
    ConsultationAction.CHANGE_DUE: gettext_lazy("The due date was changed"),
    ConsultationAction.TAKE_BACK: gettext_lazy("It was taken back from a section"),
    ConsultationAction.RECORD_SUMMARY: gettext_lazy("The authority's summary was recorded"),
    ConsultationAction.CORRECT: gettext_lazy("What was recorded was corrected"),
    ConsultationAction.LET_GO: gettext_lazy("It was let go"),
    ConsultationAction.CLOSE: pgettext_lazy("a consultation", "It was closed"),
    **{act: OF_POSITIONS[act] for act in (ATTACH, TAKE_AWAY, PUT_BACK)},
}
OUTSIDE = {RECORD, ConsultationAction.CHANGE_DUE, ConsultationAction.RECORD_SUMMARY}


def entries(
    consultation: Consultation, history: list[audit.AuditEntry], *, inside: bool
) -> list[dict]:
    """For the timeline component, newest first. Those outside read no name, no reason and no
    section: what the association does about it is told by the positions it makes public."""
    sections = _sections(history) if inside else {}
    shown = history if inside else [entry for entry in history if entry.action in OUTSIDE]
    return [_entry(entry, sections, inside=inside) for entry in shown]


def _sections(history) -> dict[int, Section]:
    pks = {pk for entry in history for pk in _of(entry.payload)}
    return {section.pk: section for section in Section.objects.filter(pk__in=pks)} if pks else {}


def _entry(entry, sections, *, inside) -> dict[str, Any]:
    changed = entry.source != entry.target and entry.target in ConsultationState
    return {
        "when": entry.at,
        "what": _what(entry, sections),
        "who": str(entry.actor or "") if inside else "",
        "note": entry.note if inside else "",
        "tone": CONSULTATION_TONES[ConsultationState(entry.target)] if changed else "neutral",
    }


def _what(entry, sections) -> str:
    act = str(ACTS.get(entry.action, entry.action))
    facts = [str(sections[pk]) for pk in _of(entry.payload) if pk in sections]
    facts += [
        date_format(date.fromisoformat(entry.payload[name]))
        for name in ("due_on", "published_on")
        if name in entry.payload
    ]
    if not facts:
        return act
    return _("%(act)s: %(facts)s") % {"act": act, "facts": ", ".join(facts)}


def _of(payload) -> list[int]:
    return [*payload.get("sections", ()), *([payload["section"]] if "section" in payload else ())]
