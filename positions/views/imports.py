from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core import throttle
from core.models import Stage
from core.once import once_only
from core.richtext import blocks, readable
from core.uploads import status_of, takes_files
from positions import importing
from positions.foretold import BRINGING
from positions.forms.imports import LARGEST, BringForm, BringToForm
from positions.intake import report
from positions.models import TextImport
from positions.views.drafting import check_may_write
from positions.views.found import visible
from sections.standing import standing_of

UPLOADS = "30/h"
SAID = {
    Stage.WAITING: gettext_lazy("The file waits to be read."),
    Stage.WORKING: gettext_lazy("The file is being read."),
    Stage.READY: gettext_lazy("The file has been read. Nothing is saved yet."),
    Stage.FAILED: gettext_lazy("The file could not be read."),
}


@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_new(request):
    """A file from which a new position is begun."""
    count(request)
    return begin(request)


@takes_files(up_to=LARGEST)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_to(request, reference):
    """A file that becomes the text of a position, on top of the version it was written on."""
    count(request)
    return go_on(request, reference)


def count(request):
    """Before `once_only`, which undoes all that a form led to that came to nothing."""
    if request.method == "POST":
        throttle.take(scope="import", who=str(request.user.pk), rate=UPLOADS, request=request)


@once_only
def begin(request):
    if not standing_of(request.user).sections:
        raise PermissionDenied(_("Positions are started by those who act in a section."))
    form = BringForm(request.POST or None, request.FILES or None)
    return bring(request, form)


@once_only
def go_on(request, reference):
    position = visible(request.user, reference)
    check_may_write(request.user, position)
    versions = position.versions.select_related("author").order_by("-number")
    form = BringToForm(request.POST or None, request.FILES or None, versions=versions)
    return bring(request, form, position=position)


def bring(request, form, *, position=None):
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        brought = importing.bring(
            by=request.user, upload=sent["file"], position=position, base=sent.get("base")
        )
        return redirect("positions:brought", brought.pk)
    context = {"position": position, "form": form, "consequences": BRINGING}
    return render(request, "positions/from_file.html", context, status=status_of(form))


@require_safe
def brought(request, pk):
    """How far the reading of the file is; then its text, and what of the file is not in it."""
    mine = TextImport.objects.brought_by(request.user).select_related("position__section", "base")
    job = get_object_or_404(mine, pk=pk)
    left_out, changed = report.told(job.report)
    context = {
        "job": job,
        "said": SAID[Stage(job.stage)],
        "position": job.position,
        "passages": readable(blocks(job.body)),
        "left_out": left_out,
        "changed": changed,
        "use_url": f"{form_address(job)}?from={job.pk}",
    }
    return render(request, "positions/brought.html", context)


def form_address(job):
    if job.position is None:
        return reverse("positions:start")
    return reverse("positions:edit", args=[job.position.reference])
