import logging
import secrets

from django.conf import settings
from django.core.exceptions import BadRequest
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

from core import errors
from core.logs import request_id
from core.throttle import Throttled
from core.workflow import Overtaken

log = logging.getLogger("portal")

HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
        "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), usb=(), xr-spatial-tracking=()"
    ),
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


class RequestIdMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request_id.set(secrets.token_hex(6))  # and kept: Django logs its answer after this
        return self.get_response(request)


class HeadersMiddleware:
    """Outermost, so that refusals of the other middlewares carry the headers too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault(
                "Strict-Transport-Security",
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains",
            )
        if not response.has_header("Cache-Control"):
            _say_who_may_keep(request, response)
        return response


KEPT = frozenset({200, 304})


def _say_who_may_keep(request, response):
    """Public pages may be kept for a minute; nothing of a person with a cookie is ever kept."""
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    anonymous = not request.COOKIES and not response.cookies
    if anonymous and request.method in {"GET", "HEAD"} and response.status_code in KEPT:
        patch_cache_control(response, public=True, max_age=60)
    else:
        patch_cache_control(response, private=True, no_store=True)


class CompressionMiddleware(GZipMiddleware):
    """Compresses the pages of strangers. Where somebody is known by a cookie nothing is compressed:
    the size of such a page may tell what is secret in it (BREACH)."""

    WORDS = ("text/", "application/json", "application/ld+json", "application/geo+json")

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "")
        known = request.COOKIES or response.cookies
        if known or response.streaming or not kind.startswith(self.WORDS):
            return response
        return super().process_response(request, response)


UTF_8 = ("utf-8", "utf8")


class FaultMiddleware:
    """Refuses what no page can mean (NUL, TRACE, words that are not in UTF-8), and gives a page to
    what went wrong below."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD", "POST", "OPTIONS"}:
            return errors.wrong_method(request, "GET, HEAD, POST")
        if _is_written_otherwise(request):
            request._encoding = settings.DEFAULT_CHARSET  # the setter would read the address first
            return errors.bad_request(request, BadRequest())
        if _holds_nul(request.path, *request.COOKIES.values()) or _sent_nul(request.GET):
            return errors.bad_request(request, BadRequest())
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return errors.wrong_method(request, response.headers.get("Allow", ""))
        return response

    def process_view(self, request, view, args, kwargs):
        if request.method == "POST" and _sent_nul(request.POST):
            return errors.bad_request(request, BadRequest())
        return None

    def process_exception(self, request, exception):
        match exception:
            case Overtaken():
                return errors.conflict(request, exception)
            case Throttled():
                return errors.too_many_requests(request, exception.wait)
            case _ if isinstance(exception, errors.DATABASE_IS_AWAY):
                log.exception("The database did not answer.")
                return errors.unavailable(request)
        return None


def _is_written_otherwise(request):
    """Python has codecs by which one could send half characters, which no database keeps."""
    return request.content_params.get("charset", UTF_8[0]).lower() not in UTF_8


def _holds_nul(*texts):
    return any("\0" in text for text in texts)


def _sent_nul(data):
    return any(_holds_nul(name, *values) for name, values in data.lists())
