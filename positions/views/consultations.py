from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import icalendars
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import consulted, foretold_consultations
from positions.consultation_timeline import ACTS
from positions.consulting import CONSULTATIONS
from positions.filters import ConsultationFilter
from positions.forms.consultations import CONSULTATION_FORMS
from positions.models import Consultation

PAGE_SIZE = 20
MOST_IN_CALENDAR = 500


@login_not_required
@require_safe
def consultations(request):
    """What has come in: first what is open, the most urgent at the top."""
    visible = Consultation.objects.visible_to(request.user)
    filters = ConsultationFilter(request.GET, queryset=visible)
    found = filters.qs if filters.is_valid() else visible.none()
    page = Paginator(found.for_lists().by_urgency(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": filters.form,
        "page": page,
        "shown": consulted.listed(page, request.user),
        "query": urlencode(filters.chosen),
    }
    part = "consultations_found" if request.htmx else "consultations"
    return render(request, f"positions/{part}.html", context)


@login_not_required
@require_safe
def consultation(request, pk):
    shown = consulted.read(visible(request.user, pk), request.user)
    context = {"consultation": shown.consultation, "page": shown}
    return render(request, "positions/consultation.html", context)


@login_not_required
@require_safe
def calendar(request):
    """The days of the public ones whose window is open: the same for everybody who asks."""
    running = Consultation.objects.public().running().filter(due_on__isnull=False)
    found = running.select_related("authority").order_by("due_on", "pk")[:MOST_IN_CALENDAR]
    content = icalendars.calendar(
        name=_("Consultations that have come in"),
        path=reverse("positions:consultations"),
        dates=map(consulted.date_of, found),
    )
    return icalendars.answer(request, content)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, action):
    """A step of its way: says what it will do, then does it."""
    thing = visible(request.user, pk)
    move = offered(action, thing, request.user)
    data = request.POST if request.method == "POST" else None
    form = CONSULTATION_FORMS[action](data, consultation=thing, move=move, by=request.user)
    if data is not None and form.is_valid() and made(form, move, thing, request.user):
        messages.success(request, f"{ACTS[action]}.")
        return redirect("positions:consultation", pk)
    context = {
        "consultation": thing,
        "move": move,
        "form": form,
        "missing": [str(sentence) for sentence in move.needs(thing)],
        "consequences": foretold_consultations.consequences(thing, move),
    }
    return render(request, "positions/consultation_step.html", context)


def visible(person, pk) -> Consultation:
    """404 if this person may not know of it."""
    return get_object_or_404(Consultation.objects.visible_to(person).for_lists(), pk=pk)


def offered(action, thing, person):
    """The move, if it exists (404), is this person's (403) and fits the state (409)."""
    move = CONSULTATIONS.moves.get(action)
    if move is None or action not in CONSULTATION_FORMS:
        raise Http404
    if not move.who(person, thing):
        raise NotAllowed(_("This step is not yours to take."))
    if thing.status not in move.sources:
        raise Overtaken(thing, by=person, action=action)
    return move


def made(form, move, thing, person) -> bool:
    """Make the move; where something is missing, the form says it beside its field."""
    note, seen = form.cleaned_data.get("note", ""), form.cleaned_data["seen"]
    details = form.details()
    try:
        CONSULTATIONS.perform(move.action, thing, by=person, note=note, seen=seen, **details)
    except SomethingMissing as missing:
        field = missing.field if missing.field in form.fields else None
        form.add_error(field, missing.sentences)
        return False
    return True
