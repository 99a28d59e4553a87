"""The pages for what went wrong: each says what happened and what to do."""

import re
import sys
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from core import logs
from core.problems import is_for_machines, problem
from core.workflow import Overtaken

SECRET_FIELDS = ("password", "code", "token", "csrfmiddlewaretoken", "once", "typed_by")
CODE = re.compile(r"[a-z0-9_.:-]+")
WAIT_A_MINUTE = 60
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DATABASE_IS_AWAY = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Conflict:
    """What the 409 page tells: what happened, what to do, who was faster."""

    message: str
    hint: str
    current_label: str = ""
    who: str = ""
    when: datetime | None = None
    mine: str = ""
    theirs: str = ""


def _refusal(request, template, context=None, *, status, told=""):
    """The page of a refusal has no address of its own: it stands where another one should.
    A program gets no page but the status and what it is `told`."""
    if is_for_machines(request):
        return problem(status, told)
    request.is_refused = True
    response = render(request, template, context, status=status)
    if "HX-Request" in request.headers and request.method == "GET":
        response["HX-Redirect"] = request.get_full_path()  # a part of a page has no room for it
    return response


def bad_request(request, exception=None):
    too_big = isinstance(exception, TOO_BIG)
    status, told = 413 if too_big else 400, _("The request cannot be read.")
    return _refusal(request, "400.html", {"too_big": too_big}, status=status, told=told)


def forbidden(request, exception=None):
    """403, with the sentence of a policy that said why, and a line in the security log."""
    logs.security("access_denied", request, status=403)
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _refusal(request, "403.html", {"reason": reason}, status=403)


def not_found(request, exception=None):
    """404: what does not exist and what is not this person's look the same; only the log knows."""
    if request.resolver_match and request.user.is_authenticated:
        logs.security("access_denied", request, status=404)
    told = _("There is nothing at this address.")
    return _refusal(request, "404.html", status=404, told=told)


def wrong_method(request, allowed):
    told = _("Nothing is changed here: use GET.")
    response = _refusal(request, "405.html", status=405, told=told)
    response["Allow"] = allowed
    return response


def too_many_requests(request, wait=WAIT_A_MINUTE):
    minutes = -(-wait // 60)
    told = _("Too many requests from this address; try again later.")
    response = _refusal(request, "429.html", {"minutes": minutes}, status=429, told=told)
    response["Retry-After"] = str(wait)
    return response


def server_error(request):
    """Rendered without the request: whatever broke may be what the frame of a page asks for."""
    if isinstance(sys.exc_info()[1], DATABASE_IS_AWAY):
        return unavailable(request)
    if is_for_machines(request):
        return problem(500)
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def unavailable(request):
    if is_for_machines(request):
        response = problem(503)
        response["Retry-After"] = "5"
        return response
    text = loader.render_to_string("503.html")
    return HttpResponse(text, status=503, headers={"Retry-After": "5"})


@login_not_required
def csrf_failure(request, reason=""):
    """The form is refused; what was typed is handed back to be copied."""
    logs.security("csrf_refused", request, reason=reason)
    return _refusal(request, "403_csrf.html", {"typed": typed(request)}, status=403)


def typed(request):
    """The longer texts of a refused form: nothing secret, and no codes of buttons, choices, days or
    fingerprints, which nobody has typed."""
    return [
        text
        for name, text in request.POST.items()
        if len(text.strip()) > 2
        and not CODE.fullmatch(text)
        and not any(secret in name for secret in SECRET_FIELDS)
    ]


def conflict(request, overtaken: Overtaken, *, back_url: str = ""):
    last = overtaken.last
    if overtaken.own:
        message = _("You have already taken this step; it was not done a second time.")
    else:
        message = _("Somebody was faster: this step is no longer possible as you saw it.")
    told = Conflict(
        message=message,
        hint=_("Go back to the page, see how things stand now, and decide again."),
        current_label=_state_of(overtaken.thing),
        who=str(last.actor or "") if last else "",
        when=last.at if last else None,
        mine="\n\n".join(typed(request)),
    )
    back_url = back_url or overtaken.thing.get_absolute_url()
    return conflict_page(request, told, back_url=back_url)


def _state_of(thing) -> str:
    """In words; nothing for what has no states."""
    return str(thing.get_status_display()) if hasattr(thing, "status") else ""


def conflict_page(request, told: Conflict, *, back_url: str):
    """409. Where two texts met (`mine`, `theirs`) both are shown, and nothing is lost."""
    return _refusal(request, "409.html", {"error": told, "back_url": back_url}, status=409)
