import logging
import secrets

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.utils.cache import patch_cache_control, patch_vary_headers

from core import errors
from core.logs import request_id
from core.workflow import Overtaken

log = logging.getLogger("portal")

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class RequestIdMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = request_id.set(secrets.token_hex(6))
        try:
            return self.get_response(request)
        finally:
            request_id.reset(token)


class FaultMiddleware:
    """Refuses what no page can mean (NUL, TRACE) and says 503 when the database is away."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in {"TRACE", "TRACK", "CONNECT"}:
            return HttpResponse(status=405)
        if any("\0" in text for text in (request.path, *request.COOKIES.values())) or any(
            "\0" in value for values in request.GET.lists() for value in (values[0], *values[1])
        ):
            return errors.bad_request(request, BadRequest())
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and any(
            "\0" in value for values in request.POST.lists() for value in values[1]
        ):
            return errors.bad_request(request, BadRequest())
        return None

    def process_exception(self, request, exception):
        if isinstance(exception, OperationalError | InterfaceError):
            log.exception("The database did not answer.")
            text = loader.render_to_string("503.html")
            return HttpResponse(text, status=503, headers={"Retry-After": "5"})
        return None


class ExtraHeadersMiddleware:
    """Headers Django has no setting for; signed-in pages are never kept by anybody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        if response.has_header("Cache-Control"):
            return response
        user = getattr(request, "user", None)
        if response.cookies or request.COOKIES or getattr(user, "is_authenticated", False):
            patch_cache_control(response, private=True, no_store=True)
        elif request.method in {"GET", "HEAD"} and response.status_code == 200:
            patch_cache_control(response, public=True, max_age=60)
        patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response


class WorkflowErrorsMiddleware:
    """Somebody was faster: a 409 page that says who, when, and what to do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Overtaken):
            return errors.conflict(request, exception)
        return None
