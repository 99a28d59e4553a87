"""One's own calendar: making its address, renewing it, revoking it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from core import once
from core.addresses import absolute
from members import calendars as addresses

JUST_MADE = "calendar_just_made"
EFFECTS = (
    (
        "eye",
        gettext_lazy(
            "Whoever has the address reads your deadlines: their titles, days and links, as far as "
            "you may see them on that day. So does the calendar service you give it to."
        ),
    ),
    (
        "key",
        gettext_lazy("It is shown once. An address you had before opens nothing from then on."),
    ),
    ("envelope", gettext_lazy("Nobody gets mail.")),
)


@require_safe
def calendars(request):
    """The address is shown the first time the page is seen after it was made, and not again."""
    address = request.user.calendars.filter(revoked_at=None).first()
    is_new = request.session.pop(JUST_MADE, None) == getattr(address, "pk", 0)
    url = _address_of(address) if is_new else ""
    context = {
        "address": address,
        "url": url,
        "subscription": f"webcal://{url.partition('://')[2]}",
        "effects": EFFECTS,
        "once": once.new_key(),
    }
    return render(request, "account/calendars.html", context)


@require_POST
@once.once_only
def make(request):
    address = addresses.make(by=request.user)
    request.session[JUST_MADE] = address.pk
    messages.success(request, _("The address is made. Copy it now: it is not shown again."))
    return redirect("calendars")


@require_POST
def revoke(request):
    for address in request.user.calendars.filter(revoked_at=None):
        addresses.revoke(address=address, by=request.user)
    messages.success(request, _("The address opens no calendar any more."))
    return redirect("calendars")


def _address_of(address):
    return absolute(reverse("calendar", args=[addresses.token_of(address)]))
