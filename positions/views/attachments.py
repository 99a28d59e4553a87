from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import throttle
from core.files import LARGEST
from core.filestore import as_download
from core.once import once_only
from core.uploads import status_of, takes_files
from core.workflow import NotAllowed, Overtaken, SomethingMissing
from positions import attaching, policy
from positions.foretold import attaching_to
from positions.forms.attachments import AttachmentForm
from positions.timeline import ATTACH
from positions.views.drafting import check_may_write
from positions.views.found import inside

UPLOADS = "60/h"
TAKEN_AWAY = gettext_lazy("The file was taken away; until it is deleted you can put it back.")


@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request, reference):
    """Counted before `once_only`, which undoes all that a form led to that came to nothing."""
    if request.method == "POST":
        throttle.take(scope="upload", who=str(request.user.pk), rate=UPLOADS, request=request)
    return files_of(request, reference)


@once_only
def files_of(request, reference):
    """The files of a position, and a form for one more."""
    position = inside(request.user, reference)
    may_attach = policy.may_attach(request.user, position)
    form = AttachmentForm()
    if request.method == "POST":
        if not may_attach:
            refuse(request.user, position)
        form = AttachmentForm(request.POST, request.FILES)
        if form.is_valid() and attached(form, attaching.attach, position=position, by=request.user):
            messages.success(request, _("The file was attached."))
            return redirect("positions:attachments", position.reference)
    may_remove = policy.may_edit(request.user, position)
    files = position.attachments.select_related("uploaded_by")
    context = {
        "position": position,
        "attachments": files.kept(),
        "taken_away": files.taken_away() if may_remove else (),
        "days_kept": attaching.REMOVED_ARE_KEPT.days,
        "form": form if may_attach else None,
        "may_remove": may_remove,
        "named": True,
        "back_url": position.get_absolute_url(),
        "consequences": attaching_to(position),
    }
    return render(request, "positions/attachments.html", context, status=status_of(form))


def refuse(person, position):
    if policy.writes(person, position):
        raise Overtaken(position, by=person, action=ATTACH)
    raise NotAllowed(_("Files are attached by those who write the text."))


def attached(form, act, **thing) -> bool:
    """Attach the file; where there is no room for it, the form says so."""
    upload, title = form.cleaned_data["file"], form.cleaned_data["title"]
    try:
        act(upload=upload, kind=upload.kind, title=title, **thing)
    except SomethingMissing as missing:
        form.add_error(missing.field, missing.sentences)
        return False
    return True


@require_safe
def attachment(request, reference, pk):
    """The file itself, for those inside."""
    position = inside(request.user, reference)
    return as_download(get_object_or_404(position.attachments.kept(), pk=pk))


@require_POST
def take_away(request, reference, pk):
    found = of_those_who_write(request.user, reference, pk)
    attaching.take_away(attachment=found, by=request.user)
    messages.success(request, TAKEN_AWAY)
    return redirect("positions:attachments", found.position.reference)


@require_POST
def put_back(request, reference, pk):
    found = of_those_who_write(request.user, reference, pk)
    return_to_its_place(request, found)
    return redirect("positions:attachments", found.position.reference)


def return_to_its_place(request, found):
    """Put the file back; where there is no room for it any more, the next page says so."""
    try:
        attaching.put_back(attachment=found, by=request.user)
    except SomethingMissing as missing:
        messages.error(request, " ".join(missing.sentences))
    else:
        messages.success(request, _("The file was put back."))


def of_those_who_write(person, reference, pk):
    position = inside(person, reference)
    check_may_write(person, position)
    return get_object_or_404(position.attachments.select_related("position__section"), pk=pk)
