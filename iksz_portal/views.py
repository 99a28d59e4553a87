from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core import icalendars, throttle
from core.addresses import absolute
from core.structured import association
from iksz_portal import happenings
from iksz_portal.deadlines import dates_of
from iksz_portal.waiting import waiting_for
from members import calendars, visits
from members.directory import members_by_county, on_map
from members.models import County
from positions.figures import public_figures
from positions.models import Consultation, Position
from sections.described import part_of
from sections.models import Section

NEWEST = 5
COMING = 4
NONE_YET = "–"
FOR_A_CALENDAR = "60/h"


@login_not_required
@require_safe
def home(request):
    """A visitor is told who we are; whoever is signed in first sees what waits for them."""
    if request.user.is_authenticated:
        return render(request, "home/member.html", _for_member(request.user))
    context = {
        "figures": _figures(),
        "newest": _newest(),
        "coming": _coming(),
        "sections": Section.objects.with_member_count(),
    }
    facts = association(department=[part_of(section) for section in context["sections"]])
    return render(request, "home/visitor.html", {**context, **_directory(), "facts": facts})


def _for_member(person):
    """What they must do, what happened to what they follow, and since they were here last."""
    since = visits.since_last(person)
    return {
        "tasks": waiting_for(person),
        "happened": happenings.read(person, since),
        "since": since,
        "figures": _figures(),
        "newest": _newest(),
    }


def _newest():
    return Position.objects.public().for_lists().order_by("-published_at", "-pk")[:NEWEST]


def _coming():
    """The next dates that concern everybody: until when authorities take opinions."""
    dated = Consultation.objects.public().running().filter(due_on__isnull=False)
    return dated.select_related("authority").order_by("due_on", "pk")[:COMING]


def _directory():
    counties, tallies = list(County.objects.all()), members_by_county()
    members = sum(tally.members for tally in tallies.values())
    voice = ngettext(
        "%(count)d member library, one common voice.",
        "%(count)d member libraries, one common voice.",
        members,
    ) % {"count": members}
    return {
        "heading": voice if members else _("One common voice of the libraries."),
        "counties": on_map(counties, tallies),
        "some_without": 0 < len(tallies) < len(counties),
    }


def _figures():
    """The strip «What we asked, and what became of it»: values with their label and tone."""
    counted = public_figures()
    share = counted.share_accepted
    submitted = ngettext("position submitted", "positions submitted", counted.submitted)
    overdue = ngettext(
        "is waiting for an answer past its deadline",
        "are waiting for an answer past their deadline",
        counted.overdue,
    )
    return [
        (counted.submitted, submitted, "plain"),
        (counted.answered, _("answered by their addressee"), "done"),
        (
            NONE_YET if share is None else _("%(share)s%%") % {"share": share},
            _("of the points asked accepted"),
            "done",
        ),
        (counted.overdue, overdue, "waiting" if counted.overdue else "plain"),
    ]


@login_not_required
@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@login_not_required
@require_safe
def deadlines(request, token):
    """Opened by the token alone, in its owner's language; what is in it is what they see today."""
    try:
        owner = calendars.owner_of(token)
    except calendars.NoCalendar as missing:
        raise Http404 from missing
    throttle.take(scope="calendar", who=token, rate=FOR_A_CALENDAR, request=request)
    with translation.override(owner.language):
        name = _("Deadlines: %(association)s") % {"association": settings.SITE_NAME}
        content = icalendars.calendar(name=name, path=reverse("home"), dates=dates_of(owner))
    return icalendars.answer(request, content)


@login_not_required
@require_safe
def favicon(request):
    return redirect(static("img/mark.svg"), permanent=True)
