"""What the worker does: letters, moves that time makes, long work, rooms to sweep."""

import logging
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection

from core import clock, digests, filestore, jobs, outbox
from core.models import Bucket, OnceKey
from core.search import index
from iksz_portal import dump, erasing, harvest, news, own_data, saved_searches, searching
from iksz_portal.mail import GROUPS, RENDERERS
from positions import (
    attaching,
    board_papers,
    clockwork,
    consultation_clock,
    documents,
    escalating,
    importing,
    packing,
    presence,
    promising,
    publishing,
    recounting,
    reminding,
)

log = logging.getLogger("portal")

BY_TIME = (
    clockwork.make_due_moves,
    reminding.remind,
    escalating.escalate,
    consultation_clock.note_answers,
    consultation_clock.remind,
    recounting.recount_if_changed,
    promising.remind,
    publishing.make_if_changed,
    saved_searches.tell_what_is_new,
    news.tell_followers,
    digests.make_due,
    harvest.note_changes,
    erasing.carry_out,
    dump.make_if_due,
)
FORMS_ARE_KEPT = timedelta(days=30)
LIMITS_ARE_KEPT = timedelta(days=2)


def send_mail() -> int:
    return outbox.send_due(RENDERERS, GROUPS)


def make_due_moves() -> int:
    """Let every room do what is due by now; a fault in one does not stop the others."""
    made = 0
    for make in BY_TIME:
        try:
            made += make()
        except Exception:
            log.exception("%s.%s failed.", make.__module__, make.__name__)
    return made


def follow_changes() -> int:
    """What was done is found by the search, soon after it was done."""
    return searching.follow()


def run_job() -> bool:
    return jobs.run_one()


def take_up_jobs_again() -> int:
    return jobs.take_up_again()


def sweep() -> int:
    """Remove what has run out: sessions, keys of sent forms, limits that are full again, traces of
    work that is done, documents that can be made again, files that belong to nothing; and join the
    pieces of the search's index."""
    now = clock.now()
    ended = Session.objects.filter(expire_date__lt=now)
    forms = OnceKey.objects.filter(created_at__lt=now - FORMS_ARE_KEPT)
    limits = Bucket.objects.filter(filled_at__lt=(now - LIMITS_ARE_KEPT).timestamp())
    attaching.let_go_of_removed()
    importing.forget_old()
    gone = sum(rows.delete()[0] for rows in (ended, forms, limits))
    gone += presence.sweep() + board_papers.sweep() + own_data.sweep()
    index.tidy(connection)
    return gone + documents.sweep() + packing.sweep() + jobs.sweep() + filestore.remove_strays()
