from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import errors
from core.once import once_only
from core.workflow import NotAllowed, Overtaken
from positions import meeting_words, meetings, minutes, policy
from positions.choices import BOARD_QUEUE, MeetingState
from positions.forms.sessions import AttendanceForm, NoteForm, ResolutionForm, TableVoteForm
from positions.views.agenda import item_of, led
from positions.views.meetings import attempt, form_page, title_of, trail_to, visible


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request, year, number):
    meeting = in_session(request, year, number)
    form = AttendanceForm(request.POST or None, meeting=meeting)
    if form.is_bound and form.is_valid():
        facts = {"seen": form.cleaned_data["seen"], "guests": form.cleaned_data["guests"]}
        came = form.came()
        act = meetings.record_attendance
        if attempt(form, lambda: act(meeting=meeting, by=request.user, came=came, **facts)):
            messages.success(request, _("The attendance is recorded."))
            return redirect(meeting)
    context = {
        "form": form,
        "meeting": meeting,
        "lead": title_of(meeting),
        "trail": trail_to(meeting),
        "consequences": meeting_words.ATTENDANCE,
        "quorum": minutes.Minutes(meeting, []).quorum,
    }
    return render(request, "positions/meetings/attendance.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def table_vote(request, year, number, pk):
    """The votes on a position, entered at the table."""
    meeting = in_session(request, year, number)
    item = item_of(meeting, pk)
    if item.position is None or item.position.status not in BOARD_QUEUE:
        raise Overtaken(item.position or meeting, by=request.user)
    form = TableVoteForm(request.POST or None, meeting=meeting, item=item)
    if form.is_bound and form.is_valid():
        facts = {"seen": form.cleaned_data["seen"], "votes": form.votes()}
        if attempt(form, lambda: meetings.take_vote(item=item, by=request.user, **facts)):
            messages.success(request, _("The votes are entered: now record the decision."))
            return redirect(item.position)
    return form_page(
        request,
        form,
        title=_("Votes at the table"),
        about=str(item),
        submit=_("Enter the votes"),
        told=meeting_words.VOTING,
        missing=unable(meeting, item),
        trail=trail_to(meeting),
        back=meeting.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def resolve(request, year, number, pk):
    """A resolution on an item that is no position."""
    meeting = in_session(request, year, number)
    item = item_of(meeting, pk)
    if item.position_id is not None:
        raise Overtaken(item.position, by=request.user)
    form = ResolutionForm(request.POST or None, meeting=meeting, initial={"subject": item.name})
    if form.is_bound and form.is_valid():
        facts = form.details()
        done = attempt(form, lambda: meetings.resolve(item=item, by=request.user, **facts))
        if done:
            told = _("Resolution %(number)s is recorded.") % {"number": done.resolution}
            messages.success(request, told)
            return redirect(meeting)
    return form_page(
        request,
        form,
        title=_("Record a resolution"),
        about=str(item),
        submit=_("Record the resolution"),
        told=meeting_words.RESOLVING,
        missing=unable(meeting, item),
        trail=trail_to(meeting),
        back=meeting.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def note(request, year, number, pk):
    """What the minute-taker writes of an item; two versions that met are both shown (409)."""
    meeting = visible(request.user, year, number)
    if not policy.takes_minutes(request.user, meeting):
        raise NotAllowed(_("The minutes are written by the minute-taker."))
    if not meeting.has_open_minutes:
        raise Overtaken(meeting, by=request.user)
    item = item_of(meeting, pk)
    form = NoteForm(request.POST or None, item=item)
    if form.is_bound and form.is_valid():
        facts = {"base": form.cleaned_data["base"], "note": form.cleaned_data["note"]}
        try:
            meetings.write_note(item=item, by=request.user, **facts)
        except meetings.NoteMoved as moved:
            return both_notes(request, moved.item, facts["note"])
        messages.success(request, _("The minutes are saved."))
        return redirect("positions:minutes", year, number)
    return form_page(
        request,
        form,
        title=_("Write the minutes"),
        about=str(item),
        submit=_("Save"),
        told=meeting_words.NOTING,
        trail=trail_to(meeting),
        back=reverse("positions:minutes", args=[year, number]),
    )


def both_notes(request, item, mine):
    told = errors.Conflict(
        message=_("These words of the minutes were changed while you were writing."),
        hint=_("Open the form again and put in what is to stay of yours."),
        who=str(item.note_by or ""),
        mine=mine,
        theirs=item.note,
    )
    here = [item.meeting.year, item.meeting.number, item.pk]
    return errors.conflict_page(request, told, back_url=reverse("positions:note", args=here))


def in_session(request, year, number):
    meeting = led(request.user, year, number)
    if meeting.status != MeetingState.IN_SESSION:
        raise Overtaken(meeting, by=request.user)
    return meeting


def unable(meeting, item):
    if meeting.is_quorate(item):
        return []
    return [_("There is no quorum for this item: record the attendance first.")]
