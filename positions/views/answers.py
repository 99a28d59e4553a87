"""What of an answer everybody may read, and what was promised in it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.once import once_only
from positions import corresponding, promising
from positions.foretold_letters import JUDGING, PROMISING, PUBLISHING
from positions.forms.correspondence import JudgementForm, PromiseForm, PublicationForm
from positions.views.correspondence import done, followed_up, of_log, on_top, shown


@require_http_methods(["GET", "HEAD", "POST"])
def publish_answer(request, reference, pk):
    """The text without personal data is written beside the one that stays inside."""
    position = followed_up(request.user, reference)
    message = get_object_or_404(of_log(position).answers(), pk=pk)
    data = request.POST if request.method == "POST" else None
    form, theirs = PublicationForm(data, message=message), None
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("text", "seen")}
        try:
            if done(form, corresponding.publish_answer, message=message, by=request.user, **facts):
                messages.success(request, _("Everybody can read the answer now."))
                return redirect("positions:correspondence", position.reference)
        except corresponding.MessageMoved as moved:
            theirs = moved.message
            form = on_top(form, theirs)
    context = {"title": _("Publish the answer"), "send": _("Publish"), "consequences": PUBLISHING}
    return shown(request, position, form, theirs=theirs, original=message, **context)


@require_POST
def withdraw_answer(request, reference, pk):
    position = followed_up(request.user, reference)
    message = get_object_or_404(of_log(position).answers(), pk=pk)
    corresponding.withdraw_answer(message=message, by=request.user)
    messages.success(request, _("The answer is no longer public."))
    return redirect("positions:correspondence", position.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def promise(request, reference):
    position = followed_up(request.user, reference)
    form = PromiseForm(request.POST if request.method == "POST" else None, position=position)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("text", "due_on", "message")}
        if done(form, promising.add_promise, position=position, by=request.user, **facts):
            messages.success(request, _("The promise was recorded."))
            return redirect("positions:correspondence", position.reference)
    context = {"title": _("Record a promise"), "send": _("Record it"), "consequences": PROMISING}
    return shown(request, position, form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def judge_promise(request, reference, pk):
    position = followed_up(request.user, reference)
    found = get_object_or_404(position.promises.select_related("position__section"), pk=pk)
    form = JudgementForm(request.POST if request.method == "POST" else None, promise=found)
    if form.is_valid():
        facts = {"promise": found, "by": request.user, **form.cleaned_data}
        if done(form, promising.judge_promise, **facts):
            messages.success(request, _("What became of the promise was recorded."))
            return redirect("positions:correspondence", position.reference)
    context = {"title": _("Look at a promise"), "send": _("Save"), "consequences": JUDGING}
    return shown(request, position, form, lead=found.text, **context)
