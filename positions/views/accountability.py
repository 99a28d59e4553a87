from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Min, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock, throttle
from core.filestore import as_open_data
from core.paging import KnownPaginator
from positions import accountability, accounting, policy, publishing
from positions.choices import MessageKind
from positions.forms.accountability import YearForm
from positions.models import AuthorityFigures, Message, OpenDataFile, Recount, Submission
from positions.models.accountability import EVERY_YEAR

AUTHORITIES_LISTED, POSITIONS_LISTED, YEARS_SHOWN = 20, 10, 6


@login_not_required
@require_safe
def overview(request):
    """What became of what was submitted, by authority and by year."""
    everybody = {row.year: row for row in AuthorityFigures.objects.of_everybody()}
    years = sorted(everybody.keys() - {EVERY_YEAR}, reverse=True)
    form = YearForm(request.GET or None, years=years)
    year = form.chosen
    rows = AuthorityFigures.objects.by_authority().filter(year=year).most_first()
    page = Paginator(rows, AUTHORITIES_LISTED).get_page(request.GET.get("page"))
    by_year = [everybody[each] for each in years[:YEARS_SHOWN]]
    context = {
        "form": form,
        "recount": Recount.objects.first(),
        "strip": accountability.strip(everybody[year]) if year in everybody else [],
        "page": page,
        "by_authority": _by_authority(page, year),
        "by_year": [] if year else _by_year(by_year, reverse("positions:accountability")),
        "has_more_years": len(years) > YEARS_SHOWN,
    }
    return render(request, "positions/accountability.html", context)


@login_not_required
@require_safe
def authority(request, pk):
    """One authority: its years, and each position with how its points ended."""
    mine = AuthorityFigures.objects.by_authority().filter(authority__pk=pk)
    rows = {row.year: row for row in mine}
    if EVERY_YEAR not in rows:
        raise Http404
    total = rows.pop(EVERY_YEAR)
    years = sorted(rows, reverse=True)[:YEARS_SHOWN]
    page = KnownPaginator(_submissions(pk), POSITIONS_LISTED, count=total.submitted)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "authority": total.authority,
        "recount": Recount.objects.first(),
        "strip": accountability.strip(total),
        "by_year": _by_year([rows[year] for year in years]),
        "page": shown,
        "dealings": [_dealing(submission) for submission in shown],
        "trail": [(_("What came of it"), reverse("positions:accountability"))],
    }
    return render(request, "positions/authority.html", context)


@login_not_required
@require_safe
def open_data(request):
    """Where these tables stood alone, before they stood with all the others."""
    return redirect("open_data", permanent=True)


@login_not_required
@require_safe
def data_file(request, name):
    """A table of this room; the archive of all has a view that knows when it is old."""
    if name not in publishing.file_names():
        raise Http404
    found = get_object_or_404(OpenDataFile, name=name)
    throttle.limit(request, scope="open data", rate="60/h")
    return as_open_data(request, found)


def _submissions(authority):
    answers = Message.objects.filter(kind=MessageKind.ANSWER, submission=OuterRef("pk"))
    first = answers.order_by().values("submission").annotate(day=Min("received_on")).values("day")
    return (
        Submission.objects.filter(
            addressee=authority, sent_on__isnull=False, position__published_at__isnull=False
        )
        .annotate(answered_on=Subquery(first))
        .select_related("position__section", "position__current")
        .prefetch_related("position__current__points")
        .order_by("-sent_on", "-pk")
    )


def _dealing(submission):
    position = submission.position
    ended = accounting.Dealing(
        position.pk,
        position.status,
        submission.addressee_id,
        submission.sent_on,
        submission.due_on,
        submission.answered_on,
        points=0,
        is_silent=submission.silent_since is not None,
    )
    ending = ended.ending(clock.today())
    tone = accountability.STATUS_TONES[ending]
    return {
        "sent": submission,
        "position": position,
        "dealing": ended,
        "ending": ending,
        "tone": tone,
        "told": policy.outcomes_are_told(position, inside=False),
    }


def _by_authority(page, year):
    def named(row):
        url = reverse("positions:authority", args=[row.authority_id])
        return str(row.authority), url

    return accountability.tables(page, name="authority", first=_("Authority"), named=named)


def _by_year(rows, url=""):
    def named(base, row):
        return str(row.year), f"{base}?year={row.year}" if base else ""

    name = partial(named, url)
    return accountability.tables(rows, name="year", first=_("Year"), named=name)
