"""What the back office says in words and the database keeps as codes."""

from django.utils.translation import gettext_lazy as _

from core.news import NEWS
from core.outbox import DIGEST, READY
from core.translating import CONFIRM
from iksz_portal import own_data, saved_searches
from members import notices as members
from members.admin_requests import ACTS as OF_REQUESTS
from members.news import EDIT
from positions import (
    amendment_notices,
    comment_notices,
    conflict_notices,
    consultation_notices,
    consultation_timeline,
    escalating,
    meeting_notices,
    meeting_words,
    promising,
    proposals,
    reminding,
    timeline,
)
from positions import notices as positions
from positions.amending import DECISION
from positions.effects import RESOLUTIONS
from positions.meeting_effects import MEETINGS
from sections.news import RECORD

LETTERS = {
    saved_searches.FOUND: _("finds of a saved search"),
    "invitation": _("invitation"),
    "password_link": _("link for a new password"),
    "account_changed": _("change of the account"),
    "own_data_ready": _("own data to be fetched"),
    members.APPLICATION_RECEIVED: _("application received"),
    members.APPLICATION_DECIDED: _("application decided"),
    members.CHANGE_DECIDED: _("profile change decided"),
    members.REPORT_ANSWERED: _("answer to a report of a mistake"),
    members.BARRIER_REPORTED: _("report of a barrier"),
    members.BARRIER_ANSWERED: _("answer to a report of a barrier"),
    positions.TURN: _("the reader's turn"),
    positions.NEW_TEXT: _("new text of what was endorsed"),
    comment_notices.REPLY: _("reply to a comment"),
    comment_notices.ANSWER: _("answer to a comment"),
    amendment_notices.PROPOSED: _("amendment proposed"),
    amendment_notices.DECIDED: _("amendment decided"),
    consultation_notices.ASSIGNED: _("consultation assigned"),
    consultation_notices.DUE_CHANGED: _("due date of a consultation changed"),
    consultation_notices.REMINDER: _("reminder of a consultation"),
    conflict_notices.EXCLUDED: _("exclusion for conflict of interest"),
    conflict_notices.LIFTED: _("exclusion lifted"),
    reminding.REMINDER: _("reminder of a vote"),
    escalating.OVERDUE: _("overdue position"),
    promising.DUE: _("promise that falls due"),
    meeting_notices.CONVENED: _("meeting of the board"),
    meeting_notices.TO_AUTHENTICATE: _("minutes to be authenticated"),
    meeting_notices.EXCERPT: _("excerpt of a resolution"),
    NEWS: _("news of what is followed"),
    DIGEST: _("digest"),
    READY: _("letter about signing in"),
}
"""Every kind has its words: a test asks for them."""

ACTS = {
    "positions.position": {
        **timeline.ACTS,
        timeline.COMMENT: _("A comment was written"),
        timeline.VOTE: _("A vote was cast"),
        DECISION: _("An amendment was proposed or decided"),
    },
    "positions.amendment": proposals.ACTS,
    "positions.consultation": consultation_timeline.ACTS,
    "positions.meeting": meeting_words.ACTS,
    "positions.boarddecision": {
        "link": _("It was linked with another resolution"),
        "undo_link": _("A link with another resolution was undone"),
    },
    "positions.topic": {"merge_topics": _("Another topic was merged into it")},
    "sections.sectionmembership": {RECORD: _("The membership was recorded")},
    "members.library": {EDIT: _("The staff changed its profile")},
    "members.person": {
        "choose_language": _("The language of letters was chosen"),
        "take_away_second_factor": _("The second step of signing in was removed"),
        own_data.ASK: _("The own data were asked for"),
        own_data.FETCH: _("The own data were fetched"),
    },
    "members.invitation": {
        "invite": _("The invitation was sent"),
        "accept_invitation": _("The invitation was accepted"),
        "revoke_invitation": _("The invitation was revoked"),
    },
    "members.calendaraddress": {
        "make_calendar": _("The address of the calendar was made"),
        "revoke_calendar": _("The address of the calendar was revoked"),
    },
    "core.mail": {"send_again": _("It was put into the queue again")},
    **dict.fromkeys(
        (
            "members.membershipapplication",
            "members.profilechange",
            "members.mistakereport",
            "members.barrierreport",
            "members.erasure",
        ),
        OF_REQUESTS,
    ),
}
ON_ANYTHING = {CONFIRM: timeline.ACTS[CONFIRM]}

SERIES = {
    MEETINGS: _("meetings of the board"),
    RESOLUTIONS: _("resolutions of the board"),
}
LIMITS = {
    "accepting an invitation": _("accepting an invitation"),
    "api": _("programming interface"),
    "application": _("applications for membership"),
    "calendar": _("reading of a calendar"),
    "calendar addresses by person": _("addresses of calendars, of a person"),
    "directory download": _("download of the directory"),
    "documents": _("documents made"),
    "import": _("import of a text"),
    "invitations by person": _("invitations, of a person"),
    "letter": _("letters to an address"),
    "oai": _("harvest of the metadata"),
    "open data": _("download of open data"),
    "own data by person": _("own data, of a person"),
    "password link by account": _("link for a new password, of an account"),
    "password link by address": _("link for a new password, of a network address"),
    "register download": _("download of the register"),
    "report of a barrier": _("report of a barrier"),
    "report of a mistake": _("report of a mistake"),
    "resolutions download": _("download of the resolutions"),
    "search": _("searches"),
    "sign-in by account": _("signing in, of an account"),
    "sign-in by address": _("signing in, of a network address"),
    "upload": _("upload of a file"),
}
