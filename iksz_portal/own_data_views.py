"""One's own data: asking for it, seeing how far it is, fetching it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core import clock, once
from core.filestore import as_download
from iksz_portal import own_data
from members.models import DataExport
from members.models.own_data import KEPT_FOR

EFFECTS = (
    ("envelope", gettext_lazy("You get a letter when it is ready. Nobody else gets mail.")),
    ("lock", gettext_lazy("Only you can fetch it, signed in; nothing becomes public.")),
    (
        "trash",
        gettext_lazy("It is kept for seven days. One you asked for before is removed at once."),
    ),
)


@require_safe
def page(request):
    export = DataExport.objects.filter(requested_by=request.user).first()
    if export and not export.is_under_way and export.ended_at + KEPT_FOR <= clock.now():
        export = None
    context = {
        "export": export,
        "is_watched": export is not None and export.is_watched,
        "said": _said(export),
        "effects": EFFECTS,
        "once": once.new_key(),
        "operator": settings.OPERATOR,
    }
    return render(request, "account/own_data.html", context)


@require_POST
@once.once_only
def ask(request):
    own_data.ask(by=request.user)
    messages.success(request, _("Your data is being put together; it will be on this page."))
    return redirect("own_data")


@login_not_required  # so that strangers are told there is nothing, not to sign in
@require_safe
def download(request, pk):
    """The archive itself: nobody else's, and not after its time, whoever asks."""
    export = get_object_or_404(DataExport.objects.open_to(request.user), pk=pk)
    response = as_download(export)
    if request.method == "GET":
        own_data.note_fetched(export, by=request.user)
    return response


def _said(export):
    if export is None:
        return ""
    if export.is_under_way:
        return _("Your data is being put together.")
    return _("Your data is ready.") if export.is_open else export.fault
