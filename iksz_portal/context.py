"""What every page's frame shows: where one can go, and in which languages."""

from functools import partial

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members.standing import mandates_of


def chrome(request):
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "nav": SimpleLazyObject(partial(_nav, request)),
        "languages": SimpleLazyObject(partial(_languages, request)),
    }


def _nav(request):
    match = request.resolver_match
    here = match.namespace if match else ""
    items = [
        _item(_("Member libraries"), "members:directory", here),
        _item(_("Sections"), "sections:list", here),
        _item(_("Positions"), "positions:register", here),
    ]
    person = getattr(request, "user", None)
    if person and mandates_of(person).on_board:
        items.append(
            {"label": _("Board"), "url": reverse("positions:board_queue"), "current": False}
        )
    return items


def _item(label, name, here):
    return {"label": label, "url": reverse(name), "current": name.partition(":")[0] == here}


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
