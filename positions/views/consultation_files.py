"""The files of a consultation: opened by whoever may know of it, brought by the staff."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import throttle
from core.files import LARGEST
from core.filestore import as_download
from core.once import once_only
from core.uploads import status_of, takes_files
from core.workflow import NotAllowed, Overtaken
from members.policy import is_staff
from positions import attaching, policy
from positions.foretold_consultations import attaching_to
from positions.forms.attachments import AttachmentForm
from positions.timeline import ATTACH
from positions.views.attachments import TAKEN_AWAY, UPLOADS, attached, return_to_its_place
from positions.views.consultations import visible

PAGE = "positions:consultation_attachments"


@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request, pk):
    """Counted before `once_only`, which undoes all that a form led to that came to nothing."""
    if request.method == "POST":
        throttle.take(scope="upload", who=str(request.user.pk), rate=UPLOADS, request=request)
    return files_of(request, pk)


@once_only
def files_of(request, pk):
    """What the staff see of the files, and a form for one more."""
    thing, person = of_staff(request.user, pk), request.user
    may = policy.may_attach_what_came(person, thing)
    form = AttachmentForm(*sent(request))
    if form.is_bound:
        if not may:
            raise Overtaken(thing, by=person, action=ATTACH)
        act = attaching.attach_to_consultation
        if form.is_valid() and attached(form, act, consultation=thing, by=person):
            messages.success(request, _("The file was attached."))
            return redirect(PAGE, pk)
    files = thing.attachments.select_related("uploaded_by")
    context = {
        "consultation": thing,
        "attachments": files.kept(),
        "taken_away": files.taken_away() if may else (),
        "days_kept": attaching.REMOVED_ARE_KEPT.days,
        "form": form if may else None,
        "may_remove": may,
        "named": True,
        "back_url": thing.get_absolute_url(),
        "consequences": attaching_to(thing),
    }
    template = "positions/consultation_attachments.html"
    return render(request, template, context, status=status_of(form))


@login_not_required
@require_safe
def attachment(request, pk, file):
    """The file itself."""
    files = visible(request.user, pk).attachments.kept()
    return as_download(get_object_or_404(files, pk=file))


@require_POST
def take_away(request, pk, file):
    attaching.take_away(attachment=removable(request.user, pk, file), by=request.user)
    messages.success(request, TAKEN_AWAY)
    return redirect(PAGE, pk)


@require_POST
def put_back(request, pk, file):
    return_to_its_place(request, removable(request.user, pk, file))
    return redirect(PAGE, pk)


def sent(request):
    return (request.POST, request.FILES) if request.method == "POST" else ()


def of_staff(person, pk):
    """404 if this person may not know of it, 403 for all but those who record it."""
    thing = visible(person, pk)
    if not is_staff(person):
        raise NotAllowed(attaching.BY_STAFF)
    return thing


def removable(person, pk, file):
    """409 once it is closed."""
    thing = of_staff(person, pk)
    if not policy.may_attach_what_came(person, thing):
        raise Overtaken(thing, by=person)
    return get_object_or_404(thing.attachments.select_related("consultation"), pk=file)
