from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.workflow import NotAllowed, SomethingMissing
from positions import actions, plan, policy
from positions.forms.plan import DeadlineForm
from positions.views.found import visible


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request, reference):
    """The way to the authority's deadline, for those inside; the coordinator sets the day."""
    position = visible(request.user, reference)
    if not policy.sees_inside(request.user, position):
        raise NotAllowed(_("The plan is for the section and the board."))
    is_open = position.status in plan.AHEAD
    if request.method == "POST" and not policy.coordinates(request.user, position):
        raise NotAllowed(_("The deadline is set by the coordinator or the chair."))
    data = request.POST if request.method == "POST" else None
    form = DeadlineForm(data, initial={"due_on": position.authority_deadline})
    if data is not None and form.is_valid():
        try:
            actions.set_deadline(position=position, by=request.user, **form.cleaned_data)
        except SomethingMissing as missing:
            form.add_error(missing.field, missing.sentences)
        else:
            messages.success(request, _("The deadline was saved."))
            return redirect("positions:schedule", position.reference)
    context = {
        "position": position,
        "form": form if is_open and policy.coordinates(request.user, position) else None,
        "is_open": is_open,
        "plan": plan.of(position) if is_open and position.authority_deadline else None,
    }
    return render(request, "positions/schedule.html", context)
