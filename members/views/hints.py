from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members import hints


@require_POST
def put_away(request, name):
    if name not in hints.NAMES:
        raise Http404
    hints.put_away(name=name, by=request.user)
    told = _("The hint is put away. Under “Sign-in and security” all hints can be shown again.")
    messages.success(request, told)
    there = request.POST.get("next", "")
    is_ours = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return redirect(there if is_ours else "home")


@require_POST
def show_again(request):
    hints.show_again(by=request.user)
    messages.success(request, _("All hints are shown again."))
    return redirect("mfa_index")
