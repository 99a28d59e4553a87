"""Small parts of the pages about amendments."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from core.components import STATUS_ICONS
from positions.choices import AMENDMENT_TONES, AmendmentState
from positions.templatetags.position_page import crumbs_to

register = template.Library()


@register.simple_tag
def crumbs_to_amendments(*, position, amendment=None):
    """The way down to the list of a position's amendments, or to one of them."""
    url = reverse("positions:amendments", args=[position.reference])
    crumbs = [*crumbs_to(position=position, itself=True), (_("Amendments"), url)]
    if amendment is None:
        return crumbs
    name = _("Amendment %(number)d") % {"number": amendment.number}
    return [*crumbs, (name, amendment.get_absolute_url())]


@register.inclusion_tag("components/status_badge.html")
def amendment_badge(*, amendment):
    tone = AMENDMENT_TONES[AmendmentState(amendment.status)]
    return {"tone": tone, "label": amendment.get_status_display(), "icon": STATUS_ICONS[tone]}
