"""What every answer of the API has in common, whatever it tells."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from core import throttle
from core.localized import LANGUAGES
from core.problems import Refused, problem

RATE = "600/10m"
KEPT = 60
READING = "GET, HEAD, OPTIONS"


def served(view, parameters=frozenset()):
    """`view` for everybody, read only: throttled, in the language asked for, with CORS and ETag.
    A parameter that is none of `parameters`, or is given twice, is refused."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return _opened(HttpResponse(status=204, headers={"Allow": READING}))
        with override(_preferred(request)):
            return _opened(_answer(request, *args, **kwargs))

    def _answer(request, *args, **kwargs):
        if request.method not in {"GET", "HEAD"}:
            refusal = problem(405, _("Nothing is changed here: use GET."))
            refusal["Allow"] = READING
            return refusal
        throttle.limit(request, scope="api", rate=RATE)
        try:
            language = _language(request)
            _refuse_others(request, parameters | {"lang"})
        except Refused as refused:
            return problem(refused.code, refused.detail, **refused.more)
        method, request.method = request.method, "GET"
        with override(language):
            found = view(request, *args, **kwargs)
        request.method = method
        return _kept(request, found, language)

    return answer


def _kept(request, found, language):
    """Kept for a minute by whoever reads it; then asked whether it is still the same."""
    if found.status_code != 200:
        return found
    found["Content-Language"] = language
    found["Cache-Control"] = f"public, max-age={KEPT}"
    patch_vary_headers(found, ["Accept-Language"])
    set_response_etag(found)
    return get_conditional_response(request, etag=found["ETag"], response=found)


def _opened(response):
    """Pages of others may read it, without anybody's cookies."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = READING
    response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After, Content-Language"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-store"
    return response


def _language(request):
    """The one of `lang`, else the first the reader understands, else the portal's first."""
    asked = request.GET.get("lang")
    if asked is None:
        return _preferred(request)
    if asked not in LANGUAGES:
        told = _("This language is none of the portal's.")
        raise Refused(told, errors=[{"parameter": "lang", "message": told}])
    return asked


def _preferred(request):
    if (asked := request.GET.get("lang")) in LANGUAGES:
        return asked
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        if code[:2] in LANGUAGES:
            return code[:2]
    return settings.LANGUAGE_CODE


def _refuse_others(request, parameters):
    errors = []
    for name, values in request.GET.lists():
        if name not in parameters:
            errors.append({"parameter": name[:50], "message": _("There is no such parameter.")})
        elif len(values) > 1:
            errors.append({"parameter": name, "message": _("It is given more than once.")})
    if errors:
        raise Refused(_("Some parameters cannot be understood."), errors=errors)
