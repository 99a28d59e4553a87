from django import template

from core.localized import marked
from positions.translated import title_of

register = template.Library()


@register.filter
def titled(position):
    """The title as the reader's language has it, marked up where it is in another one."""
    title = title_of(position)
    return marked(title.words, title.language)
