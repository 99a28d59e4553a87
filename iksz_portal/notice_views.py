"""Following things, the list of what one follows, how often letters come, and leaving them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from core import leaving, notices
from core.notices import CHOSEN, Group
from core.token_pages import keeps_its_address
from iksz_portal import following
from iksz_portal.forms import PacesForm

LONGEST_KEY = 19
EFFECTS = (
    ("envelope", gettext_lazy("Nobody else learns of it, and nobody else gets mail.")),
    ("lock", gettext_lazy("Letters about your account always come, and at once.")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """What I follow, and how often the letters of each group come."""
    form = PacesForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Your choices are saved."))
        return redirect("notices")
    context = {"form": form, "followed": following.list_of(request.user), "effects": EFFECTS}
    return render(request, "notices/page.html", context)


@require_POST
def follow(request):
    kind, pk = _asked(request)
    thing = get_object_or_404(kind.visible_to(request.user), pk=pk)
    notices.follow(person=request.user, thing=thing)
    messages.success(request, _("You follow it now."))
    return redirect(f"{kind.address(thing)}#followed")


@require_POST
def unfollow(request):
    """Also what one may not see any more."""
    kind, pk = _asked(request)
    notices.unfollow(person=request.user, model=kind.model, pk=pk)
    messages.success(request, _("You do not follow it any more."))
    thing = kind.visible_to(request.user).filter(pk=pk).first()
    if thing is None or "list" in request.POST:
        return redirect("notices")
    return redirect(f"{kind.address(thing)}#follow")


def _asked(request):
    kind = following.KINDS.get(request.POST.get("kind", ""))
    pk = request.POST.get("pk", "")
    if kind is None or not (pk.isascii() and pk.isdecimal() and len(pk) < LONGEST_KEY):
        raise Http404
    return kind, int(pk)


# From a letter, without signing in -----------------------------------------------------------


@csrf_exempt
@login_not_required
@never_cache
@keeps_its_address
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, token):
    """Looking changes nothing. Mail programs send one word (RFC 8058) and have no cookie; a person
    sends the form, which is protected as any other."""
    found = leaving.read(token)
    if found is None:
        return render(request, "notices/unknown.html", status=404)
    if request.method == "POST" and _is_one_click(request):
        leaving.leave(found)
        return _left(request, found, [])
    return _by_hand(request, found)


def _is_one_click(request):
    return request.POST.dict() == dict([leaving.ONE_CLICK.split("=")])


@csrf_protect
def _by_hand(request, found):
    if request.method != "POST":
        return _left(request, found, [])
    if "again" in request.POST:
        leaving.come_back(found, [name for name in request.POST.getlist("group") if name in CHOSEN])
        return redirect(request.path)
    return _left(request, found, leaving.leave(found))


def _left(request, found, left):
    """The groups that still come, or, after they were left, those that may come again."""
    again = left or ([Group(found.what)] if found.what in CHOSEN else [])
    context = {
        "email": found.person.email,
        "groups": found.groups,
        "again": again,
        "is_digest": found.what not in CHOSEN,
    }
    return render(request, "notices/leave.html", context)
