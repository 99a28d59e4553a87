from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import throttle
from core.files import LARGEST
from core.uploads import status_of, takes_files
from core.workflow import Move, NotAllowed, Overtaken, SomethingMissing
from positions import foretold
from positions.choices import Action
from positions.forms.moves import MOVE_FORMS
from positions.page import submission_facts
from positions.timeline import ACTS
from positions.views.attachments import UPLOADS
from positions.views.found import visible
from positions.views.page import differences
from positions.workflow import WORKFLOW


@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, reference, action):
    """A step of the way: says what it will do, then does it."""
    position = visible(request.user, reference)
    step = offered(action, position, request.user)
    data = request.POST if request.method == "POST" else None
    files = request.FILES if request.method == "POST" else None
    if files:
        throttle.take(scope="upload", who=str(request.user.pk), rate=UPLOADS, request=request)
    form = MOVE_FORMS[action](
        data, files, position=position, move=step, by=request.user, asked=request.GET
    )
    if data is not None and form.is_valid() and made(form, step, position, request.user):
        messages.success(request, f"{ACTS[step.action]}.")
        return redirect(position)
    context = {
        "position": position,
        "move": step,
        "form": form,
        "missing": [str(sentence) for sentence in step.needs(position)],
        "consequences": foretold.consequences(position, step, by=request.user),
        **grounds(step, position),
    }
    return render(request, "positions/move.html", context, status=status_of(form))


def offered(action, position, person) -> Move:
    """The move, if it exists (404), is this person's (403) and fits the state (409)."""
    step = WORKFLOW.moves.get(action)
    if step is None:
        raise Http404
    if not step.who(person, position):
        raise NotAllowed(_("This step is not yours to take."))
    if position.status not in step.sources:
        raise Overtaken(position, by=person, action=action)
    return step


def made(form, step, position, person) -> bool:
    """Make the move; where something is missing, the form says it beside its field."""
    note, seen = form.cleaned_data.get("note", ""), form.cleaned_data["seen"]
    try:
        WORKFLOW.perform(step.action, position, by=person, note=note, seen=seen, **form.details())
    except SomethingMissing as missing:
        field = missing.field if missing.field in form.fields else None
        form.add_error(field, missing.sentences)
        return False
    return True


def grounds(step, position):
    """What the decision is made on, shown beside the form."""
    shows_change = step.action in {Action.AGREE_TO_CHANGES, Action.REFUSE_CHANGES}
    shows_sending = step.action in {Action.CONFIRM_SUBMISSION, Action.SUBMIT} and position.sent
    return {
        "difference": differences(position.current, position.proposed) if shows_change else None,
        "facts": submission_facts(position, position.sent, inside=True) if shows_sending else [],
        "sent": position.sent if shows_sending else None,
        "letter_languages": settings.LANGUAGES if step.action == Action.PREPARE_SUBMISSION else (),
    }
