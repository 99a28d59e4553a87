from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.workflow import NotAllowed, Overtaken
from positions import foretold, policy
from positions import outcomes as recording
from positions.choices import State
from positions.forms.outcomes import MatrixForm, OutcomeForm
from positions.timeline import OUTCOME
from positions.views.found import visible


@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request, reference):
    """What became of each point, all on one page; somebody faster is shown beside it (409)."""
    position = visible(request.user, reference)
    if not policy.coordinates(request.user, position):
        raise NotAllowed(_("Outcomes are recorded by the coordinator of the section."))
    if position.status != State.ANSWERED:
        raise Overtaken(position, by=request.user, action=OUTCOME)
    points = list(position.current.points.all())
    data = request.POST if request.method == "POST" else None
    whole = MatrixForm(data, initial={"seen": recording.fingerprint(points)})
    forms = [OutcomeForm(data, point=point) for point in points]
    moved = False
    if data is not None and all([whole.is_valid(), *(form.is_valid() for form in forms)]):
        try:
            record(whole, forms, position, request.user)
        except recording.OutcomesMoved:
            moved = True
            whole, forms = on_top(data, position)
        else:
            messages.success(request, _("The outcomes were saved."))
            return redirect(position)
    told = foretold.of_outcomes(position, by=request.user)
    context = {"position": position, "forms": forms, "whole": whole, "moved": moved}
    context["consequences"] = told
    return render(request, "positions/outcomes.html", context, status=409 if moved else 200)


def record(whole, forms, position, person):
    told = {form.point.number: form.told() for form in forms if form.has_changed()}
    seen = whole.cleaned_data["seen"]
    recording.record_matrix(position=position, by=person, seen=seen, told=told)


def on_top(data, position):
    """What was typed, to be saved on top of what is recorded by now."""
    points = list(position.current.points.model.objects.filter(version=position.current_id))
    data = data.copy()
    data["seen"] = recording.fingerprint(points)
    whole = MatrixForm(data)
    whole.is_valid()
    return whole, [OutcomeForm(data, point=point) for point in points]
