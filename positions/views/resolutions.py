from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import throttle
from core.csvfile import csv_file
from core.once import once_only
from core.paging import BoundedPaginator
from core.workflow import NotAllowed
from positions import board_papers, excerpts, meeting_words, meetings, policy
from positions.choices import LinkKind
from positions.described import resolution_facts
from positions.filters import ResolutionFilter
from positions.forms.papers import PaperForm
from positions.forms.sessions import LinkForm, UndoLinkForm
from positions.models import BoardDecision
from positions.views.documents import count
from positions.views.meetings import attempt, form_page
from positions.views.minutes import download, listed

PAGE_SIZE = 20
BACKWARDS = {
    LinkKind.REVOKES: gettext_lazy("revoked by"),
    LinkKind.AMENDS: gettext_lazy("amended by"),
}


@login_not_required
@require_safe
def resolutions(request):
    filters = filtered(request)
    found = filters.qs if filters.is_valid() else BoardDecision.objects.none()
    page = BoundedPaginator(found.for_lists().newest_first(), PAGE_SIZE)
    context = {
        "form": filters.form,
        "page": page.get_page(request.GET.get("page")),
        "query": urlencode(filters.chosen),
        "trail": trail()[:-1],
    }
    part = "resolutions_found.html" if request.htmx else "resolutions.html"
    return render(request, f"positions/{part}", context)


@login_not_required
@require_safe
def resolutions_csv(request):
    filters = filtered(request)
    if not filters.is_valid():
        return redirect(f"{reverse('positions:resolutions')}?{urlencode(filters.asked())}")
    throttle.limit(request, scope="resolutions download", rate="60/h")
    header = (
        _("Resolution"),
        _("Decided on"),
        _("Decision"),
        _("Subject"),
        _("Position"),
        _("Section"),
        _("Revoked by"),
        _("Amended by"),
        _("Address on the portal"),
    )
    rows = (row(decision) for decision in filters.qs.with_later_ones().newest_first())
    return csv_file(name="resolutions", header=header, rows=rows)


def row(decision):
    position = decision.position
    return (
        decision.resolution,
        decision.decided_on,
        decision.get_verdict_display(),
        decision.title,
        position.reference if position else "",
        position.section if position else "",
        decision.revoked_by.resolution if decision.revoked_by else "",
        "; ".join(each.resolution for each in decision.amended_by),
        settings.SITE_URL + decision.get_absolute_url(),
    )


@login_not_required
@require_safe
def resolution(request, year, number):
    """A resolution at its permanent address: for those it concerns the excerpt, else what is
    public of it."""
    decision = visible(request.user, year, number)
    inside = policy.reads_excerpt(request.user, decision)
    excerpt = excerpts.read(decision) if inside else None
    words = meeting_words.words_of(decision)
    context = {
        "decision": decision,
        "words": words,
        "facts": resolution_facts(decision, words=words),
        "excerpt": excerpt,
        "trail": trail(),
        "links": links_of(decision, request.user),
        "may_link": policy.runs_meetings(request.user),
        "sees_meeting": policy.sees_meetings(request.user),
        "form": PaperForm(),
    }
    if excerpt:
        context |= listed(decision, excerpt.fingerprint, decision.get_absolute_url())
    if request.htmx and inside:
        return render(request, "positions/meetings/papers.html", context)
    return render(request, "positions/resolution.html", context)


@require_POST
def make_excerpt(request, year, number):
    decision = visible(request.user, year, number)
    if not policy.reads_excerpt(request.user, decision):
        raise NotAllowed(_("The excerpt is for the section it concerns and for the board."))
    form = PaperForm(request.POST)
    if form.is_valid():
        count(request)
        content = excerpts.read(decision).fingerprint
        board_papers.ask(of=decision, content=content, by=request.user, **form.wish())
        messages.success(request, _("The document is being made; it will be in the list below."))
    else:
        messages.error(request, _("Choose the kind of file and the language from the lists."))
    return redirect(decision)


@require_safe
def excerpt_file(request, year, number, pk):
    decision = visible(request.user, year, number)
    if not policy.reads_excerpt(request.user, decision):
        raise Http404
    return download(decision, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def link(request, year, number):
    """What this resolution does to an earlier one."""
    decision = visible(request.user, year, number)
    if not policy.runs_meetings(request.user):
        raise NotAllowed(_("This is done by the secretary or the chair of the board."))
    form = LinkForm(request.POST or None)
    if form.is_bound and form.is_valid():
        facts = {"kind": LinkKind(form.cleaned_data["kind"]), "target": form.cleaned_data["number"]}
        act = meetings.link_resolutions
        if attempt(form, lambda: act(source=decision, by=request.user, **facts)):
            messages.success(request, _("The two resolutions are linked."))
            return redirect(decision)
    return form_page(
        request,
        form,
        title=_("Revoke or amend an earlier resolution"),
        lead=_("By resolution %(number)s") % {"number": decision.resolution},
        submit=_("Link the resolutions"),
        told=meeting_words.LINKING,
        trail=[*trail(), (decision.resolution, decision.get_absolute_url())],
        back=decision.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def undo_link(request, year, number, pk):
    """A link that was recorded by mistake."""
    decision = visible(request.user, year, number)
    if not policy.runs_meetings(request.user):
        raise NotAllowed(_("This is done by the secretary or the chair of the board."))
    found = get_object_or_404(decision.links.select_related("source", "target"), pk=pk)
    form = UndoLinkForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: meetings.undo_link(link=found, by=request.user, reason=reason)):
            messages.success(request, _("The link is undone."))
            return redirect(decision)
    return form_page(
        request,
        form,
        title=_("Undo a link"),
        lead=str(found),
        submit=_("Undo the link"),
        told=meeting_words.UNDOING,
        trail=[*trail(), (decision.resolution, decision.get_absolute_url())],
        back=decision.get_absolute_url(),
    )


def visible(person, year, number) -> BoardDecision:
    """The resolution of this number; 404 if this person may not see it."""
    seen = BoardDecision.objects.visible_to(person).cited_as(year, number)
    return get_object_or_404(seen.for_page())


def links_of(decision, person):
    """What it does to others and they to it: the number, and the way there for who may read it."""
    undo = policy.runs_meetings(person)
    said = [(link.get_kind_display(), link.target, undo * link.pk) for link in decision.links.all()]
    said += [(BACKWARDS[link.kind], link.source, 0) for link in decision.linked_by.all()]
    others = [other.pk for _label, other, _undo in said]
    seen = BoardDecision.objects.visible_to(person).filter(pk__in=others)
    here = [decision.year, decision.number]
    readable = set(seen.values_list("pk", flat=True)) if said else set()
    return [
        {
            "label": label,
            "number": other.resolution,
            "url": other.get_absolute_url() if other.pk in readable else "",
            "undo": reverse("positions:undo_link", args=[*here, undone]) if undone else "",
        }
        for label, other, undone in said
    ]


def filtered(request):
    return ResolutionFilter(request.GET, queryset=BoardDecision.objects.visible_to(request.user))


def trail():
    return [
        (_("Register of positions"), reverse("positions:register")),
        (_("Resolutions of the board"), reverse("positions:resolutions")),
    ]
