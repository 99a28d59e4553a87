from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import notices
from core.localized import said
from members.models import County, Library
from sections.described import section_facts
from sections.map import on_section_map, without_member
from sections.models import Section, SectionMembership
from sections.wording import rules_in_words


@login_not_required
@require_safe
def section_list(request):
    sections = Section.objects.with_member_count()
    return render(request, "sections/list.html", {"sections": sections})


@login_not_required
@require_safe
def section(request, slug):
    found = notices.with_follow(Section.objects.all(), request.user)
    section = get_object_or_404(found, slug=slug)
    memberships = SectionMembership.objects.in_force().filter(section=section)
    members = Library.objects.filter(section_memberships__in=memberships)
    libraries = list(members.select_related("county").in_order())
    counties = list(County.objects.all())
    context = {
        "section": section,
        "facts": section_facts(section),
        "trail": [(_("Sections"), reverse("sections:list"))],
        "goals": list(_goals(section)),
        "libraries": libraries,
        "counties": on_section_map(counties, libraries),
        "without_member": without_member(counties, libraries),
        "offices": section.offices.current().select_related("person"),
        "rules": rules_in_words(section, entitled=len(libraries)),
    }
    return render(request, "sections/section.html", context)


def _goals(section):
    """Number, title and points of each goal, in one query."""
    rows = section.goals.with_each_point()
    for (number, title), goals in groupby(rows, key=lambda row: (row.number, said(row, "title"))):
        points = [said(goal, "point") for goal in goals]
        yield number, title, [point for point in points if point.words]
