from allauth.account import views as account
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core import throttle
from core.token_pages import keeps_its_address
from members import actions, invitations
from members.forms.accounts import InvitationForm

new_password = keeps_its_address(account.password_reset_from_key)


@require_POST
@login_not_required
def sign_out(request):
    response = account.logout(request)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_POST
def letters_language(request):
    """From now on letters come in the language that is chosen; the page stays where it was."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadRequest("no such language")
    actions.choose_language(person=request.user, by=request.user, language=language)
    messages.success(
        request, pgettext("the language of the page", "From now on your letters come in English.")
    )
    asked = request.POST.get("next", "")
    local = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if local else "home")


@login_not_required
@never_cache
@keeps_its_address
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request, token):
    try:
        invited = invitations.find_open(token)
        form = InvitationForm(request.POST or None, person=invited.person)
        if request.method == "POST":
            throttle.limit(request, scope="accepting an invitation", rate="20/h")
            if form.is_valid():
                invitations.accept(token=token, password=form.cleaned_data["password1"])
                messages.success(request, _("Your password is set. Please sign in with it."))
                return redirect("account_login")
    except invitations.Closed:
        return render(request, "account/invitation_closed.html", status=404)
    context = {"form": form, "person": invited.person}
    return render(request, "account/invitation.html", context)
