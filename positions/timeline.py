"""What happened to a position, from the audit chain, in people's words."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import audit
from core.workflow import CLOCK
from positions.choices import TONES, Action, State

START, SAVE, COMMENT, VOTE, OUTCOME = "start", "save", "comment", "vote", "outcome"
ACTS = {
    START: gettext_lazy("The draft was started"),
    SAVE: gettext_lazy("The text was saved"),
    "add_author": gettext_lazy("An author joined"),
    "remove_author": gettext_lazy("An author left"),
    OUTCOME: gettext_lazy("The outcome of a point was recorded"),
    Action.OPEN_CONSULTATION: gettext_lazy("It was opened for comments"),
    Action.CLOSE_CONSULTATION: gettext_lazy("The comments were closed"),
    Action.CONSULT_AGAIN: gettext_lazy("It was opened for comments again"),
    Action.OPEN_VOTE: gettext_lazy("The section vote was opened"),
    Action.CLOSE_VOTE: gettext_lazy("The section vote was closed"),
    Action.REPEAT_VOTE: gettext_lazy("The section vote was opened again"),
    Action.REWORK: gettext_lazy("It was taken back for reworking"),
    Action.FORWARD: gettext_lazy("It was forwarded to the board"),
    Action.TAKE_UP: gettext_lazy("The board took it up"),
    Action.RETURN: gettext_lazy("The board returned it to the section"),
    Action.ACCEPT: gettext_lazy("The board accepted it"),
    Action.ACCEPT_WITH_CHANGES: gettext_lazy("The board accepted it with changes"),
    Action.REJECT: gettext_lazy("The board rejected it"),
    Action.AGREE_TO_CHANGES: gettext_lazy("The section agreed to the changes"),
    Action.REFUSE_CHANGES: gettext_lazy("The section refused the changes"),
    Action.PREPARE_SUBMISSION: gettext_lazy("The submission was prepared"),
    Action.CONFIRM_SUBMISSION: gettext_lazy("A second person confirmed the submission"),
    Action.SUBMIT: gettext_lazy("It was submitted to the authority"),
    Action.RECORD_INTERIM_ANSWER: gettext_lazy("An interim answer came"),
    Action.RECORD_ANSWER: gettext_lazy("The answer came"),
    Action.EVALUATE: gettext_lazy("The answer was evaluated"),
    Action.CLOSE: gettext_lazy("It was closed"),
    Action.PARK: gettext_lazy("It was parked"),
    Action.RESUME: gettext_lazy("It was resumed"),
    Action.WITHDRAW: gettext_lazy("It was withdrawn"),
    Action.SUPERSEDE: gettext_lazy("Another position took its place"),
}
OF_THE_BOARD = {
    Action.TAKE_UP,
    Action.RETURN,
    Action.ACCEPT,
    Action.ACCEPT_WITH_CHANGES,
    Action.REJECT,
}


def entries(history: list[audit.AuditEntry], *, inside: bool) -> list[dict]:
    """For the timeline component, newest first.

    Those outside read the steps with the role that took them; no name, no note, and nothing of
    how the text was written and voted on.
    """
    if not inside:
        steps = [entry for entry in history if entry.target]
        return [_entry(entry, who=_role(entry), note="") for entry in steps]
    told = []
    for action, run in groupby(history, key=lambda entry: entry.action):
        told += _gathered(action, list(run))
    return told


def _gathered(action, run):
    """Comments and votes in a row are told together: who voted when is nobody's business."""
    count = len(run)
    if action == COMMENT and count > 1:
        what = ngettext("%(count)d comment was written", "%(count)d comments were written", count)
    elif action == VOTE:
        what = ngettext("%(count)d vote was cast", "%(count)d votes were cast", count)
    else:
        return [_entry(entry, who=_name(entry), note=entry.note) for entry in run]
    what = what % {"count": count}
    return [{"when": run[0].at, "what": what, "who": "", "note": "", "tone": "neutral"}]


def _entry(entry, *, who, note):
    tone = TONES[State(entry.target)] if entry.target in State else "neutral"
    return {"when": entry.at, "what": _what(entry), "who": who, "note": note, "tone": tone}


def _what(entry):
    if entry.action == COMMENT:
        return _("A comment was written")
    if entry.action == SAVE and not entry.payload.get("new", True):
        return _("The addressee was saved")
    if entry.action == SAVE and entry.payload.get("merged"):
        facts = {"number": entry.payload["version"], "other": entry.payload["merged"][-1]}
        return _("Version %(number)s was saved, joined with version %(other)s") % facts
    if entry.action == SAVE:
        return _("Version %(number)s was saved") % {"number": entry.payload["version"]}
    if entry.action == Action.CLOSE_VOTE:
        adopted = entry.target == State.ADOPTED
        return _("The section adopted it") if adopted else _("The section did not adopt it")
    return ACTS.get(entry.action, entry.action)


def _name(entry):
    return str(entry.actor or CLOCK)


def _role(entry):
    if entry.actor_id is None:
        return str(CLOCK)
    if entry.action == START:
        return _("the authors")
    if entry.action in OF_THE_BOARD:
        return _("the secretary of the board")
    if entry.action == Action.CONFIRM_SUBMISSION:
        return _("a second person")
    return _("the coordinator of the section")
