"""Small parts of a position's pages."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from core.components import STATUS_ICONS
from positions.choices import AnswerClass, PointResult, PromiseState
from positions.proposals import redlined
from positions.reckoned import in_words

register = template.Library()

NUMBER = "{number}"

RESULT_TONES = {
    PointResult.ACCEPTED: "done",
    PointResult.PARTLY: "info",
    PointResult.REJECTED: "refused",
    PointResult.NO_ANSWER: "waiting",
    PointResult.ENACTED: "refused",
}
ANSWER_TONES = {
    AnswerClass.ACCEPTED: "done",
    AnswerClass.PARTLY: "info",
    AnswerClass.REJECTED: "refused",
    AnswerClass.ACKNOWLEDGED: "waiting",
    AnswerClass.FORWARDED: "waiting",
    AnswerClass.NOT_COMPETENT: "neutral",
}
PROMISE_TONES = {
    PromiseState.OPEN: "waiting",
    PromiseState.KEPT: "done",
    PromiseState.BROKEN: "refused",
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
def crumbs_to_correspondence(*, position):
    address = reverse("positions:correspondence", args=[position.reference])
    return [*crumbs_to(position=position, itself=True), (_("Correspondence"), address)]


@register.simple_tag
def margin_acts(*, comment_url="", propose_url=""):
    """What may be done beside a paragraph: made once for all, and `margin_of` sets the number."""
    urls = {"comment_url": comment_url, "propose_url": propose_url}
    return render_to_string("positions/parts/margin_acts.html", {**urls, "number": NUMBER})


@register.simple_tag
def margin_of(*, paragraph, position, remarks, acts=""):
    """What stands beside a paragraph: comments and amendments, and where one may be added."""
    acts = mark_safe(acts.replace(NUMBER, str(paragraph.number)))  # noqa: S308 - a tag rendered it
    if not (paragraph.threads or paragraph.proposals):
        return acts
    context = {"paragraph": paragraph, "position": position, "remarks": remarks, "acts": acts}
    return render_to_string("positions/parts/margin.html", context)


@register.simple_tag(takes_context=True)
def margin_beside(context, *, number):
    """The same where a redline goes through the text, if the page says what is `beside` it."""
    if not context.get("beside"):
        return ""
    paragraph, position = context["beside"][number - 1], context["position"]
    return margin_of(paragraph=paragraph, position=position, remarks=context["remarks"])


@register.simple_tag
def reckoned(*, thing):
    """How the day by which something is to be answered was reckoned, in words."""
    return in_words(thing)


@register.simple_tag
def law_redline(*, outcome):
    """What changed in the words of the law; nothing where none are recorded."""
    if not (outcome.law_before or outcome.law_after):
        return ""
    words = (linebreaks(text, autoescape=True) for text in (outcome.law_before, outcome.law_after))
    return redlined(*words)


@register.inclusion_tag("components/status_badge.html")
def answer_badge(*, message):
    tone = ANSWER_TONES[AnswerClass(message.classified)]
    return {"tone": tone, "label": message.get_classified_display(), "icon": STATUS_ICONS[tone]}


@register.inclusion_tag("components/status_badge.html")
def promise_badge(*, promise):
    tone = "refused" if promise.is_due else PROMISE_TONES[PromiseState(promise.state)]
    return {"tone": tone, "label": promise.get_state_display(), "icon": STATUS_ICONS[tone]}


@register.inclusion_tag("components/status_badge.html")
def outcome_badge(*, outcome):
    tone = RESULT_TONES[PointResult(outcome.result)]
    return {"tone": tone, "label": outcome.get_result_display(), "icon": STATUS_ICONS[tone]}
