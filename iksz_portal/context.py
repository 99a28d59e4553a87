"""What every page's frame shows: where one can go, and in which languages."""

from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.addresses import in_language, page_address
from iksz_portal.help.guides import address_for, topic_of
from members.standing import mandates_of

CONSULTATIONS, BOARD = "consultations", "board"
"""Rooms of their own in the menu, though their pages belong to the positions."""


def chrome(request):
    return {
        "site_name": settings.SITE_NAME,
        "demo": settings.DEMO,
        "nav": SimpleLazyObject(partial(_nav, request)),
        "help_url": SimpleLazyObject(partial(_help, request)),
        "languages": SimpleLazyObject(partial(_languages, request)),
        "page_address": SimpleLazyObject(partial(page_address, request)),
    }


def _nav(request):
    person = getattr(request, "user", None)
    on_board = person and mandates_of(person).on_board
    here = _room(request, on_board=on_board)
    items = [
        _item(_("Member libraries"), "members:directory", here),
        _item(_("Sections"), "sections:list", here),
        _item(_("Positions"), "positions:register", here),
        _item(_("Consultations"), "positions:consultations", here, room=CONSULTATIONS),
    ]
    if on_board:
        items.append(_item(_("Board"), "positions:board_queue", here, room=BOARD))
    return items


def _room(request, *, on_board):
    """Whose item of the menu is marked. A page that belongs elsewhere than its address says has
    its view set what it `stands_below`."""
    match = request.resolver_match
    if match is None:
        return ""
    if (match.url_name or "").startswith("consultation"):
        return CONSULTATIONS
    address = getattr(request, "stands_below", request.path)
    if on_board and address.startswith(reverse("positions:board_queue")):
        return BOARD
    return match.namespace


def _help(request):
    """Where this page is explained. Which of their guides those signed in are led to is asked when
    they follow the link, and not on every page."""
    topic = topic_of(request.resolver_match)
    person = getattr(request, "user", None)
    if topic and person and person.is_authenticated:
        return f"{reverse('help')}?{urlencode({'about': topic})}"
    return address_for(topic, ["visitor"])


def _item(label, name, here, room=""):
    room = room or name.partition(":")[0]
    return {"label": label, "url": reverse(name), "current": room == here}


def _languages(request):
    """The same page in the other languages, or their front page where this one has no address."""
    current = get_language()
    return [
        {
            "code": code,
            "name": name,
            "current": code == current,
            "url": request.get_full_path() if code == current else in_language(request, code),
        }
        for code, name in settings.LANGUAGES
    ]
