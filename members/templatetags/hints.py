"""A page's first-use hint: see `members.hints`."""

from django import template
from django.template.loader import render_to_string

from core.components import one_of
from members import hints

register = template.Library()


@register.simple_block_tag(takes_context=True)
def hint(context, content, *, name):
    """Stands above what it speaks of; one a page."""
    one_of(name, hints.NAMES, "hint")
    request = context["request"]
    if not hints.is_shown(name=name, person=request.user):
        return ""
    here = {"content": content, "name": name, "next": request.get_full_path()}
    return render_to_string("components/hint.html", here, request=request)
