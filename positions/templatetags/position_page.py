"""Small parts of a position's pages."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from core.components import STATUS_ICONS
from positions.choices import PointResult

register = template.Library()

RESULT_TONES = {
    PointResult.ACCEPTED: "done",
    PointResult.PARTLY: "info",
    PointResult.REJECTED: "refused",
    PointResult.NO_ANSWER: "waiting",
    PointResult.ENACTED: "refused",
}


@register.simple_tag
def crumbs_to(*, position, itself=False):
    """The way down to a position's page; with `itself`, to a page below it."""
    section = position.section
    crumbs = [
        (_("Positions"), reverse("positions:register")),
        (section, section.get_absolute_url()),
    ]
    return [*crumbs, (position.reference, position.get_absolute_url())] if itself else crumbs


@register.simple_tag
def margin_of(*, paragraph, comment_url=""):
    """The comments on a paragraph as margin notes, and where one may be added."""
    if not paragraph.notes and not comment_url:
        return ""
    return render_to_string(
        "positions/parts/margin.html", {"paragraph": paragraph, "comment_url": comment_url}
    )


@register.inclusion_tag("components/status_badge.html")
def outcome_badge(*, outcome):
    tone = RESULT_TONES[PointResult(outcome.result)]
    return {"tone": tone, "label": outcome.get_result_display(), "icon": STATUS_ICONS[tone]}
