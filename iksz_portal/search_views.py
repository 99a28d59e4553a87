from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import notices, throttle
from core.models import Cadence, SavedSearch
from core.notices import Group, Pace
from core.once import once_only
from core.token_pages import keeps_its_address
from iksz_portal import saved_searches, search_results
from iksz_portal.search_forms import SavedSearchForm, SearchForm

LONGEST_NAME = SavedSearch._meta.get_field("name").max_length


@login_not_required
@require_safe
def page(request):
    """One box over everything; whoever asks is told of nothing they may not see."""
    form = SearchForm(request.GET)
    if form.question.asked and not request.user.is_authenticated:
        throttle.limit(request, scope="search", rate=f"{settings.SEARCHES_PER_MINUTE}/m")
    results = search_results.read(form.question, request.user, request.GET.get("page"))
    context = {"form": form, "results": results, "asked": form.question}
    part = "search/in_place.html" if request.htmx else "search/page.html"
    response = render(request, part, context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def saved(request):
    mine = SavedSearch.objects.filter(person=request.user)
    searches = [(each, search_results.address(each.question)) for each in mine]
    silent = notices.pace_of(request.user, Group.SEARCHES) == Pace.OFF
    return render(request, "search/saved.html", {"searches": searches, "silent": silent})


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def save(request):
    """Keep a question under a name, to hear of what will be found by it."""
    asked = SearchForm(request.GET)
    if not asked.question.words:
        return redirect("search:page")
    if saved_searches.has_enough(request.user):
        messages.error(request, _("You have saved as many searches as one can: delete one first."))
        return redirect("search:saved")
    initial = {"name": asked.question.q[:LONGEST_NAME]}
    form = SavedSearchForm(request.POST or None, person=request.user, initial=initial)
    keep = partial(saved_searches.save, by=request.user, question=asked.question)
    if form.is_bound and form.is_valid() and form.keep(keep):
        messages.success(request, _("The search is saved."))
        return redirect("search:saved")
    return _form_page(request, form, asked.question)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    search = _mine(request, pk)
    form = SavedSearchForm(request.POST or None, person=request.user, instance=search)
    keep = partial(saved_searches.change, search=search, by=request.user)
    if form.is_bound and form.is_valid() and form.keep(keep):
        messages.success(request, _("The saved search was changed."))
        return redirect("search:saved")
    return _form_page(request, form, search.question, search=search)


@require_POST
def delete(request, pk):
    saved_searches.delete(search=_mine(request, pk), by=request.user)
    messages.success(request, _("The saved search was deleted."))
    return redirect("search:saved")


@login_not_required
@keeps_its_address
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, token):
    """From a letter, without signing in: no more letters about this search."""
    search = saved_searches.by_token(token)
    if search is None:
        raise Http404
    if request.method == "POST":
        search = saved_searches.change(
            search=search, by=search.person, name=search.name, cadence=Cadence.NEVER
        )
    ended = search.cadence == Cadence.NEVER
    response = render(request, "search/end.html", {"search": search, "ended": ended})
    response["X-Robots-Tag"] = "noindex"
    return response


def _mine(request, pk):
    return get_object_or_404(SavedSearch, pk=pk, person=request.user)


def _form_page(request, form, question, search=None):
    context = {
        "form": form,
        "question": question,
        "address": search_results.address(question),
        "search": search,
        "effects": [
            ("envelope", _("New hits are sent to you alone, in one letter, in your language.")),
            ("eye", _("Nobody else learns what you look for.")),
        ],
    }
    return render(request, "search/save.html", context)
