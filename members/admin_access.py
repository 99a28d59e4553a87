"""The back office has no door of its own: one comes in through the portal's sign-in, and proves
again who one is after a quarter of an hour elsewhere."""

from functools import wraps

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse

from core import logs
from members import sessions


class PortalDoor:
    """For an AdminSite: `class BackOffice(PortalDoor, admin.AdminSite)`."""

    @login_not_required
    def login(self, request, extra_context=None):
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index")))

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request, *args, **kwargs):
            if not self.has_permission(request):
                return self.login(request)
            require_fresh_proof(request)
            return inner(request, *args, **kwargs)

        return guarded


def require_fresh_proof(request):
    """Raises allauth's request for the password or a code when the last proof is too old."""
    if settings.SECOND_FACTOR_REQUIRED and not sessions.is_fresh(request.session):
        raise ReauthenticationRequired
    sessions.stay_in_back_office(request.session)
    if request.method == "POST":
        logs.security("back_office_change", request)
