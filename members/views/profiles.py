from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core import audit, once
from core.workflow import NotAllowed, SomethingMissing
from members import actions
from members.choices import CHANGE_TONES, ChangeAction
from members.forms.profiles import ProfileForm
from members.models import Library, ProfileChange
from members.policy import may_edit_profile
from members.profiles import comparison, label_of, values_of
from members.workflow import PROFILE_CHANGES

EFFECTS = (
    ("person-check", gettext_lazy("The association's staff see the old and the new side by side.")),
    ("eye", gettext_lazy("The page shows the new values only once they are approved.")),
    ("envelope", gettext_lazy("You get a letter when it is decided.")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@once.once_only
def edit(request, slug):
    library = _own_library(request, slug)
    sent = request.method == "POST"
    form = ProfileForm(request.POST if sent else None, library=library)
    if sent and form.is_valid() and _proposed(form, by=request.user):
        messages.success(request, _("Your change is waiting for the approval of the staff."))
        return redirect("members:edit", slug=slug)
    context = {
        "library": library,
        "form": form,
        "typed": _typed(form) if form.is_overtaken else [],
        "crumbs": [
            (_("Member libraries"), reverse("members:directory")),
            (library.name, library.get_absolute_url()),
        ],
        "effects": EFFECTS,
        "once": request.POST.get(once.FIELD) or once.new_key(),
        **_last_change(library),
    }
    status = 409 if form.is_overtaken else 200
    return render(request, "members/library/edit.html", context, status=status)


@require_POST
def withdraw(request, slug, pk):
    library = _own_library(request, slug)
    change = get_object_or_404(ProfileChange, library=library, pk=pk)
    PROFILE_CHANGES.perform(ChangeAction.WITHDRAW, change, by=request.user)
    messages.success(request, _("The proposed change is withdrawn; the profile stays as it is."))
    return redirect("members:edit", slug=slug)


def _own_library(request, slug):
    seen = Library.objects.have_been_members().select_related("county")
    library = get_object_or_404(seen, slug=slug)
    if not may_edit_profile(request.user, library):
        raise NotAllowed(_("A profile is edited by those who act for the library today."))
    return library


def _proposed(form, *, by):
    """Whether the change is in the queue; if not, the form says why."""
    try:
        actions.propose_change(
            library=form.library, by=by, values=form.values, seen=form.cleaned_data["seen"]
        )
    except actions.ProfileMoved as moved:
        form.overtaken_by(moved.library)
    except SomethingMissing as missing:
        form.add_error(missing.field, missing.sentences)
    return form.is_valid()


def _typed(form):
    """What is saved now beside what was typed, where they differ."""
    now = values_of(Library.objects.get(pk=form.library.pk))
    return [(capfirst(label_of(field)), now[field], new) for field, new in form.values.items()]


def _last_change(library):
    change = library.profile_changes.select_related("proposed_by").last()
    if change is None:
        return {"change": None}
    return {
        "change": change,
        "rows": comparison(change),
        "decision": audit.last_of(change),
        "tone": CHANGE_TONES[change.status],
    }
