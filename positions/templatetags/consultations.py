"""Small parts of the pages of consultations."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from core.localized import Said
from positions.choices import CONSULTATION_TONES, ConsultationState

register = template.Library()


@register.inclusion_tag("positions/parts/consultation_badges.html")
def consultation_badges(*, consultation):
    """The state as icon and word, and what is to be known of its time."""
    tone = CONSULTATION_TONES[ConsultationState(consultation.status)]
    return {"consultation": consultation, "tone": tone}


@register.simple_tag
def consultation_crumbs(*, consultation=None):
    """The way down to a consultation's page, or to a page below it."""
    crumbs = [(_("Consultations"), reverse("positions:consultations"))]
    if consultation is None:
        return crumbs
    return [*crumbs, (Said(consultation.title), consultation.get_absolute_url())]
