"""The frame that all pages share."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def fixed(name, **words):
    """A part of the frame that only the language and these words change: made once for each."""
    make = _made if settings.DEBUG else _made_once
    return make(name, get_language(), **words)


def _made(name, _language, **words):
    return render_to_string(name, words)


_made_once = cache(_made)
