"""What every page's frame shows: where one can go, and in which languages."""

from functools import partial

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language


def chrome(request):
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "nav": partial(_nav, request),
        "languages": partial(_languages, request),
    }


def _nav(request):
    return []


def _languages(request):
    """The same page in the other languages, or their front page where this one has no address."""
    here = request.get_full_path()
    current = get_language()
    return [
        {
            "code": code,
            "name": name,
            "current": code == current,
            "url": here if code == current else _translated(here, code),
        }
        for code, name in settings.LANGUAGES
    ]


def _translated(path, code):
    there = translate_url(path, code)
    return there if there != path else translate_url(reverse("home"), code)
