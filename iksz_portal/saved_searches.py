"""Searches that people keep, and the letters about what is new in them.

What a search has found so far is kept with it. A letter holds keys only: when it is sent, the right
to each hit is asked again, and where none is left no letter goes.
"""

import logging
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from core import clock, outbox
from core.models import Cadence, SavedSearch, SearchProgress
from core.outbox import Message
from core.search.asking import Question
from core.search.excerpts import Excerpts
from core.search.finding import Found
from core.search.keeping import CHAIN
from core.workflow import lock
from iksz_portal import search_results
from iksz_portal.searching import SEARCH

log = logging.getLogger("portal")

FOUND = "saved_search"
MOST_SAVED = 30
MOST_KNOWN = 2000
MOST_IN_LETTER = 25
SALT = "saved search"
PAUSES = {Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7)}
AT_THE_LATEST = timedelta(hours=1)
"""Rights change without anything being written: so often those who hear at once are looked after
even if the index has not changed."""


def has_enough(person: Any) -> bool:
    return SavedSearch.objects.filter(person=person).count() >= MOST_SAVED


def save(*, by: Any, question: Question, name: str, cadence: str) -> SavedSearch:
    """What it finds today is known; only what comes later is told."""
    known = _keys(SEARCH.find(question, by, most=MOST_KNOWN))
    return SavedSearch.objects.create(
        person=by, name=name, asked=question.asked, cadence=cadence, known=known
    )


@transaction.atomic
def change(*, search: SavedSearch, by: Any, name: str, cadence: str) -> SavedSearch:
    """Who lets letters come again is told of what is new from now on."""
    search = lock(search)
    if search.cadence == Cadence.NEVER and cadence != Cadence.NEVER:
        search.known = _keys(SEARCH.find(search.question, by, most=MOST_KNOWN))
        search.looked_at = clock.now()
    search.name, search.cadence = name, cadence
    search.save(update_fields=["name", "cadence", "known", "looked_at"])
    return search


def delete(*, search: SavedSearch, by: Any) -> None:
    search.delete()


def token_of(search: SavedSearch) -> str:
    return signing.dumps(search.pk, salt=SALT)


def by_token(token: str) -> SavedSearch | None:
    """The search a letter was about; None for a token of somebody else's making."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.filter(pk=pk).select_related("person").first()


# Looking again ------------------------------------------------------------------------------


def tell_what_is_new() -> int:
    """Queue a letter for each search that is due and has found something new; how many.

    Safe to run twice, late, and in several workers at once.
    """
    searches = SavedSearch.objects.filter(_due(), person__is_active=True)
    return sum(_try(pk) for pk in searches.order_by("pk").values_list("pk", flat=True))


def _try(pk: int) -> bool:
    """A search that cannot be looked at does not keep those of others waiting."""
    try:
        return _look_again(pk)
    except Exception:
        log.exception("The saved search %s was not looked at.", pk)
        SavedSearch.objects.filter(pk=pk).update(looked_at=clock.now())
        return False


def _due() -> Q:
    now = clock.now()
    changed = SearchProgress.objects.filter(stream=CHAIN).values_list("changed_at", flat=True)
    since = max([now - AT_THE_LATEST, *changed])
    due = Q(cadence=Cadence.AT_ONCE, looked_at__lte=since)
    for cadence, pause in PAUSES.items():
        due |= Q(cadence=cadence, looked_at__lte=now - pause)
    return due


@transaction.atomic
def _look_again(pk: int) -> bool:
    found = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",))
    search = found.filter(_due(), pk=pk).select_related("person").first()
    if search is None:
        return False
    now_known = _keys(SEARCH.find(search.question, search.person, most=MOST_KNOWN))
    known = {tuple(key) for key in search.known}
    new = [key for key in now_known if tuple(key) not in known]
    search.known, search.looked_at = now_known, clock.now()
    search.save(update_fields=["known", "looked_at"])
    if new:
        keys = {"search": search.pk, "hits": new[:MOST_IN_LETTER], "count": len(new)}
        outbox.queue(kind=FOUND, to=search.person, **keys)
    return bool(new)


def _keys(found: Found) -> list[list]:
    """Of what was asked for: what only comes near, or holds some of the words, is not told."""
    if found.some_only or found.suggestion:
        return []
    return [[row.kind, row.object_id] for row in found.rows]


# The letter ---------------------------------------------------------------------------------


def letter(mail: Any) -> Message | None:
    """Of those hits that the reader may see at this moment; nothing where none is left, or the
    search is gone or silent."""
    search = SavedSearch.objects.filter(pk=mail.context["search"], person=mail.to).first()
    if search is None or search.cadence == Cadence.NEVER:
        return None
    wanted = Q(pk__in=[])
    for kind, key in mail.context["hits"]:
        wanted |= Q(kind=kind, object_id=key)
    still = list(SEARCH.seen_by(mail.to).filter(wanted).defer("tokens"))
    if not still:
        return None
    marker = Excerpts(search.question)
    hits = [
        (
            search_results.in_words(document, marker)[1],
            document.reference,
            outbox.link(SEARCH.sources[document.kind].address(document.address)),
        )
        for document in still
    ]
    return outbox.letter(
        "search/mail/new_hits.txt",
        search=search,
        hits=hits,
        url=outbox.link(search_results.address(search.question)),
        end_url=outbox.link(reverse("search:end", args=[token_of(search)])),
    )


RENDERERS = {FOUND: letter}
