"""Components for work that the worker does: how far it is, and a page that looks by itself."""

from django import template
from django.template.loader import render_to_string

from core.components import stable_id

register = template.Library()


@register.inclusion_tag("components/job_progress.html")
def job_progress(*, job, label):
    """How far work is that the worker does; `label` says for screen readers what it is."""
    return {"job": job, "label": label}


@register.simple_block_tag(takes_context=True)
def watched(context, content, *, id, url, said, active):
    """A part that the page asks for again while `active`, without a script by a link.

    `said` tells in a sentence how things stand; it is read out when it changes, not each time.
    """
    key = stable_id("heard", said)
    return render_to_string(
        "components/watched.html",
        {
            "content": content,
            "id": id,
            "url": url,
            "said": said,
            "key": key,
            "is_news": context["request"].GET.get("heard") != key,
            "active": active,
        },
    )
