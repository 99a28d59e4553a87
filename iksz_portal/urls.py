from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from core import bench, design, health
from iksz_portal import (
    activities,
    harvest,
    notice_views,
    opened,
    own_data_views,
    sitemaps,
    views,
)
from iksz_portal.api.served import served
from iksz_portal.api.service import nothing
from iksz_portal.help import views as help_pages
from members.views import accessibility, accounts, requests

urlpatterns = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.part, name="sitemap_part"),
    path("calendar/<slug:token>/deadlines.ics", views.deadlines, name="calendar"),
    path("api/v1/", include("iksz_portal.api.urls")),
    re_path(r"^api/", served(nothing), name="api_nothing"),
    path("oai", harvest.harvest, name="oai"),
    path("favicon.ico", views.favicon, name="favicon"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path(_("search/"), include("iksz_portal.search_urls")),
        path(_("activities/"), activities.page, name="activities"),
        path(_("account/"), include("members.account_urls")),
        path(_("account/data/"), own_data_views.page, name="own_data"),
        path(_("account/data/make/"), own_data_views.ask, name="make_own_data"),
        path(_("account/data/<int:pk>/"), own_data_views.download, name="own_data_file"),
        path(_("invitation/<slug:token>/"), accounts.invitation, name="invitation"),
        path(_("accessibility/"), accessibility.statement, name="accessibility"),
        path(_("accessibility/report/"), requests.report_barrier, name="report_barrier"),
        path(_("help/"), include("iksz_portal.help.urls")),
        path(_("glossary/"), help_pages.glossary, name="glossary"),
        path(_("notices/"), notice_views.page, name="notices"),
        path(_("notices/follow/"), notice_views.follow, name="follow"),
        path(_("notices/unfollow/"), notice_views.unfollow, name="unfollow"),
        path(_("notices/leave/<str:token>/"), notice_views.leave, name="leave"),
        path("", include("members.urls")),
        path(_("sections/"), include("sections.urls")),
        path(_("positions/"), include("positions.urls")),
        path(_("open-data/"), opened.open_data, name="open_data"),
        path(_("open-data/interface/"), opened.interface, name="interface"),
        path(_("open-data/files/<str:name>"), opened.open_data_file, name="open_data_file"),
        path("admin/", admin.site.urls),
        path("design/", design.gallery, name="design"),
        prefix_default_language=False,
    ),
]

if settings.BENCH:
    urlpatterns.append(path("bench/bare/", bench.bare, name="bench_bare"))

handler400 = "core.errors.bad_request"
handler403 = "core.errors.forbidden"
handler404 = "core.errors.not_found"
handler500 = "core.errors.server_error"
handler429 = "core.errors.too_many_requests"  # asked for by allauth's rate limits
