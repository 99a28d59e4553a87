"""Earlier positions, as the pages of writing offer them."""

from django import template

from positions import memory

register = template.Library()

OFFERED = 5


@register.inclusion_tag("positions/parts/earlier_panel.html", takes_context=True)
def earlier_positions(context, *, position):
    """The five best, folded away; nothing where there is none. Two queries."""
    person = context["request"].user
    found = memory.on_the_same_as(position, person)[: OFFERED + 1]
    earlier = memory.read(found, person)
    return {"position": position, "earlier": earlier[:OFFERED], "more": len(earlier) > OFFERED}
