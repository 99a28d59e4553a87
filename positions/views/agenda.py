from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.once import once_only
from core.workflow import NotAllowed, Overtaken
from positions import agendas, meeting_words, policy
from positions.choices import AHEAD_OF_MEETING
from positions.forms.meetings import ChangeItemForm, FromQueueForm, NewItemForm
from positions.models import AgendaItem, Position
from positions.views.meetings import attempt, form_page, title_of, trail_to, visible

UP = "up"


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def agenda(request, year, number):
    """The agenda is put together: from the queue of the board, and of other matters."""
    meeting = led(request.user, year, number)
    if not meeting.has_open_agenda:
        raise Overtaken(meeting, by=request.user)
    picks, types = parted(request)
    from_queue = FromQueueForm(picks, queue=waiting(meeting, request.user))
    new_item = NewItemForm(types)
    sent = from_queue if from_queue.is_bound else new_item
    if sent.is_bound and sent.is_valid() and added(sent, meeting, request.user):
        messages.success(request, _("It is on the agenda."))
        return redirect("positions:agenda", year, number)
    context = {
        "meeting": meeting,
        "trail": trail_to(meeting),
        "lead": title_of(meeting),
        "from_queue": from_queue,
        "new_item": new_item,
        "consequences": meeting_words.ADDING,
        "is_movable": meeting.status in AHEAD_OF_MEETING,
        "is_planned": meeting.convened_at is None,
    }
    return render(request, "positions/meetings/agenda.html", context)


def parted(request):
    """What was sent, to the form it belongs to: a choice from the queue, or words."""
    if request.method != "POST":
        return None, None
    return (request.POST, None) if "position" in request.POST else (None, request.POST)


def added(form, meeting, by):
    facts = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "once"}
    add = agendas.add_position if "position" in facts else agendas.add_item
    return attempt(form, lambda: add(meeting=meeting, by=by, **facts))


@require_http_methods(["GET", "HEAD", "POST"])
def change_item(request, year, number, pk):
    meeting = led(request.user, year, number)
    if not meeting.has_open_agenda:
        raise Overtaken(meeting, by=request.user)
    item = item_of(meeting, pk)
    initial = {name: getattr(item, name) for name in ("title", "text", "presenter")}
    form = ChangeItemForm(request.POST or None, meeting=meeting, initial=initial)
    if form.is_bound and form.is_valid():
        facts = {"seen": form.cleaned_data["seen"], **form.words()}
        if attempt(form, lambda: agendas.change_item(item=item, by=request.user, **facts)):
            messages.success(request, _("The item is changed."))
            return redirect("positions:agenda", year, number)
    back = reverse("positions:agenda", args=[year, number])
    return form_page(
        request,
        form,
        title=_("Change an item"),
        about=str(item),
        submit=_("Save"),
        told=meeting_words.ADDING[1:],
        trail=[*trail_to(meeting), (_("Agenda"), back)],
        back=back,
    )


@require_POST
def move_item(request, year, number, pk):
    meeting = led(request.user, year, number)
    item, up = item_of(meeting, pk), request.POST.get("to") == UP
    agendas.move_item(item=item, by=request.user, seen=seen(request), up=up)
    return redirect("positions:agenda", year, number)


@require_POST
def remove_item(request, year, number, pk):
    meeting = led(request.user, year, number)
    agendas.remove_item(item=item_of(meeting, pk), by=request.user, seen=seen(request))
    messages.success(request, _("It is off the agenda."))
    return redirect("positions:agenda", year, number)


def led(person, year, number):
    """The meeting, for those who lead it (403)."""
    meeting = visible(person, year, number)
    if not policy.runs_meetings(person, meeting):
        raise NotAllowed(_("This is done by the secretary or the chair of the board."))
    return meeting


def item_of(meeting, pk) -> AgendaItem:
    """With its meeting, as the page reads it."""
    found = get_object_or_404(AgendaItem.objects.filter(meeting=meeting), pk=pk)
    return next((each for each in meeting.items if each.pk == found.pk), found)


def seen(request) -> int:
    """The step on which a button was pressed; one that makes no sense fits none."""
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


def waiting(meeting, person):
    """What waits for the board and is not on this agenda, the most urgent first."""
    there = [item.position_id for item in meeting.items if item.position_id]
    queue = Position.objects.visible_to(person).awaiting_board().exclude(pk__in=there)
    return queue.select_related("section").by_deadline()
