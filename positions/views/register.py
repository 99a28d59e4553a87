from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from core import clock, notices, throttle
from core.csvfile import csv_file
from core.paging import BoundedPaginator, KeyedPaginator
from positions import journey, subjects
from positions.filters import PositionFilter
from positions.models import Position, Topic

PAGE_SIZE = 20


@login_not_required
@require_safe
def register(request):
    filters = _filtered(request)
    found = filters.qs if filters.is_valid() else Position.objects.none()
    listed = found.for_lists().newest_first()
    listed = listed.with_running_ballots() if request.user.is_authenticated else listed
    paginator = KeyedPaginator if filters.chosen.get("q") else BoundedPaginator
    pages = paginator(journey.with_days(listed), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": filters.form,
        "page": page,
        "journeys": journey.of_each(page),
        "query": urlencode(filters.chosen),
        "topic": _topic(request, filters),
    }
    part = "positions/register_found.html" if request.htmx else "positions/register.html"
    return render(request, part, context)


def _topic(request, filters):
    """The topic the register is filtered by, for those who may follow it."""
    if not (request.user.is_authenticated and filters.is_valid() and filters.chosen.get("topic")):
        return None
    return notices.with_follow(Topic.objects.all(), request.user).get(pk=filters.chosen["topic"])


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
        _("Topics"),
        _("Laws it speaks of"),
        _("Address on the portal"),
    )
    throttle.limit(request, scope="register download", rate="60/h")
    about = subjects.of_each(filters.qs)
    found = filters.qs.for_lists().newest_first()
    rows = (_row(position, about.get(position.pk, [])) for position in found)
    return csv_file(name="positions", header=header, rows=rows)


def _filtered(request):
    person = request.user
    return PositionFilter(request.GET, queryset=Position.objects.visible_to(person), person=person)


def _row(position, about):
    sent = position.sent
    topics, laws = (
        "; ".join(subject.name for subject in about if subject.kind == kind)
        for kind in (subjects.TOPIC, subjects.LAW)
    )
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
        topics,
        laws,
        settings.SITE_URL + position.get_absolute_url(),
    )
