"""Charts, drawn by the server."""

from django import template

from core import charts

register = template.Library()


@register.inclusion_tag("components/bars.html")
def bars(*, title, legend, bars, id="bars"):
    """Horizontal bars on one scale: `legend` pairs of tone and label, items `core.charts.Bar`."""
    return {
        "title": title,
        "legend": legend,
        "drawn": charts.drawn(bars, legend),
        "tones": charts.TONES,
        "id": id,
    }
