"""Who writes the letters: each kind of mail, the room that renders it, and the group in which its
reader finds it when choosing how often it comes."""

from typing import Any

from core.news import NEWS
from core.notices import Group
from core.outbox import DIGEST, Message
from iksz_portal import digest, news, saved_searches
from members import account_notices
from members import notices as members
from positions import (
    amendment_notices,
    comment_notices,
    conflict_notices,
    consultation_notices,
    escalating,
    meeting_notices,
    promising,
    reminding,
)
from positions import notices as positions

ALONE = {
    **saved_searches.RENDERERS,
    **account_notices.RENDERERS,
    **members.RENDERERS,
    **positions.RENDERERS,
    **comment_notices.RENDERERS,
    **amendment_notices.RENDERERS,
    **consultation_notices.RENDERERS,
    **conflict_notices.RENDERERS,
    **reminding.RENDERERS,
    **escalating.RENDERERS,
    **promising.RENDERERS,
    **meeting_notices.RENDERERS,
    **news.RENDERERS,
}
GROUPS = {
    positions.TURN: Group.TASKS,
    positions.NEW_TEXT: Group.TASKS,
    consultation_notices.ASSIGNED: Group.TASKS,
    meeting_notices.CONVENED: Group.TASKS,
    meeting_notices.TO_AUTHENTICATE: Group.TASKS,
    meeting_notices.EXCERPT: Group.TASKS,
    conflict_notices.EXCLUDED: Group.TASKS,
    conflict_notices.LIFTED: Group.TASKS,
    members.CHANGE_DECIDED: Group.TASKS,
    members.BARRIER_REPORTED: Group.TASKS,
    reminding.REMINDER: Group.DEADLINES,
    escalating.OVERDUE: Group.DEADLINES,
    promising.DUE: Group.DEADLINES,
    consultation_notices.REMINDER: Group.DEADLINES,
    consultation_notices.DUE_CHANGED: Group.DEADLINES,
    comment_notices.REPLY: Group.COMMENTS,
    comment_notices.ANSWER: Group.COMMENTS,
    amendment_notices.PROPOSED: Group.COMMENTS,
    amendment_notices.DECIDED: Group.COMMENTS,
    NEWS: Group.FOLLOWED,
    saved_searches.FOUND: Group.SEARCHES,
    **dict.fromkeys(account_notices.RENDERERS, Group.ACCOUNT),
    members.APPLICATION_RECEIVED: Group.ACCOUNT,
    members.APPLICATION_DECIDED: Group.ACCOUNT,
    members.REPORT_ANSWERED: Group.ACCOUNT,
    members.BARRIER_ANSWERED: Group.ACCOUNT,
}
"""Every kind has its group: a test asks for it."""


def of_digest(mail: Any) -> Message | None:
    return digest.letter(mail, ALONE, GROUPS)


RENDERERS = {**ALONE, DIGEST: of_digest}
