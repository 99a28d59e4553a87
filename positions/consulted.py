"""What pages show of consultations: what the sections do about them, cut to the reader."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit
from core.icalendars import Date
from core.templatetags.ui import day
from core.workflow import Move
from positions import consultation_timeline, policy, windows
from positions.choices import Confidentiality, ConsultationAction, ConsultationState, Kind
from positions.consulting import CONSULTATIONS
from positions.models import Assignment, Consultation, ConsultationFile, Position
from positions.models.consultations import NO_ANSWER
from sections.models import Section

NEXT = {
    ConsultationState.RECEIVED: gettext_lazy("it is assigned to sections, or let go."),
    ConsultationState.ASSIGNED: gettext_lazy("each section starts a position, or lets it go."),
}
WITH_SECTIONS = frozenset({ConsultationState.ASSIGNED, ConsultationState.ANSWERED})
BEGUN = gettext_lazy("the positions on it are submitted.")
BUTTON_TONES = {"primary": "primary", "secondary": "secondary", "refusal": "danger"}


@dataclass(frozen=True)
class Line:
    """What a section does about it; `positions` are those the reader may see."""

    section: Section
    words: str
    reason: str = ""
    positions: list[Position] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    consultation: Consultation
    inside: bool
    lines: list[Line]

    @property
    def tone(self) -> str:
        return "waiting" if self.consultation.status in NEXT else "plain"


@dataclass(frozen=True)
class Button:
    label: Any
    url: str
    tone: str = "secondary"
    icon: str = ""
    blocked: str = ""


@dataclass(frozen=True)
class Page(Shown):
    facts: list[tuple[str, Any]]
    buttons: list[Button]
    files: list[ConsultationFile]
    may_attach: bool
    timeline: list[dict]
    untouched: frozenset[int]

    @property
    def holder(self) -> str:
        """Who has to say what becomes of it."""
        match self.consultation.status:
            case ConsultationState.RECEIVED:
                return _("The staff of the association")
            case ConsultationState.ASSIGNED:
                held = [each for each in self.consultation.standing if each.is_held]
                return ", ".join(str(each.section) for each in held)
        return _("Nobody: it has been dealt with")

    @property
    def next(self) -> Any:
        if self.consultation.status == ConsultationState.ASSIGNED and not self.untouched:
            return BEGUN
        return NEXT.get(self.consultation.status, "")

    @property
    def ball_tone(self) -> str:
        if self.consultation.status not in NEXT:
            return "closed"
        if self.consultation.is_over:
            return "overdue"
        return "mine" if any(button.tone == "primary" for button in self.buttons) else "waiting"


def listed(consultations: Iterable[Consultation], person: Any) -> list[Shown]:
    """In one query more than what was read along with them."""
    inside, found = policy.follows_consultations(person), list(consultations)
    started = _started([each.pk for each in found], person)
    return [Shown(each, inside, _lines(each, started.get(each.pk, []), inside)) for each in found]


def read(consultation: Consultation, person: Any) -> Page:
    inside = policy.follows_consultations(person)
    started = _started([consultation.pk], person).get(consultation.pk, [])
    history = list(audit.of(consultation))
    untouched = _untouched(consultation, started)
    return Page(
        consultation=consultation,
        inside=inside,
        lines=_lines(consultation, started, inside),
        facts=facts(consultation, inside=inside),
        buttons=_buttons(consultation, person, untouched),
        untouched=untouched,
        files=list(consultation.attachments.kept().select_related("uploaded_by")),
        may_attach=policy.may_attach_what_came(person, consultation),
        timeline=consultation_timeline.entries(consultation, history, inside=inside),
    )


def facts(consultation: Consultation, *, inside: bool) -> list[tuple[str, Any]]:
    """Term and value; who may know of it is told to those who might let it on."""
    found = [
        (_("From"), consultation.authority),
        (_("Kind"), consultation.get_kind_display()),
        (_("Received on"), day(consultation.received_on)),
    ]
    if consultation.published_on:
        found.append((_("Published on"), day(consultation.published_on)))
    if consultation.file_number:
        found.append((_("File number"), consultation.file_number))
    if consultation.due_on:
        found.append((_("Time given"), windows.given_in_words(consultation)))
    found.append((_("Time the law asks for"), windows.law_in_words(consultation)))
    if consultation.first_due_on and consultation.first_due_on != consultation.due_on:
        found.append((_("Due at first"), day(consultation.first_due_on)))
    if inside:
        found.append((_("Who may know of it"), consultation.get_confidentiality_display()))
    return found


def answered_by(position: Position, person: Any, *, inside: bool) -> Consultation | None:
    """The consultation that a position answers, once its reader may know of it: those inside the
    position are of a section that has it, of the board, or staff."""
    other = position.answers
    if other is None or inside or other.is_public:
        return other
    for_members = other.confidentiality == Confidentiality.MEMBERS
    return other if for_members and policy.follows_consultations(person) else None


def as_typed(answers: Consultation | None) -> dict[str, Any]:
    """What a consultation puts into the form of a position that answers it."""
    if answers is None:
        return {}
    return {"title": answers.title, "addressee": answers.authority_id, "kind": Kind.OPINION}


def _started(pks: list[int], person: Any) -> dict[int, list[Position]]:
    """By consultation: the positions started from it, with whether the reader may see each."""
    seen = Position.objects.visible_to(person).filter(pk=OuterRef("pk"))
    rows = Position.objects.filter(answers__in=pks).annotate(is_seen=Exists(seen))
    found: dict[int, list[Position]] = {}
    for position in rows.select_related("section", "submission").order_by("pk"):
        found.setdefault(position.answers_id, []).append(position)
    return found


def _lines(consultation: Consultation, started: list[Position], inside: bool) -> list[Line]:
    if not inside:
        sections = {each.section_id: each.section for each in started if each.is_seen}
        return [Line(s, "", "", _seen(started, s)) for s in sections.values()]
    given = {each.section_id: each for each in consultation.standing}
    sections = {each.section_id: each.section for each in (*consultation.standing, *started)}
    return [_line(s, given.get(pk), started) for pk, s in sections.items()]


def _line(section: Section, given: Assignment | None, started: list[Position]) -> Line:
    seen = _seen(started, section)
    mine = [each for each in started if each.section_id == section.pk]
    if given and given.let_go_at:
        return Line(section, _("has let it go"), given.let_go_reason, seen)
    if any(each.sent and each.sent.sent_on for each in mine):
        return Line(section, _("has answered it"), "", seen)
    if any(each.status not in NO_ANSWER for each in mine):
        return Line(section, _("is preparing a position"), "", seen)
    return Line(section, _("has not decided yet") if given else "", "", seen)


def _seen(started, section):
    return [each for each in started if each.section_id == section.pk and each.is_seen]


def _untouched(consultation: Consultation, started: list[Position]) -> frozenset[int]:
    """The sections that have it and have begun nothing."""
    held = frozenset(each.section_id for each in consultation.standing if each.is_held)
    return held - {each.section_id for each in started if each.status not in NO_ANSWER}


def _buttons(consultation: Consultation, person: Any, untouched: frozenset[int]) -> list[Button]:
    """A section that has begun may begin another one, but no longer lets it go."""
    if not person.is_authenticated:
        return []
    buttons, mine = [], policy.may_answer_for(person, consultation)
    if mine:
        start = f"{reverse('positions:start')}?{urlencode({'answers': consultation.pk})}"
        tone = "primary" if mine & untouched else "secondary"
        buttons.append(Button(_("Start a position from it"), start, tone, "plus-lg"))
    for offer in CONSULTATIONS.offered_to(person, consultation):
        move = offer.move
        if move.action == ConsultationAction.PASS and not mine & untouched:
            continue
        url = reverse("positions:consultation_step", args=[consultation.pk, move.action])
        tone = _tone(move, consultation)
        buttons.append(Button(move.label, url, tone, blocked=" ".join(offer.missing)))
    return buttons


def _tone(move: Move, consultation: Consultation) -> str:
    """Once sections have it, staff are not waited for to assign it to others."""
    if move.action == ConsultationAction.ASSIGN and consultation.status in WITH_SECTIONS:
        return "secondary"
    return BUTTON_TONES[move.tone]


def date_of(consultation: Consultation) -> Date:
    """The last day of its window, in a calendar."""
    return Date(
        id=f"consultation-{consultation.pk}",
        title=_("Opinions are taken until today: %(title)s") % {"title": consultation.title},
        path=consultation.get_absolute_url(),
        when=consultation.due_on,
        changed=consultation.status_since,
        step=consultation.step,
        text=_("%(authority)s, until 23:59:59 Budapest time")
        % {"authority": consultation.authority},
    )
