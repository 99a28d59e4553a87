"""How long a session lasts: eight hours at most, one without a sign of life; and how long ago
somebody proved to be who they are."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from core import clock

BEGAN = "began_at"
SEEN = "seen_at"
OFFICE = "back_office_at"
PROOFS = "account_authentication_methods"  # kept by allauth
STAMP_EVERY = 60


def begin(session) -> None:
    session[BEGAN] = session[SEEN] = _now()


def has_run_out(session) -> bool:
    now = _now()
    began = session.get(BEGAN, now)
    idle = now - session.get(SEEN, began)
    return now - began > settings.SESSION_COOKIE_AGE or idle > settings.SESSION_IDLE_AGE


def keep_alive(session) -> None:
    """A sign of life, written at most once a minute."""
    now = _now()
    session.setdefault(BEGAN, now)
    _stamp(session, SEEN, now)


def without_sign_of_life(view):
    """For what a page asks by itself: a forgotten window must not keep its session alive."""
    view.is_no_sign_of_life = True
    return view


def is_fresh(session) -> bool:
    """Signed in, confirmed, or at work in the back office within the last quarter of an hour."""
    moments = [proof["at"] for proof in session.get(PROOFS, [])]
    moments += [session.get(BEGAN, 0), session.get(OFFICE, 0)]
    return _now() - max(moments) <= settings.BACK_OFFICE_IDLE_AGE


def end_all_of(person) -> None:
    """Wherever they are signed in; the rows hold the address they signed in with."""
    for session in Session.objects.all().iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def stay_in_back_office(session) -> None:
    _stamp(session, OFFICE, _now())


def _stamp(session, name, now):
    if now - session.get(name, 0) >= STAMP_EVERY:
        session[name] = now


def _now() -> float:
    return clock.now().timestamp()
