from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.workflow import NotAllowed
from positions import memory, policy, subjects
from positions.forms.memory import LookupForm
from positions.views.found import visible

PAGE_SIZE = 10


@require_safe
def earlier(request, reference):
    """For those who write a position: what was said before on its laws and topics."""
    position = visible(request.user, reference)
    if not policy.writes(request.user, position):
        raise NotAllowed(_("Earlier positions are gathered for those who write this one."))
    found = memory.on_the_same_as(position, request.user)
    about = {"topics": subjects.topics_of(position), "laws": subjects.laws_of(position)}
    context = {"position": position, "about": about, **paged(request, found)}
    return render(request, "positions/earlier.html", context)


@require_safe
def lookup(request):
    """The same before anything is written: by a law or a topic that is typed."""
    form = LookupForm(request.GET if "q" in request.GET else None)
    context = {"form": form}
    if form.is_valid():
        context |= paged(request, memory.on_what_is_named(form.cleaned_data["q"], request.user))
    return render(request, "positions/lookup.html", context)


def paged(request, found):
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page": page, "earlier": memory.read(page, request.user)}
