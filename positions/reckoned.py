"""How the day of an answer was reckoned, as the page tells it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import day
from positions.choices import Unit
from positions.models import Submission
from positions.reckoning import Reckoning


def in_words(sent: Submission) -> SafeString | str:
    """The day of sending, the days counted, their source, and what moved the end."""
    if not sent.reckoning:
        return _("the authority is bound by no deadline")
    made = Reckoning.from_json(sent.reckoning)
    sentence = format_html(
        "{} = {}", _counted(made), day(made.counted_to if made.is_moved else made.due_on)
    )
    if made.paused:
        sentence = format_html("{}; {}", sentence, paused_in_words(made))
    if made.is_moved:
        moved = format_html(_("no working day, therefore {due}"), due=day(made.due_on))
        sentence = format_html("{}; {}", sentence, moved)
    return sentence


def _counted(made: Reckoning) -> SafeString:
    days = made.days + made.extension
    if made.unit == Unit.WORKING:
        text = ngettext(
            "sent {sent} + {days} working day ({source})",
            "sent {sent} + {days} working days ({source})",
            days,
        )
    else:
        text = ngettext(
            "sent {sent} + {days} day ({source})", "sent {sent} + {days} days ({source})", days
        )
    counted = "{days} + {extension}" if made.extension else "{days}"
    shown = counted.format(days=made.days, extension=made.extension)
    return format_html(text, sent=day(made.started_on), days=shown, source=made.source)


def paused_in_words(made: Reckoning) -> str:
    return ngettext(
        "%(count)d day of the administrative recess is not counted",
        "%(count)d days of the administrative recess are not counted",
        made.paused,
    ) % {"count": made.paused}
