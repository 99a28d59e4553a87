"""Positions as other pages list them."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse

from core.components import STATUS_ICONS
from positions.choices import TONES, VERDICT_TONES, State, Verdict
from positions.models import Position
from positions.policy import may_start

register = template.Library()

NEWEST = 8


@register.inclusion_tag("positions/state_badge.html")
def state_badge(*, position):
    """The state as icon and word, and beside it whether its deadline has passed."""
    return {"position": position, "tone": TONES[State(position.status)]}


@register.inclusion_tag("components/status_badge.html")
def verdict_badge(*, decision):
    tone = VERDICT_TONES[Verdict(decision.verdict)]
    return {"tone": tone, "label": decision.get_verdict_display(), "icon": STATUS_ICONS[tone]}


@register.inclusion_tag("positions/entry.html")
def position_entry(*, position, level=3, journeys=None):
    """A line in `<ul class="entries">`; with `journeys`, how far the position has come."""
    journey = journeys.get(position.pk) if journeys else None
    return {"position": position, "level": level, "journey": journey}


@register.simple_tag
def journey_line(*, journey):
    """The stations of a position with their days, in one line; nothing where there are none."""
    if journey is None:
        return ""
    return render_to_string("positions/parts/journey.html", {"journey": journey})


@register.inclusion_tag("positions/endorsed_by.html")
def positions_endorsed_by(*, library):
    """The public positions that a library stands behind."""
    return {"positions": Position.objects.public().endorsed_by(library).for_lists().newest_first()}


@register.inclusion_tag("positions/of_section.html", takes_context=True)
def positions_of_section(context, *, section):
    """A section's positions on their way and at its end, as far as the reader may see them."""
    person = context["request"].user
    visible = Position.objects.visible_to(person).of_section(section)
    newest = visible.newest_of_each(NEWEST).for_lists().newest_first()
    positions = list(newest.with_running_ballots() if person.is_authenticated else newest)
    return {
        "section": section,
        "in_progress": [position for position in positions if position.is_on_the_way],
        "decided": [position for position in positions if not position.is_on_the_way],
        "may_start": may_start(person, section),
        "start_url": f"{reverse('positions:start')}?section={section.slug}",
    }
