from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import errors
from core.once import once_only
from core.workflow import NotAllowed, SomethingMissing
from positions import policy
from positions.conflicts import NoVoteComes, exclude, lift, may_be_said
from positions.foretold_board import EXCLUDED, EXCLUDING, LIFTING
from positions.forms.conflicts import ExclusionForm, LiftForm
from positions.views.found import visible


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def conflict(request, reference):
    """Who takes no part in the board's decision: says so of oneself or, by its chair or secretary,
    of any member."""
    position = visible(request.user, reference)
    if not policy.may_exclude(request.user, position):
        raise NotAllowed(_("This is for the members of the board and its secretary."))
    if not may_be_said(position):
        return too_late(request, position)
    records = policy.records_exclusions(request.user)
    data = request.POST if request.method == "POST" else None
    form = ExclusionForm(data, position=position, by=request.user, records=records)
    if data is not None and form.is_valid():
        try:
            return excluded(request, position, form)
        except NoVoteComes:
            return too_late(request, position)
        except SomethingMissing as missing:
            field = missing.field if missing.field in form.fields else None
            form.add_error(field, missing.sentences)
    apart = list(position.exclusions.select_related("person", "recorded_by"))
    context = {
        "position": position,
        "form": form,
        "exclusions": apart,
        "liftable": {each.pk for each in apart if policy.may_lift(request.user, each)},
        "is_apart": any(each.person_id == request.user.pk for each in apart),
        "records": records,
        "consequences": [*EXCLUDING, EXCLUDED[records]],
    }
    return render(request, "positions/conflict.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def lift_exclusion(request, reference, pk):
    """What was recorded by mistake, before the votes are known."""
    position = visible(request.user, reference)
    if not policy.may_exclude(request.user, position):
        raise NotAllowed(_("This is for the members of the board and its secretary."))
    found = get_object_or_404(position.exclusions.select_related("person", "recorded_by"), pk=pk)
    found.position = position
    if not policy.may_lift(request.user, found):
        raise NotAllowed(_("This conflict of interest was recorded by somebody else."))
    if not may_be_said(position):
        return too_late(request, position)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            lift(exclusion=found, by=request.user, reason=form.cleaned_data["reason"])
        except NoVoteComes:
            return too_late(request, position)
        told = _("It is recorded that %(who)s takes part after all.") % {"who": found.person}
        messages.success(request, told)
        return redirect(position)
    context = {"position": position, "form": form, "lifted": found, "consequences": LIFTING}
    return render(request, "positions/conflict_lift.html", context)


def excluded(request, position, form):
    member = form.chosen
    exclude(position=position, by=request.user, member=member, reason=form.cleaned_data["reason"])
    told = _("It is recorded that %(who)s takes no part in this decision.")
    messages.success(request, told % {"who": member})
    return redirect(position)


def too_late(request, position):
    told = errors.Conflict(
        message=_("The votes of the board are known by now; nothing was recorded."),
        hint=_("A conflict of interest is said before the ballot ends. Go back to the page."),
        current_label=position.get_status_display(),
        mine="\n\n".join(errors.typed(request)),
    )
    return errors.conflict_page(request, told, back_url=position.get_absolute_url())
