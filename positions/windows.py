"""How long an authority gives for opinions, and how long the law asks it to.

The window is counted from the day of publication, or of receipt where nothing was published; that
day is not counted. What the law asks is reckoned by its profile and kept as it was reckoned. A
summary of the opinions is looked for `SUMMARY_DAYS` after the end of every window that the law
sets: a measure of the association's own, not of the law.
"""

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import calendar, clock
from core.templatetags.ui import day
from core.workflow import SomethingMissing
from positions.choices import Unit
from positions.details import refuse_future
from positions.models import Consultation
from positions.reckoned import paused_in_words
from positions.reckoning import Reckoning, reckon

SUMMARY_DAYS = 30
LONGEST = 3650


def refuse_bad_days(received_on: date, published_on: date | None, due_on: date | None) -> None:
    """Raises SomethingMissing for the field that cannot be."""
    refuse_future(received_on, field="received_on")
    if published_on:
        refuse_future(published_on, field="published_on")
    if due_on:
        refuse_bad_end(published_on or received_on, due_on)


def refuse_bad_end(begins_on: date, due_on: date) -> None:
    if due_on < begins_on:
        raise SomethingMissing(
            _("It cannot end before it was published or received."), field="due_on"
        )
    if (due_on - begins_on).days > LONGEST:
        raise SomethingMissing(_("That is more than ten years: check the year."), field="due_on")


def reckon_law(consultation: Consultation) -> None:
    """Sets what the law asks, by the profile and the calendar as they are now."""
    profile = consultation.law_profile
    made = reckon(consultation.begins_on, profile, calendar.read()) if profile else None
    consultation.reckoning = made.as_json() if made else None
    consultation.lawful_until = made.due_on if made else None
    consultation.minimum_days = made.days if made else None
    consultation.due_on = consultation.due_on or consultation.lawful_until
    count(consultation)


def count(consultation: Consultation) -> None:
    """Sets what follows from the due date."""
    due_on = consultation.due_on
    consultation.given_days = (due_on - consultation.begins_on).days if due_on else None
    by_law = due_on and consultation.law_profile_id
    consultation.summary_awaited_on = clock.days_after(due_on, SUMMARY_DAYS) if by_law else None


# In words --------------------------------------------------------------------------------------


def law_in_words(consultation: Consultation) -> SafeString | str:
    """From when the law counts, how many days, by what source, and to which day."""
    if not consultation.reckoning:
        return _("no law says how long it must be open")
    made = Reckoning.from_json(consultation.reckoning)
    shown = day(made.counted_to if made.is_moved else made.due_on)
    sentence = format_html("{} = {}", _counted(made, consultation.published_on), shown)
    if made.paused:
        sentence = format_html("{}; {}", sentence, paused_in_words(made))
    if made.is_moved:
        moved = format_html(_("no working day, therefore {due}"), due=day(made.due_on))
        sentence = format_html("{}; {}", sentence, moved)
    return sentence


def _counted(made: Reckoning, published_on: date | None) -> SafeString:
    begins = _("published {begins}") if published_on else _("received {begins}")
    if made.unit == Unit.WORKING:
        days = ngettext("{days} working day", "{days} working days", made.days)
    else:
        days = ngettext("{days} day", "{days} days", made.days)
    return format_html(
        f"{begins} + {days} ({{source}})",
        begins=day(made.started_on),
        days=made.days,
        source=made.source,
    )


def given_in_words(consultation: Consultation) -> str:
    """How many days the authority gives, and by what that is less than the law's."""
    days = consultation.given_days or 0
    given = ngettext("%(count)d day was given", "%(count)d days were given", days) % {"count": days}
    if not consultation.is_shorter_than_law:
        return given
    return _("%(given)s: less than the law asks") % {"given": given}
