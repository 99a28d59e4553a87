from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core import clock, throttle
from core.csvfile import csv_file
from positions.filters import PositionFilter
from positions.models import BoardDecision, Position

PAGE_SIZE = 20


@login_not_required
@require_safe
def register(request):
    filters = _filtered(request)
    found = filters.qs if filters.is_valid() else Position.objects.none()
    listed = found.for_lists().newest_first()
    listed = listed.with_ballots() if request.user.is_authenticated else listed
    context = {
        "form": filters.form,
        "page": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
        "query": urlencode(filters.chosen),
    }
    part = "positions/register_found.html" if request.htmx else "positions/register.html"
    return render(request, part, context)


@login_not_required
@require_safe
def register_csv(request):
    filters = _filtered(request)
    if not filters.is_valid():
        return redirect(f"{reverse('positions:register')}?{urlencode(filters.asked())}")
    header = (
        _("Number"),
        _("Title"),
        pgettext("of a position", "Kind"),
        _("Section"),
        _("State"),
        _("In this state since"),
        _("Addressee"),
        _("Sent on"),
        _("Answer due"),
        _("Address on the portal"),
    )
    throttle.limit(request, scope="register download", rate="60/h")
    found = filters.qs.for_lists().newest_first()
    return csv_file(name="positions", header=header, rows=map(_row, found))


@login_not_required
@require_safe
def resolutions(request):
    visible = Position.objects.visible_to(request.user)
    decisions = BoardDecision.objects.filter(position__in=visible)
    listed = decisions.select_related("position__section")
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    trail = [(_("Register of positions"), reverse("positions:register"))]
    return render(request, "positions/resolutions.html", {"page": page, "trail": trail})


def _filtered(request):
    return PositionFilter(request.GET, queryset=Position.objects.visible_to(request.user))


def _row(position):
    sent = position.sent
    return (
        position.reference,
        position.title,
        position.get_kind_display(),
        position.section,
        position.get_status_display(),
        clock.day_of(position.status_since),
        position.addressee,
        sent and sent.sent_on,
        sent and sent.due_on,
        settings.SITE_URL + position.get_absolute_url(),
    )
