from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core import throttle
from members.directory import legend_of, members_by_county, on_map, said_of
from members.exports import directory_csv, directory_xlsx
from members.filters import LONGEST_SEARCH, DirectoryFilter
from members.geojson import geojson
from members.models import County, Library
from members.vcards import vcards

PAGE_SIZE = 24
TABLE = "table"
FILES = (
    (gettext_lazy("Download as CSV"), "members:directory_csv"),
    (gettext_lazy("Download as XLSX"), "members:directory_xlsx"),
    (gettext_lazy("Cards for an address book (vCard)"), "members:directory_vcf"),
    (gettext_lazy("Data for maps (GeoJSON)"), "members:directory_geojson"),
)


@login_not_required
@require_safe
def directory(request):
    counties = list(County.objects.all())
    found = _found(request, counties)
    libraries = found.qs if found.is_valid() else Library.objects.none()
    whole = {
        "filter": found,
        "page": Paginator(libraries, PAGE_SIZE).get_page(request.GET.get("page")),
        "views": _views(request, found),
        "is_table": request.GET.get("view") == TABLE,
        "files": [(label, _address(name, found.chosen)) for label, name in FILES],
        **_map(request, counties, found.chosen),
    }
    part = "members/directory/results.html" if request.htmx else "members/directory/page.html"
    return render(request, part, whole)


@login_not_required
@require_safe
def download(request):
    return _in_a_file(request, directory_csv)


@login_not_required
@require_safe
def download_xlsx(request):
    return _in_a_file(request, directory_xlsx)


@login_not_required
@require_safe
def download_cards(request):
    return _in_a_file(request, partial(vcards, name="libraries"))


@login_not_required
@require_safe
def download_geojson(request):
    return _in_a_file(request, geojson)


def _in_a_file(request, write):
    """The same filters as the list; a wrong one is explained there, beside its field."""
    found = _found(request, list(County.objects.all()))
    if not found.is_valid():
        asked = {name: request.GET.get(name, "")[: LONGEST_SEARCH + 1] for name in found.filters}
        return redirect(_address("members:directory", asked))
    throttle.limit(request, scope="directory download", rate="60/h")
    return write(found.qs)


def _found(request, counties):
    members = Library.objects.listed().select_related("county").in_order()
    return DirectoryFilter(request.GET, members, counties=counties)


def _map(request, counties, narrowed):
    """Choosing a county keeps what else the list is narrowed to, and how it is shown."""
    tallies, chosen = members_by_county(), narrowed.get("county", "")
    kept = {**narrowed, "view": TABLE} if request.GET.get("view") == TABLE else narrowed
    county = next((county for county in counties if county.iso_code == chosen), None)
    hint = _("Choose a county to see its libraries.")
    return {
        "counties": on_map(counties, tallies, chosen=chosen, kept=kept),
        "legend": legend_of(counties, tallies),
        "caption": said_of(county, tallies.get(chosen)) if county else hint,
        "county": county,
        "county_has_none": county is not None and chosen not in tallies,
        "counties_with_member": len(tallies),
    }


def _views(request, found):
    """The two ways to see the list, as tabs."""
    is_table = request.GET.get("view") == TABLE
    cards = _address("members:directory", found.chosen)
    table = _address("members:directory", {**found.chosen, "view": TABLE})
    return [(_("Cards"), cards, not is_table), (_("Table"), table, is_table)]


def _address(name, query):
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
