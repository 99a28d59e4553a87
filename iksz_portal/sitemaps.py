"""What search engines should know of: every public page that a visitor finds by following links.

Each address stands there in three languages, with the other two and the Hungarian one for everybody
else beside it. Who may see what is asked when the map is, as on the pages.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from core.addresses import absolute
from core.localized import LANGUAGES
from members.models import Library
from positions.models import AuthorityFigures, BoardDecision, Consultation, Position
from sections.models import Section

EVERYBODY = AnonymousUser()
SITE = urlsplit(settings.SITE_URL)
PAGES = (
    "home",
    "activities",
    "members:directory",
    "members:apply",
    "sections:list",
    "positions:register",
    "positions:resolutions",
    "positions:accountability",
    "positions:consultations",
    "help",
    "guide_visitor",
    "guide_library",
    "guide_section",
    "guide_board",
    "guide_staff",
    "glossary",
    "accessibility",
    "open_data",
    "interface",
)


class PortalSitemap(Sitemap):
    limit = 500  # things in a file: three addresses each
    protocol = SITE.scheme

    def get_domain(self, site=None):
        return SITE.netloc

    def get_urls(self, page=1, site=None, protocol=None):
        things = self.paginator.page(page).object_list
        return [url for thing in things for url in self._in_each_language(thing)]

    def get_latest_lastmod(self):
        """The index does not read every row to say what each file says."""
        return None

    def location(self, thing):
        return thing.get_absolute_url()

    def changed(self, thing):
        return None

    def _in_each_language(self, thing):
        found = {}
        for code in LANGUAGES:
            with translation.override(code):
                found[code] = absolute(self.location(thing))
        alternates = [{"lang_code": code, "location": there} for code, there in found.items()]
        alternates.append({"lang_code": "x-default", "location": found[settings.LANGUAGE_CODE]})
        facts = {"item": thing, "lastmod": self.changed(thing), "alternates": alternates}
        return [{**facts, "location": there} for there in found.values()]


class Pages(PortalSitemap):
    def items(self):
        return PAGES

    def location(self, name):
        return reverse(name)


class Libraries(PortalSitemap):
    def items(self):
        return Library.objects.listed().annotate(changed_at=_last_edit(Library)).in_order()

    def changed(self, library):
        return library.changed_at


class Sections(PortalSitemap):
    def items(self):
        return Section.objects.annotate(changed_at=_last_edit(Section)).order_by("pk")

    def changed(self, section):
        return section.changed_at


class Positions(PortalSitemap):
    def items(self):
        return Position.objects.public().select_related("section").order_by("year", "number", "pk")

    def changed(self, position):
        return max(position.published_at, position.status_since)


class Resolutions(PortalSitemap):
    def items(self):
        return BoardDecision.objects.visible_to(EVERYBODY).order_by("year", "number")

    def changed(self, decision):
        return decision.recorded_at


class Consultations(PortalSitemap):
    def items(self):
        return Consultation.objects.public().order_by("pk")

    def changed(self, consultation):
        return consultation.status_since


class Authorities(PortalSitemap):
    def items(self):
        counted = AuthorityFigures.objects.of_all_years().exclude(authority=None)
        return counted.order_by("authority")

    def location(self, figures):
        return reverse("positions:authority", args=[figures.authority_id])


SITEMAPS = {
    "pages": Pages,
    "libraries": Libraries,
    "sections": Sections,
    "positions": Positions,
    "resolutions": Resolutions,
    "consultations": Consultations,
    "authorities": Authorities,
}


@login_not_required
@require_safe
def index(request):
    return views.index(request, SITEMAPS, sitemap_url_name="sitemap_part")


@login_not_required
@require_safe
def part(request, section):
    return views.sitemap(request, SITEMAPS, section=section)


def _last_edit(model):
    rows = model.history.model.objects.filter(id=OuterRef("pk")).order_by()
    return Subquery(rows.values("id").annotate(last=Max("history_date")).values("last"))
