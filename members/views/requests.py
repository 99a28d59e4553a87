"""What anybody may send, without an account: each at most once, and not too often."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core import once, throttle
from members import accessibility, actions
from members.forms.requests import (
    TRAP,
    ApplicationForm,
    BarrierForm,
    MistakeForm,
    is_from_a_robot,
)
from members.models import Library
from members.models.people import account_of

APPLICATION_EFFECTS = (
    ("envelope", gettext_lazy("You get a letter that the application has arrived.")),
    ("person-check", gettext_lazy("The association's staff decide on it and write to you.")),
    ("eye", gettext_lazy("Nothing becomes public unless the library is admitted.")),
)
REPORT_EFFECTS = (
    ("person-check", gettext_lazy("The association's staff read the report and correct the page.")),
    ("envelope", gettext_lazy("If you leave your address, you get an answer.")),
    ("lock", gettext_lazy("Neither the report nor your address is shown to anybody else.")),
)

BARRIER_EFFECTS = (
    ("person-check", gettext_lazy("The association's staff get a letter and look into it.")),
    ("envelope", gettext_lazy("If you leave your address, you get an answer within 30 days.")),
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@once.once_only
def apply(request):
    sent = request.method == "POST"
    form = ApplicationForm(request.POST if sent else None)
    if sent and form.is_valid() and _within_limits(request, form, scope="application"):
        if not is_from_a_robot(request.POST):
            actions.apply_for_membership(**form.cleaned_data, by=_sender(request))
        return redirect("members:applied")
    return _page(request, "members/apply.html", form, effects=APPLICATION_EFFECTS)


@login_not_required
@require_safe
def applied(request):
    return render(request, "members/applied.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@once.once_only
def report(request, slug):
    library = get_object_or_404(Library.objects.have_been_members(), slug=slug)
    sent = request.method == "POST"
    form = MistakeForm(request.POST if sent else None)
    if sent and form.is_valid() and _within_limits(request, form, scope="report of a mistake"):
        if not is_from_a_robot(request.POST):
            actions.report_mistake(library=library, **form.cleaned_data, by=_sender(request))
        messages.success(request, _("Thank you. The association's staff will look at it."))
        return redirect(library)
    crumbs = [
        (_("Member libraries"), reverse("members:directory")),
        (library.name, library.get_absolute_url()),
    ]
    context = {"library": library, "crumbs": crumbs, "effects": REPORT_EFFECTS}
    return _page(request, "members/library/report.html", form, **context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@once.once_only
def report_barrier(request):
    sent = request.method == "POST"
    came_from = accessibility.page_before(request)
    form = BarrierForm(request.POST if sent else None, initial={"page": came_from})
    if sent and form.is_valid() and _within_limits(request, form, scope="report of a barrier"):
        if not is_from_a_robot(request.POST):
            actions.report_barrier(**form.cleaned_data, by=_sender(request))
        messages.success(request, _("Thank you. The association's staff will look at it."))
        return redirect("accessibility")
    crumbs = [(_("Accessibility statement"), reverse("accessibility"))]
    effects = [*BARRIER_EFFECTS, REPORT_EFFECTS[-1]]
    return _page(request, "accessibility/report.html", form, crumbs=crumbs, effects=effects)


def _sender(request):
    return request.user if request.user.is_authenticated else None


def _within_limits(request, form, *, scope):
    """Whether it may be sent now; if not, the form says when, and keeps what was typed."""
    letter_to = form.cleaned_data.get("applicant_email")
    try:
        throttle.limit(request, scope=scope, rate="5/h")
        if letter_to:
            throttle.take(scope="letter", who=account_of(letter_to), rate="3/d", request=request)
    except throttle.Throttled as refused:
        minutes = -(-refused.wait // 60)
        sentence = ngettext(
            "Too much was sent from your address; please try again in %(count)d minute.",
            "Too much was sent from your address; please try again in %(count)d minutes.",
            minutes,
        )
        form.add_error(None, sentence % {"count": minutes})
        form.wait = refused.wait
        return False
    return True


def _page(request, template, form, **more):
    wait = getattr(form, "wait", 0)
    key = request.POST.get(once.FIELD) or once.new_key()
    context = {"form": form, "once": key, "trap": TRAP, **more}
    response = render(request, template, context, status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return response
