"""What nobody presses a button for: letters to send, moves that time makes, rooms to sweep."""

import logging
from datetime import timedelta

from django.contrib.sessions.models import Session

from core import clock, outbox
from core.models import Bucket, OnceKey
from iksz_portal.mail import RENDERERS
from positions import clockwork

log = logging.getLogger("portal")

MOVES_BY_TIME = (clockwork.make_due_moves,)
FORMS_ARE_KEPT = timedelta(days=30)
LIMITS_ARE_KEPT = timedelta(days=2)


def send_mail() -> int:
    return outbox.send_due(RENDERERS)


def make_due_moves() -> int:
    """Let every room make the moves that are due; a fault in one does not stop the others."""
    made = 0
    for make in MOVES_BY_TIME:
        try:
            made += make()
        except Exception:
            log.exception("%s.%s failed.", make.__module__, make.__name__)
    return made


def sweep() -> int:
    """Remove what has run out: sessions, keys of sent forms, limits that are full again."""
    now = clock.now()
    ended = Session.objects.filter(expire_date__lt=now)
    forms = OnceKey.objects.filter(created_at__lt=now - FORMS_ARE_KEPT)
    limits = Bucket.objects.filter(filled_at__lt=(now - LIMITS_ARE_KEPT).timestamp())
    return sum(rows.delete()[0] for rows in (ended, forms, limits))
