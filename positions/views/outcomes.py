from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.workflow import NotAllowed, Overtaken
from positions import actions, policy
from positions.choices import PointResult, State
from positions.forms.outcomes import OutcomeForm
from positions.timeline import OUTCOME
from positions.views.found import visible


@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request, reference):
    """What became of each point, all on one page."""
    position = visible(request.user, reference)
    if not policy.coordinates(request.user, position):
        raise NotAllowed(_("Outcomes are recorded by the coordinator of the section."))
    if position.status != State.ANSWERED:
        raise Overtaken(position, by=request.user, action=OUTCOME)
    data = request.POST if request.method == "POST" else None
    points = position.current.points.all()
    forms = [OutcomeForm(data, point=point) for point in points]
    if data is not None and all(form.is_valid() for form in forms):
        record(forms, by=request.user)
        messages.success(request, _("The outcomes were saved."))
        return redirect(position)
    return render(request, "positions/outcomes.html", {"position": position, "forms": forms})


def record(forms, *, by):
    with transaction.atomic():
        for form in forms:
            if form.has_changed():
                actions.record_outcome(
                    point=form.point,
                    by=by,
                    result=PointResult(form.cleaned_data["result"]),
                    reason=form.cleaned_data["reason"],
                    source=form.cleaned_data["source"],
                )
