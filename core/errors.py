"""The pages for what went wrong: each says what happened and what to do."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.workflow import Overtaken


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
    extra: dict = field(default_factory=dict)


def conflict(request, overtaken: Overtaken):
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
    )
    return conflict_page(request, told, back_url=overtaken.thing.get_absolute_url())


def conflict_page(request, told: Conflict, *, back_url: str):
    return render(request, "409.html", {"error": told, "back_url": back_url}, status=409)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


@login_not_required
def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
