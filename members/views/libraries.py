from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import notices
from members.described import library_facts
from members.directory import alone_on_map
from members.models import Library, Mandate
from members.policy import may_edit_profile
from members.vcards import vcards

NEWEST_FIRST = (F("started_on").desc(nulls_last=True), "pk")


@login_not_required
@require_safe
def library(request, slug):
    """A library that has left keeps its page, marked as such and without its contacts.

    The people who act for it are named only to those who are signed in.
    """
    found = Library.objects.have_been_members().select_related("county")
    shown = get_object_or_404(notices.with_follow(found, request.user), slug=slug)
    memberships = list(shown.memberships.order_by(*NEWEST_FIRST))
    is_member = any(term.is_current for term in memberships)
    sections = shown.section_memberships.select_related("section").order_by(*NEWEST_FIRST)
    context = {
        "library": shown,
        "is_member": is_member,
        "memberships": memberships,
        "section_memberships": sections,
        "crumbs": [(_("Member libraries"), reverse("members:directory"))],
        "people": _people(request.user, shown),
        "counties": alone_on_map(shown.county),
        "facts": library_facts(shown, is_member=is_member),
        "has_card": is_member and not shown.is_fictional,
        "may_edit": may_edit_profile(request.user, shown),
    }
    return render(request, "members/library/page.html", context)


@login_not_required
@require_safe
def card(request, slug):
    """The contacts of a listed library for an address book."""
    listed = Library.objects.listed().select_related("county")
    return vcards([get_object_or_404(listed, slug=slug)], name=slug)


def _people(reader, shown):
    if not reader.is_authenticated:
        return []
    return Mandate.objects.in_force().filter(library=shown).select_related("person")
