"""The pages for what went wrong: each says what happened and what to do."""

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
from core.workflow import Overtaken

SECRET_FIELDS = ("password", "code", "token", "csrfmiddlewaretoken", "once")
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


def bad_request(request, exception=None):
    too_big = isinstance(exception, TOO_BIG)
    return render(request, "400.html", {"too_big": too_big}, status=413 if too_big else 400)


def forbidden(request, exception=None):
    """403, with the sentence of a policy that said why, and a line in the security log."""
    logs.security("access_denied", request, status=403)
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request, exception=None):
    """404: what does not exist and what is not this person's look the same; only the log knows."""
    if request.resolver_match and request.user.is_authenticated:
        logs.security("access_denied", request, status=404)
    return render(request, "404.html", status=404)


def wrong_method(request, allowed):
    response = render(request, "405.html", status=405)
    response["Allow"] = allowed
    return response


def too_many_requests(request, wait=WAIT_A_MINUTE):
    minutes = -(-wait // 60)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(wait)
    return response


def server_error(request):
    """Rendered without the request: whatever broke may be what the frame of a page asks for."""
    if isinstance(sys.exc_info()[1], DATABASE_IS_AWAY):
        return unavailable(request)
    return HttpResponse(loader.render_to_string("500.html"), status=500)


def unavailable(request):
    text = loader.render_to_string("503.html")
    return HttpResponse(text, status=503, headers={"Retry-After": "5"})


@login_not_required
def csrf_failure(request, reason=""):
    """The form is refused; what was typed is handed back to be copied."""
    logs.security("csrf_refused", request, reason=reason)
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)


def typed(request):
    """The longer texts of a refused form, without anything secret."""
    return [
        text
        for name, text in request.POST.items()
        if len(text.strip()) > 2 and not any(secret in name for secret in SECRET_FIELDS)
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
        current_label=str(overtaken.thing.get_status_display()),
        who=str(last.actor or "") if last else "",
        when=last.at if last else None,
        mine="\n\n".join(typed(request)),
    )
    back_url = back_url or overtaken.thing.get_absolute_url()
    return conflict_page(request, told, back_url=back_url)


def conflict_page(request, told: Conflict, *, back_url: str):
    """409. Where two texts met (`mine`, `theirs`) both are shown, and nothing is lost."""
    return render(request, "409.html", {"error": told, "back_url": back_url}, status=409)
