"""The pages of open data: what there is to take away, and how programs ask for it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import throttle
from core.filestore import as_open_data
from iksz_portal import dump, harvest
from iksz_portal.api.examples import EXAMPLES
from iksz_portal.api.service import document
from positions.models import OpenDataFile


@login_not_required
@require_safe
def open_data(request):
    files = list(dump.files())
    whole = next((each for each in files if each.name == dump.NAME), None)
    context = {
        "whole": whole,
        "files": [_listed(each) for each in files],
        "tables": dump.TABLES,
        "licence": settings.OPEN_DATA_LICENCE,
        "oai": harvest.BASE_URL,
        "api": f"{settings.SITE_URL}{reverse('api:openapi')}",
    }
    return render(request, "open_data/page.html", context)


def _listed(file):
    if file.name == dump.NAME:
        return file, reverse("open_data_file", args=[file.name])
    return file, reverse("positions:data_file", args=[file.name])


@login_not_required
@require_safe
def open_data_file(request, name):
    """The archive, unless something in it was taken back since it was made."""
    found = get_object_or_404(OpenDataFile, name=name)
    if name == dump.NAME and dump.is_outdated(found):
        raise Http404
    throttle.limit(request, scope="open data", rate="60/h")
    return as_open_data(request, found)


@login_not_required
@require_safe
def interface(request):
    """What the API answers, written from its own document: the page cannot say anything else."""
    told = document(get_language())
    context = {
        "document": told,
        "calls": [_call(path, each["get"], told) for path, each in told["paths"].items()],
        "base": settings.SITE_URL,
        "openapi": f"{settings.SITE_URL}{reverse('api:openapi')}",
        "trail": [(_("Open data"), reverse("open_data"))],
    }
    return render(request, "open_data/interface.html", context)


def _call(path, operation, told):
    name = operation["operationId"]
    return {
        "name": name,
        "path": path,
        "summary": operation["summary"],
        "parameters": [_parameter(each) for each in operation["parameters"]],
        "fields": _fields(operation["responses"]["200"], told),
        "example": f"curl '{settings.SITE_URL}{EXAMPLES[name]}'",
    }


def _parameter(parameter):
    schema = parameter["schema"]
    values = schema.get("enum") or []
    return {
        "name": parameter["name"],
        "what": parameter.get("description", ""),
        "values": values,
        "limits": _limits(schema),
        "needed": parameter["in"] == "path",
    }


def _limits(schema):
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{low}–{high}" if low is not None and high is not None and high < 10_000 else ""


def _fields(answer, told):
    """Name and meaning of what one row holds."""
    schema = _followed(answer["content"]["application/json"]["schema"], told)
    if "items" in schema["properties"]:
        schema = _followed(schema["properties"]["items"]["items"], told)
    return [(name, each.get("description", "")) for name, each in schema["properties"].items()]


def _followed(schema, told):
    if "$ref" not in schema:
        return schema
    return told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
