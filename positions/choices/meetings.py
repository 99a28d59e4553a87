from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sections.choices import Majority, Quorum

BOARD_QUORUM, BOARD_REPEATED_QUORUM = Quorum.MORE_THAN_HALF, Quorum.ANY
BOARD_MAJORITY = Majority.SIMPLE
"""How the board decides, in writing or at a meeting; a repeated meeting needs but one member."""


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("a meeting", "planned")
    CONVENED = "convened", pgettext_lazy("a meeting", "convened")
    IN_SESSION = "in_session", pgettext_lazy("a meeting", "in session")
    HELD = "held", pgettext_lazy("a meeting", "held")
    DRAFTED = "drafted", _("minutes to be authenticated")
    AUTHENTICATED = "authenticated", _("minutes authenticated")
    CLOSED = "closed", pgettext_lazy("a meeting", "closed")
    NOT_QUORATE = "not_quorate", _("not quorate")
    CANCELLED = "cancelled", pgettext_lazy("a meeting", "cancelled")


MEETING_TONES = {
    MeetingState.PLANNED: "neutral",
    MeetingState.CONVENED: "active",
    MeetingState.IN_SESSION: "active",
    MeetingState.HELD: "waiting",
    MeetingState.DRAFTED: "waiting",
    MeetingState.AUTHENTICATED: "done",
    MeetingState.CLOSED: "done",
    MeetingState.NOT_QUORATE: "refused",
    MeetingState.CANCELLED: "refused",
}
AHEAD_OF_MEETING = frozenset({MeetingState.PLANNED, MeetingState.CONVENED})
AGENDA_OPEN = frozenset({*AHEAD_OF_MEETING, MeetingState.IN_SESSION})
MINUTES_OPEN = frozenset({MeetingState.IN_SESSION, MeetingState.HELD, MeetingState.DRAFTED})
MINUTES_SHOWN = frozenset({*MINUTES_OPEN, MeetingState.AUTHENTICATED, MeetingState.CLOSED})
MINUTES_RESERVED = frozenset({MeetingState.IN_SESSION, MeetingState.HELD})
"""Until everything is decided: not for whoever takes no part in that (`policy.reads_minutes`)."""
MINUTES_DONE = frozenset({MeetingState.AUTHENTICATED, MeetingState.CLOSED})


class MeetingAction(models.TextChoices):
    CONVENE = "convene", _("Convene the meeting")
    CHANGE = "change", _("Change the time or the place")
    OPEN = "open", _("Open the session")
    FIND_NOT_QUORATE = "find_not_quorate", _("Find that there is no quorum")
    END = "end", _("End the session")
    APPOINT = "appoint", _("Appoint others for the minutes")
    PRESENT = "present", _("Present the minutes for authentication")
    AUTHENTICATE = "authenticate", _("Authenticate the minutes")
    CLOSE = "close", _("Close the meeting")
    REPEAT = "repeat", _("Call the repeated meeting")
    CANCEL = "cancel", _("Cancel the meeting")


class Presence(models.TextChoices):
    PRESENT = "present", _("present")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class LinkKind(models.TextChoices):
    REVOKES = "revokes", _("revokes")
    AMENDS = "amends", _("amends")
