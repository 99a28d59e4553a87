from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.once import once_only
from core.workflow import Move, NotAllowed, Overtaken, SomethingMissing
from positions import agendas, meeting_words, minutes, policy
from positions.choices import MeetingAction
from positions.forms.meetings import MEETING_FORMS, PlanForm
from positions.meeting_workflow import MEETINGS
from positions.models import Meeting

PAGE_SIZE = 20


@require_safe
def list_meetings(request):
    if not policy.sees_meetings(request.user):
        raise PermissionDenied(_("The meetings of the board are seen by its members and by staff."))
    found = Meeting.objects.visible_to(request.user).newest_first()
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "trail": trail(),
        "may_plan": policy.runs_meetings(request.user),
    }
    return render(request, "positions/meetings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def plan(request):
    if not policy.runs_meetings(request.user):
        raise NotAllowed(_("Meetings are planned by the secretary or the chair of the board."))
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = attempt(form, lambda: agendas.plan_meeting(by=request.user, **form.when_and_where))
        if made:
            messages.success(request, _("The meeting is planned: now put together its agenda."))
            return redirect("positions:agenda", made.year, made.number)
    return form_page(
        request,
        form,
        title=_("Plan a meeting"),
        submit=_("Plan the meeting"),
        told=meeting_words.PLANNING,
        trail=[*trail(), (_("Meetings of the board"), reverse("positions:meetings"))],
        back=reverse("positions:meetings"),
    )


@require_safe
def meeting(request, year, number):
    found = visible(request.user, year, number)
    context = {
        "meeting": found,
        "trail": trail_to(found)[:-1],
        "offers": MEETINGS.offered_to(request.user, found),
        "runs": policy.runs_meetings(request.user),
        "takes_minutes": policy.takes_minutes(request.user, found),
        "minutes": minutes.Minutes(found, []),
        "timeline": meeting_words.timeline(list(audit.of(found))),
    }
    return render(request, "positions/meetings/meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, year, number, action):
    """A step of a meeting: says what it will do, then does it."""
    found = visible(request.user, year, number)
    move = offered(action, found, request.user)
    written = minutes.read(found) if action == MeetingAction.AUTHENTICATE else None
    data = request.POST if request.method == "POST" else None
    initial = {"fingerprint": written.fingerprint} if written else {}
    form = MEETING_FORMS[action](data, meeting=found, move=move, by=request.user, initial=initial)
    if form.is_bound and form.is_valid() and made(form, move, found, request.user):
        messages.success(request, f"{meeting_words.ACTS[move.action]}.")
        return redirect(found)
    return form_page(
        request,
        form,
        title=move.label,
        lead=title_of(found),
        submit=move.label,
        tone="danger" if move.tone == "refusal" else "primary",
        missing=[str(sentence) for sentence in move.needs(found)],
        told=meeting_words.consequences(found, move, by=request.user),
        trail=trail_to(found),
        back=found.get_absolute_url(),
        minutes=written,
        given=minutes.authenticated_by(found, written.fingerprint) if written else [],
    )


def offered(action, found, person) -> Move:
    """The move, if it exists (404), is this person's (403) and fits the state (409)."""
    move = MEETINGS.moves.get(action)
    if move is None:
        raise Http404
    if not move.who(person, found):
        raise NotAllowed(_("This step is not yours to take."))
    if found.status not in move.sources:
        raise Overtaken(found, by=person, action=action)
    return move


def made(form, move, found, person) -> bool:
    note, seen = form.cleaned_data.get("note", ""), form.cleaned_data["seen"]
    return bool(
        attempt(
            form,
            lambda: MEETINGS.perform(
                move.action, found, by=person, note=note, seen=seen, **form.details()
            ),
        )
    )


# What the views of meetings share ------------------------------------------------------------


def visible(person, year, number) -> Meeting:
    """The meeting of this number; 404 if this person may not see it."""
    seen = Meeting.objects.visible_to(person).cited_as(year, number)
    return get_object_or_404(seen.for_page())


def attempt(form, act):
    """What the act returns; None where something is missing, and the form says it."""
    try:
        return act()
    except SomethingMissing as missing:
        field = missing.field if missing.field in form.fields else None
        form.add_error(field, missing.sentences)
        return None


def form_page(request, form, *, title, submit, told, trail, back, **rest):
    """A form with what it will do; above it a line, or the Hungarian name of what it is about."""
    context = {
        "lead": "",
        "about": "",
        "missing": [],
        "tone": "primary",
        "minutes": None,
        "form": form,
        "title": title,
        "submit": submit,
        "consequences": told,
        "trail": trail,
        "back": back,
        **rest,
    }
    return render(request, "positions/meetings/form.html", context)


def trail():
    return [(_("Queue of the board"), reverse("positions:board_queue"))]


def trail_to(found):
    of_all = (_("Meetings of the board"), reverse("positions:meetings"))
    return [*trail(), of_all, (title_of(found), found.get_absolute_url())]


def title_of(found):
    return _("Meeting %(number)s of the board") % {"number": found.reference}
