from django import template

from positions import meeting_words
from positions.choices import MEETING_TONES, MeetingState

register = template.Library()


@register.simple_tag
def words_of(decision):
    return meeting_words.words_of(decision)


@register.inclusion_tag("positions/meetings/badge.html")
def meeting_badge(*, meeting):
    state = MeetingState(meeting.status)
    return {"tone": MEETING_TONES[state], "label": state.label}
