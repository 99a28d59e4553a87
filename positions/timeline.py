"""What happened to a position, from the audit chain, in people's words."""

from collections.abc import Collection
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import audit
from core.workflow import CLOCK
from positions.choices import TONES, Action, AmendmentAction, State

START, SAVE, COMMENT, VOTE, OUTCOME = "start", "save", "comment", "vote", "outcome"
SEAL, KEEP_FILE = "seal_package", "keep_file"
LOG_MESSAGE, WRITE_LETTER = "log_message", "write_letter"
CORRECT_MESSAGE, SETTLE_MESSAGE = "correct_message", "settle_message"
PUBLISH_ANSWER, WITHDRAW_ANSWER = "publish_answer", "withdraw_answer"
PROMISE, JUDGE_PROMISE = "promise", "judge_promise"
ATTACH, TAKE_AWAY, PUT_BACK = "attach", "take_away", "put_back"
ENDORSE, WITHDRAW_ENDORSEMENT = "endorse", "withdraw_endorsement"
FILE_OPINION, WITHDRAW_OPINION = "file_opinion", "withdraw_opinion"
EXCLUDE, LIFT = "exclude", "lift_exclusion"
TAKE_OVER = "take_over"
TRANSLATE, CONFIRM_TRANSLATION = "translate", "confirm_translation"
RESOLVE, REOPEN = "resolve_comment", "reopen_comment"
OF_COMMENTS = {COMMENT, RESOLVE, REOPEN}
ACTS = {
    START: gettext_lazy("The draft was started"),
    SAVE: gettext_lazy("The text was saved"),
    "set_deadline": gettext_lazy("The deadline of the authority was set"),
    "add_author": gettext_lazy("An author joined"),
    "remove_author": gettext_lazy("An author left"),
    "meeting_vote": gettext_lazy("The board voted on it at a meeting"),
    ATTACH: gettext_lazy("A file was attached"),
    TAKE_AWAY: gettext_lazy("A file was taken away"),
    PUT_BACK: gettext_lazy("A file was put back"),
    RESOLVE: gettext_lazy("A comment was answered"),
    REOPEN: gettext_lazy("A comment was opened again"),
    SEAL: gettext_lazy("What is to be sent was fixed by its fingerprint"),
    KEEP_FILE: gettext_lazy("A file was put on record"),
    LOG_MESSAGE: gettext_lazy("A message with the authority was logged"),
    WRITE_LETTER: gettext_lazy("A letter to the authority was written"),
    CORRECT_MESSAGE: gettext_lazy("An entry of the log was corrected"),
    SETTLE_MESSAGE: gettext_lazy("An entry of the log was settled"),
    PUBLISH_ANSWER: gettext_lazy("The answer was published without personal data"),
    WITHDRAW_ANSWER: gettext_lazy("The published answer was withdrawn"),
    TRANSLATE: gettext_lazy("A translation was saved"),
    CONFIRM_TRANSLATION: gettext_lazy("A translation was found to be right as it is"),
    PROMISE: gettext_lazy("A promise was recorded"),
    JUDGE_PROMISE: gettext_lazy("A promise was looked at"),
    OUTCOME: gettext_lazy("The outcome of a point was recorded"),
    ENDORSE: gettext_lazy("A library endorsed it"),
    WITHDRAW_ENDORSEMENT: gettext_lazy("A library withdrew its endorsement"),
    FILE_OPINION: gettext_lazy("A library filed a minority opinion"),
    WITHDRAW_OPINION: gettext_lazy("A library withdrew its minority opinion"),
    Action.OPEN_CONSULTATION: gettext_lazy("It was opened for comments"),
    Action.CLOSE_CONSULTATION: gettext_lazy("The comments were closed"),
    Action.CONSULT_AGAIN: gettext_lazy("It was opened for comments again"),
    Action.OPEN_VOTE: gettext_lazy("The section vote was opened"),
    Action.CLOSE_VOTE: gettext_lazy("The section vote was closed"),
    Action.ANNUL_VOTE: gettext_lazy("The section vote was annulled"),
    Action.REPEAT_VOTE: gettext_lazy("The section vote was opened again"),
    Action.REWORK: gettext_lazy("It was taken back for reworking"),
    Action.FORWARD: gettext_lazy("It was forwarded to the board"),
    Action.TAKE_UP: gettext_lazy("The board took it up"),
    Action.DEFER: gettext_lazy("The board deferred its decision"),
    Action.CLOSE_BALLOT: gettext_lazy("The ballot of the board was closed"),
    EXCLUDE: gettext_lazy("A member of the board takes no part, for conflict of interest"),
    LIFT: gettext_lazy("A member of the board takes part after all"),
    TAKE_OVER: gettext_lazy("It answers the consultation in place of an earlier position"),
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
    Action.RECORD_SILENCE: gettext_lazy("It was recorded that no answer came"),
    Action.EVALUATE: gettext_lazy("The answer was evaluated"),
    Action.CLOSE: gettext_lazy("It was closed"),
    Action.PARK: gettext_lazy("It was parked"),
    Action.RESUME: gettext_lazy("It was resumed"),
    Action.WITHDRAW: gettext_lazy("It was withdrawn"),
    Action.SUPERSEDE: gettext_lazy("Another position took its place"),
}
AMENDMENT = "amendment"
ON_AMENDMENTS = {
    "propose": gettext_lazy("Amendment %(number)s was proposed"),
    AmendmentAction.REJECT: gettext_lazy("Amendment %(number)s was rejected"),
    AmendmentAction.CARRY_TO_VOTE: gettext_lazy("Amendment %(number)s was carried to the vote"),
    AmendmentAction.RECONSIDER: gettext_lazy("Amendment %(number)s is to be decided on anew"),
    AmendmentAction.WITHDRAW: gettext_lazy("Amendment %(number)s was withdrawn"),
}
OF_THE_BOARD = {
    Action.TAKE_UP,
    Action.RETURN,
    Action.ACCEPT,
    Action.ACCEPT_WITH_CHANGES,
    Action.REJECT,
}


def entries(
    history: list[audit.AuditEntry], *, inside: bool, comments: Collection[int] = ()
) -> list[dict]:
    """For the timeline component, newest first; `comments` are those the reader may read.

    Those outside read the steps with the role that took them; no name, no note, and nothing of
    how the text was written and voted on.
    """
    if not inside:
        steps = [entry for entry in history if entry.target]
        return [_entry(entry, who=_role(entry), note="") for entry in steps]
    told, read = [], [entry for entry in history if _may_be_told(entry, comments)]
    for action, run in groupby(read, key=lambda entry: entry.action):
        told += _gathered(action, list(run))
    return told


def _may_be_told(entry, comments):
    return entry.action not in OF_COMMENTS or entry.payload["comment"] in comments


def _gathered(action, run):
    """Comments, endorsements and votes in a row are told together: who voted when is nobody's
    business. A vote on an amendment was cast with the one on the text."""
    if action == VOTE:
        run = [entry for entry in run if AMENDMENT not in entry.payload]
    if not run:
        return []
    count = len(run)
    if action == COMMENT and count > 1:
        what = ngettext("%(count)d comment was written", "%(count)d comments were written", count)
    elif action == ENDORSE and count > 1:
        what = ngettext(
            "%(count)d endorsement was given", "%(count)d endorsements were given", count
        )
    elif action == AMENDMENT and count > 1 and all(_proposes(entry) for entry in run):
        what = ngettext(
            "%(count)d amendment was proposed", "%(count)d amendments were proposed", count
        )
    elif action == RESOLVE and count > 1:
        what = ngettext("%(count)d comment was answered", "%(count)d comments were answered", count)
    elif action == VOTE:
        what = ngettext("%(count)d vote was cast", "%(count)d votes were cast", count)
    else:
        return [_entry(entry, who=_name(entry), note=entry.note) for entry in run]
    what = what % {"count": count}
    return [{"when": run[0].at, "what": what, "who": "", "note": "", "tone": "neutral"}]


def _entry(entry, *, who, note):
    tone = TONES[State(entry.target)] if entry.target in State else "neutral"
    return {"when": entry.at, "what": in_words(entry), "who": who, "note": note, "tone": tone}


def in_words(entry) -> str:
    """What was done, without names and notes."""
    if entry.action == COMMENT:
        return _("A comment was written")
    if entry.action == SAVE and not entry.payload.get("new", True):
        return _beside_the_text(entry.payload)
    if entry.action == SAVE and entry.payload.get("merged"):
        facts = {"number": entry.payload["version"], "other": entry.payload["merged"][-1]}
        return _("Version %(number)s was saved, joined with version %(other)s") % facts
    if entry.action == SAVE and entry.payload.get("amendments"):
        return _with_amendments(entry.payload["version"], entry.payload["amendments"])
    if entry.action == AMENDMENT:
        number = {"number": entry.payload["amendment"]}
        return ON_AMENDMENTS[entry.payload["decision"]] % number
    if entry.action == SAVE:
        return _("Version %(number)s was saved") % {"number": entry.payload["version"]}
    if entry.action == Action.CLOSE_VOTE:
        adopted = entry.target == State.ADOPTED
        return _("The section adopted it") if adopted else _("The section did not adopt it")
    return ACTS.get(entry.action, entry.action)


def _proposes(entry):
    return entry.payload["decision"] == "propose"


def _with_amendments(version, numbers):
    return ngettext(
        "Version %(number)s was made with amendment %(amendments)s",
        "Version %(number)s was made with amendments %(amendments)s",
        len(numbers),
    ) % {"number": version, "amendments": ", ".join(map(str, numbers))}


def _beside_the_text(payload):
    if "topics" not in payload:
        return _("The addressee was saved")
    if payload["readdressed"]:
        return _("The addressee and the topics were saved")
    return _("The topics were saved")


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
