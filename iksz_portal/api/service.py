"""The API itself: its faults as problem JSON, its addresses, its document in OpenAPI 3.1."""

import json
from functools import cache

from django.conf import settings
from django.http import Http404, JsonResponse
from django.urls import path, re_path
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.responses import NinjaJSONEncoder

from core.errors import not_found
from core.problems import MEDIA_TYPE, Refused, problem
from iksz_portal.api.schemas import Problem
from iksz_portal.api.served import LANGUAGES, served

PREFIX = "api/v1/"
TITLE = gettext_noop("Open interface of the portal")
FAULTS = {400: Problem, 404: Problem, 405: Problem, 429: Problem}

api = NinjaAPI(
    title=TITLE,
    version="1.0.0",
    description=gettext_noop(
        "Everything public, for programs: read only, without a key. Lists come in pages: follow "
        "“next” until it is null."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


def reading(address, answer, summary):
    """Registers a view under its own name: that of its address, and of the call in the document."""

    def registered(view):
        name = {"operation_id": view.__name__, "url_name": view.__name__}
        return api.get(address, response={200: answer, **FAULTS}, summary=summary, **name)(view)

    return registered


@api.exception_handler(Refused)
def _refused(request, refused):
    return problem(refused.code, refused.detail, **refused.more)


@api.exception_handler(Http404)
def _not_there(request, missing):
    return problem(404, _("There is nothing at this address."))


@api.exception_handler(ValidationError)
def _not_understood(request, error):
    """What is wrong in the path leads nowhere; what is wrong in a parameter is told beside it."""
    if any(each["loc"][0] == "path" for each in error.errors):
        return _not_there(request, error)
    errors = [{"parameter": str(each["loc"][-1]), "message": each["msg"]} for each in error.errors]
    return problem(400, _("Some parameters cannot be understood."), errors=errors)


@cache
def document(language: str) -> dict:
    """OpenAPI 3.1, complete: with the parameter and the faults that all addresses share."""
    with override(language):
        return _translated(_complete())


def _complete() -> dict:
    found = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), cls=NinjaJSONEncoder))
    found["servers"] = [{"url": settings.SITE_URL}]
    found["info"]["license"] = {
        "name": settings.OPEN_DATA_LICENCE["title"],
        "url": settings.OPEN_DATA_LICENCE["path"],
    }
    for operations in found["paths"].values():
        operation = operations["get"]
        parameters = [_without_null(each) for each in operation.get("parameters", [])]
        operation["parameters"] = [*parameters, LANGUAGE]
        for status, answer in operation["responses"].items():
            if status != "200":
                answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
                answer["description"] = FAULTS_IN_WORDS[status]
    return found


def _without_null(parameter: dict) -> dict:
    """A parameter that may be left out; there is no way to write null in an address."""
    schema = parameter["schema"]
    kept = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    if not kept:
        return parameter
    rest = {key: value for key, value in schema.items() if key not in {"anyOf", "default"}}
    return parameter | {"schema": rest | kept[0]}


LANGUAGE = {
    "name": "lang",
    "in": "query",
    "required": False,
    "schema": {"type": "string", "enum": LANGUAGES},
    "description": gettext_noop(
        "language of the texts; without it the one that Accept-Language asks for"
    ),
}
FAULTS_IN_WORDS = {
    "400": gettext_noop("A parameter cannot be understood."),
    "404": gettext_noop("There is nothing at this address."),
    "405": gettext_noop("Nothing is changed here: use GET."),
    "429": gettext_noop("Too many requests from this address; try again later."),
}
SAID = ("description", "summary", "title")


def _translated(part):
    """The document with its sentences in the active language."""
    if isinstance(part, list):
        return [_translated(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _(value) if key in SAID and isinstance(value, str) and value else _translated(value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str) and "version" not in part)
    }


def openapi(request):
    return JsonResponse(document(get_language()), json_dumps_params={"ensure_ascii": False})


def addresses():
    """The patterns of ninja, each open to everybody; whatever else is asked for is not there."""
    parameters = {
        operation["operationId"]: {
            each["name"] for each in operation["parameters"] if each["in"] == "query"
        }
        for operation in (each["get"] for each in _complete()["paths"].values())
    }
    found = [pattern for pattern in api.urls[0] if pattern.name in parameters]
    for pattern in found:
        pattern.callback = served(pattern.callback, frozenset(parameters[pattern.name]))
    return [
        path("openapi.json", served(openapi), name="openapi"),
        *found,
        re_path(r"^(?P<rest>.*)$", served(nothing), name="nothing"),
    ]


def nothing(request, rest=""):
    return not_found(request)
