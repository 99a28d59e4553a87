from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from positions import participation
from sections.models import Section


@login_not_required
@require_safe
def of_section(request, slug):
    """How far each library takes part in the votes of the section that the reader may see."""
    section = get_object_or_404(Section, slug=slug)
    context = {
        "section": section,
        "took_part": participation.read(section, request.user),
        "trail": [(section, section.get_absolute_url())],
        "heading": _("How the libraries take part"),
    }
    return render(request, "positions/participation.html", context)
