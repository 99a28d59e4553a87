"""Who holds the ball, since when, until when, what is missing, and what this person may do."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.localized import marked
from core.templatetags.ui import day, moment
from core.workflow import Offer
from positions import conditions, conflicts, needed, policy, reckoned
from positions.choices import Action, Holder, State
from positions.models import Position
from positions.stands import Stands
from positions.tallies import BallotShown
from positions.workflow import WORKFLOW
from sections.standing import standing_of

NEXT = {
    State.DRAFT: gettext_lazy("the text is finished and the coordinator opens it for comments."),
    State.CONSULTATION: gettext_lazy("the member libraries comment on the text."),
    State.CONSOLIDATION: gettext_lazy("the text is finalised and put to the vote."),
    State.SECTION_VOTE: gettext_lazy("the member libraries vote, one vote each."),
    State.ADOPTED: gettext_lazy("the coordinator forwards it to the board."),
    State.NOT_ADOPTED: gettext_lazy("the coordinator repeats the vote or reworks the text."),
    State.FORWARDED: gettext_lazy("the secretary takes it up and sets the day of the decision."),
    State.BOARD_REVIEW: gettext_lazy("the board votes and the secretary records its decision."),
    State.RETURNED: gettext_lazy("the section reworks the text."),
    State.CHANGES_PROPOSED: gettext_lazy("the section agrees to the wording of the board or not."),
    State.ACCEPTED: gettext_lazy("it is prepared, confirmed by a second person and submitted."),
    State.SUBMITTED: gettext_lazy("the authority answers."),
    State.ANSWERED: gettext_lazy("the outcome of every point is recorded."),
    State.EVALUATED: gettext_lazy("the result is put in a sentence and it is closed."),
    State.PARKED: gettext_lazy("it is resumed."),
}
RECORDS = gettext_lazy(
    "no vote can come any more: the secretary records the decision, defers it or returns it."
)
CONFIRMS = gettext_lazy("a second person, not the one who prepared it, confirms the submission.")
SUBMITS = gettext_lazy("the coordinator sends it and records that it was submitted.")
NEEDS = {
    State.DRAFT: conditions.ready_to_consult,
    State.SECTION_VOTE: conditions.all_have_voted,
    State.ACCEPTED: conditions.confirmed,
    State.ANSWERED: conditions.every_point_has_an_outcome,
}
"""What is told to everybody inside; how anybody has voted is not among it."""

ENDS = (Action.ANNUL_VOTE, Action.PARK, Action.SUPERSEDE, Action.WITHDRAW)
BUTTON_TONES = {"primary": "primary", "secondary": "secondary", "refusal": "danger"}


@dataclass(frozen=True)
class Button:
    label: str | Promise
    url: str
    tone: str = "secondary"
    icon: str = ""
    blocked: str = ""


@dataclass(frozen=True)
class Ball:
    holder: Holder
    tone: str
    since: Any
    days: int
    next: str | SafeString
    missing: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    ends: list[Button] = field(default_factory=list)


def read(
    position: Position, person: Any, stands: Stands, *, ballots: list[BallotShown], sent: Any
) -> Ball:
    """For this person; nobody outside is offered anything."""
    inside = stands.inside
    offers = WORKFLOW.offered_to(person, position) if inside else []
    told = {sentence for offer in offers for sentence in offer.missing}
    needs = NEEDS.get(State(position.status), lambda position: ())
    missing = [str(s) for s in needs(position)] if inside else []
    kept_out = any(each.keeps_out and not each.is_decided for each in ballots)
    if inside and position.status == State.BOARD_REVIEW:
        missing = list(needed.for_board(position, excluded=kept_out))
    holder, what, since = _turn(position, sent, kept_out=kept_out)
    moves = [offer for offer in offers if offer.move.action not in ENDS]
    ready = any(_is_next(position, offer, holder) for offer in moves)
    acts = _acts(position, person, ballots, is_next=not ready) if inside else []
    acts += _endorsing(person, stands)
    return Ball(
        holder=holder,
        tone=_tone(position, acts, ready=ready),
        since=since,
        days=(clock.today() - clock.day_of(since)).days if since else 0,
        next=_next(position, sent, what),
        missing=[sentence for sentence in missing if sentence not in told],
        buttons=sorted(
            [*acts, *(_button(position, offer) for offer in moves)],
            key=lambda button: button.tone != "primary",
        ),
        ends=[_button(position, offer) for offer in offers if offer.move.action in ENDS],
    )


def _turn(position, sent, *, kept_out):
    """Who holds the ball, for what and since when: within a state it may be passed on."""
    match position.status:
        case State.BOARD_REVIEW if not (kept_out or position.board_ballot.awaits_votes):
            return Holder.SECRETARY, RECORDS, _ended(position.board_ballot)
        case State.ACCEPTED if sent and sent.confirmed_by_id:
            return Holder.COORDINATOR, SUBMITS, sent.confirmed_at
        case State.ACCEPTED if sent:
            return Holder.SECOND, CONFIRMS, sent.prepared_at
    return position.holder, NEXT.get(State(position.status), ""), position.status_since


def _ended(ballot):
    """When its last vote could come; None where all had voted before."""
    if ballot.closed_at or ballot.is_open:
        return ballot.closed_at
    return ballot.closes_at


def _is_next(position, offer, holder) -> bool:
    """Whether the position waits for this move, and nothing is missing for it."""
    if offer.missing or _is_made(position, offer):
        return False
    decides = position.status == State.BOARD_REVIEW and holder == Holder.SECRETARY
    return decides or offer.move.tone == "primary"


def _is_made(position, offer) -> bool:
    return offer.move.action == Action.PREPARE_SUBMISSION and position.sent is not None


def _tone(position, acts, *, ready):
    if position.holder == Holder.NOBODY:
        return "closed"
    if position.is_overdue:
        return "overdue"
    if position.holder == Holder.AUTHORITY or position.status == State.PARKED:
        return "waiting"
    return "mine" if ready or any(act.tone == "primary" for act in acts) else "waiting"


def _button(position: Position, offer: Offer) -> Button:
    url = reverse("positions:move", args=[position.reference, offer.move.action])
    tone = "secondary" if _is_made(position, offer) else BUTTON_TONES[offer.move.tone]
    return Button(offer.move.label, url, tone, blocked=" ".join(offer.missing))


def _acts(position, person, ballots, *, is_next) -> list[Button]:
    """What is done on a position besides its moves, the most urgent first.

    `is_next`: no move is, so that a draft is to be written.
    """

    def to(name, *args):
        return reverse(f"positions:{name}", args=[position.reference, *args])

    acts = []
    for shown in ballots:
        waiting = [elector for elector in shown.mine if not elector.has_voted]
        if shown.ballot.is_open and waiting and not shown.is_on_amendment:
            acts.append(Button(_("Vote"), to("vote", shown.ballot.pk), "primary", "check-lg"))
    if policy.may_exclude(person, position) and conflicts.may_be_said(position):
        acts.append(Button(_("Conflict of interest"), to("conflict"), icon="person-check"))
    if position.status == State.ANSWERED and policy.may_record_outcomes(person, position):
        silent = any(point.settled is None for point in position.current.points.all())
        tone = "primary" if silent else "secondary"
        acts.append(Button(_("Record the outcomes"), to("outcomes"), tone, "clipboard-check"))
    if _has_amendments_to_decide_on(person, position):
        acts.append(Button(_("Decide on the amendments"), to("amendments"), "primary", "list-ul"))
    if policy.may_edit(person, position):
        tone = "primary" if is_next and position.status == State.DRAFT else "secondary"
        acts.append(Button(_("Edit the text"), to("edit"), tone, "pencil"))
        acts.append(Button(_("Authors"), to("authors"), icon="people"))
    if policy.may_comment(person, position) and not position.is_overdue:
        open_now = position.status == State.CONSULTATION
        tone = "primary" if open_now else "secondary"
        acts.append(Button(_("Write a comment"), to("comment"), tone, "chat-left-text"))
    return acts


def _has_amendments_to_decide_on(person, position) -> bool:
    """What keeps the vote from being opened; those who can decide are led to it."""
    if position.status != State.CONSOLIDATION or not policy.coordinates(person, position):
        return False
    return any(conditions.amendments_decided_on(position))


def _endorsing(person, stands) -> list[Button]:
    """For those with a library that has not endorsed the present text."""
    if not stands.is_open:
        return []
    position = stands.position
    mine = stands.of(standing_of(person).libraries_in(position.section_id))
    silent = [each for each in mine if not (each.endorsement and each.endorsement.is_present)]
    if not silent:
        return []
    url = reverse("positions:endorsements", args=[position.reference]) + "#mine"
    if any(each.endorsement for each in silent):
        return [Button(_("Confirm the endorsement again"), url, icon="arrow-clockwise")]
    return [Button(_("Endorse for my library"), url, icon="patch-check")]


def _next(position, sent, what):
    if not position.deadline:
        return what
    how = _how(position, sent)
    until = format_html("<strong>{}</strong>", moment(position.deadline))
    return format_html(_("{what} Deadline: {until} ({how})."), what=what, until=until, how=how)


def _how(position, sent):
    """How the deadline came about, in words."""
    match position.status:
        case State.CONSULTATION if position.expedited_reason:
            why = marked(position.expedited_reason.rstrip("."))
            return format_html(escape(_("shorter than usual: %(why)s")) % {"why": "{}"}, why)
        case State.CONSULTATION:
            days = position.section.comment_days
            return ngettext(
                "the section leaves at least %(count)d day for comments",
                "the section leaves at least %(count)d days for comments",
                days,
            ) % {"count": days}
        case State.SECTION_VOTE:
            return _("the last day of the vote, which then closes by itself")
        case State.FORWARDED:
            return _("the last day on which the authority takes it into account")
        case State.BOARD_REVIEW if position.authority_deadline:
            limit = day(position.authority_deadline)
            return format_html(_("the authority's deadline is {limit}"), limit=limit)
        case State.BOARD_REVIEW:
            return _("the day the secretary has set")
        case State.SUBMITTED:
            return reckoned.in_words(sent)
        case State.PARKED:
            return _("the day set when it was parked; it is then resumed by itself")
    return ""
