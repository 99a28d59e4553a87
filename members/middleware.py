from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse

from members.standing import mandates_of


class SecondFactorMiddleware:
    """Staff and board go nowhere but to enrolment until they have a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        free = match.view_name.startswith(("mfa_", "account_")) if match.view_name else False
        if free or not (request.user.is_staff or mandates_of(request.user).on_board):
            return None
        if is_mfa_enabled(request.user):
            return None
        return redirect(reverse("mfa_activate_totp"))
