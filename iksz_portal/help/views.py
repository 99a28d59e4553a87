from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iksz_portal.help import glossary as glossaries
from iksz_portal.help import guides


@login_not_required
@require_safe
def front_page(request):
    """One's own guides first; asked about a page, it leads to the task that it serves."""
    roles = guides.roles_of(request.user)
    if topic := request.GET.get("about", ""):
        return redirect(guides.address_for(topic, roles))
    own = [guides.guides()[role] for role in roles]
    others = [guide for guide in guides.guides().values() if guide not in own]
    return render(request, "help/front_page.html", {"own": own, "others": others})


@login_not_required
@require_safe
def guide(request, role):
    return render(request, "help/guide.html", {"guide": guides.guides()[role], "crumbs": _crumbs()})


@login_not_required
@require_safe
def glossary(request):
    return render(request, "help/glossary.html", {"words": glossaries.words(), "crumbs": _crumbs()})


def _crumbs():
    return [(_("Help"), reverse("help"))]
