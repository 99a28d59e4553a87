from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from iksz_portal.waiting import waiting_for
from members.directory import members_by_county, on_map
from members.models import County
from positions.figures import public_figures
from positions.models import Position
from sections.models import Section

NEWEST = 5
NONE_YET = "–"


@login_not_required
@require_safe
def home(request):
    """A visitor is told who we are; whoever is signed in first sees what waits for them."""
    context = {
        "figures": _figures(),
        "newest": Position.objects.public().for_lists().order_by("-published_at", "-pk")[:NEWEST],
        "sections": Section.objects.with_member_count(),
    }
    if request.user.is_authenticated:
        return render(request, "home/member.html", {**context, "tasks": waiting_for(request.user)})
    return render(request, "home/visitor.html", {**context, **_directory()})


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
        (NONE_YET if share is None else f"{share}%", _("of the points asked accepted"), "done"),
        (counted.overdue, overdue, "waiting" if counted.overdue else "plain"),
    ]


@login_not_required
@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@login_not_required
@require_safe
def favicon(request):
    return redirect(static("img/mark.svg"), permanent=True)
