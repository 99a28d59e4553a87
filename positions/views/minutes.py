from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.filestore import as_download
from core.models import Stage
from core.workflow import NotAllowed
from positions import board_papers, minutes, policy
from positions.forms.papers import PaperForm
from positions.views.documents import being_made, count, ready
from positions.views.meetings import title_of, trail_to, visible

MOST_LISTED = 12


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_minutes(request, year, number):
    """The minutes as they are now, and a form for a file of them."""
    meeting = with_minutes(request.user, year, number)
    written = minutes.read(meeting)
    form = PaperForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        count(request)
        board_papers.ask(of=meeting, content=written.fingerprint, by=request.user, **form.wish())
        messages.success(request, _("The document is being made; it will be in the list below."))
        return redirect("positions:minutes", year, number)
    given = minutes.authenticated_by(meeting, written.fingerprint)
    context = {
        "meeting": meeting,
        "minutes": written,
        "given": given,
        "takes_minutes": policy.takes_minutes(request.user, meeting) and meeting.has_open_minutes,
        "trail": trail_to(meeting),
        "lead": title_of(meeting),
        "form": form,
        **listed(meeting, written.fingerprint, reverse("positions:minutes", args=[year, number])),
    }
    part = "positions/meetings/papers.html" if request.htmx else "positions/meetings/minutes.html"
    return render(request, part, context)


@require_safe
def minutes_file(request, year, number, pk):
    return download(with_minutes(request.user, year, number), pk)


def with_minutes(person, year, number):
    """The meeting, if its minutes have begun (404) and this person may read them now (403)."""
    meeting = visible(person, year, number)
    if not meeting.has_minutes:
        raise Http404
    if not policy.reads_minutes(person, meeting):
        raise NotAllowed(
            _("You take no part in one of the decisions: you read the minutes once it is made.")
        )
    return meeting


def listed(of, content, url):
    """The papers there are of a meeting or a resolution, as the list shows them."""
    papers = list(of.papers.all()[:MOST_LISTED])
    under_way = sum(each.is_under_way for each in papers)
    return {
        "papers": papers,
        "content": content,
        "papers_url": url,
        "is_watched": any(each.is_watched for each in papers),
        "said": being_made(under_way) if under_way else ready(papers),
    }


def download(of, pk):
    return as_download(get_object_or_404(of.papers.filter(stage=Stage.READY), pk=pk))
