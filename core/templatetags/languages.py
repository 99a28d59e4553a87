"""Words in another language than the page, marked up as such (WCAG 3.1.2, language of parts).

{% load languages %}: `{{ section|worded:"mission" }}` a field in the reader's language, else as it
was written; `{{ comment.text|in_hungarian }}` what is never translated; `{{ title|spoken }}` of a
`core.localized.Said`. In a place that holds no markup (a title of the window, an attribute, an
option) the plain words are shown: `{{ title.words }}`, `{{ section }}`. Around blocks, the
attribute: `<div{% language_of title %}>`, `<div{% in_the_original %}>`.
"""

from django import template
from django.template.defaultfilters import linebreaks
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.localized import ORIGINAL, Said, marked, named_in, reading, said

register = template.Library()


@register.filter
def spoken(words):
    """A `Said` with its language; anything else is in that of the page."""
    return marked(words.words, words.language) if isinstance(words, Said) else words


@register.filter
def worded(thing, field="name"):
    if thing is None:
        return ""
    return spoken(said(thing, field))


@register.filter
def in_hungarian(words):
    return marked(words, ORIGINAL)


@register.filter
def written(words):
    """What somebody wrote in a plain box, or a `Said`, as paragraphs that tell their language."""
    told = words if isinstance(words, Said) else Said(str(words))
    html = linebreaks(told.words, autoescape=True)
    return mark_safe(html.replace("<p>", f"<p{language_of(told)}>"))  # noqa: S308 - escaped above


@register.filter
def naming(sentence, name):
    """A sentence of the portal that names something by its Hungarian title."""
    return mark_safe(linebreaks(named_in(sentence, name)))  # noqa: S308 - escaped there


@register.filter(name="said")
def said_of(thing, field):
    return said(thing, field)


@register.filter
def in_language(words, language):
    return marked(words, language)


@register.simple_tag
def language_of(words: Said):
    return _attribute(words.language)


@register.simple_tag
def in_the_original():
    return _attribute(ORIGINAL)


def _attribute(language):
    return "" if language == reading() else format_html(' lang="{}"', language)
