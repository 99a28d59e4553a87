from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.shortcuts import redirect

from core import logs
from members import sessions
from members.policy import needs_second_factor

ENROLMENT = frozenset(
    {"mfa_activate_totp", "account_reauthenticate", "mfa_reauthenticate", "account_logout"}
)


class SessionAgeMiddleware:
    """Ends sessions that are too old or too long without a sign of life."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._look_at_age(request)
        return self.get_response(request)

    def _look_at_age(self, request):
        if not request.user.is_authenticated:
            if SESSION_KEY in request.session:  # of an account that has been closed since
                request.session.flush()
        elif sessions.has_run_out(request.session):
            logs.security("session_ran_out", request)
            logout(request)
            request.session["ran_out"] = True

    def process_view(self, request, view, args, kwargs):
        asked_for = not getattr(view, "is_no_sign_of_life", False)
        if asked_for and request.user.is_authenticated:
            sessions.keep_alive(request.session)


class SecondFactorMiddleware:
    """Staff and board go nowhere but to enrolment until they have a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or request.resolver_match.view_name in ENROLMENT:
            return None
        if needs_second_factor(request.user) and not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        return None
