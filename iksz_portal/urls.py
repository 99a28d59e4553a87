from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from core import bench, design, health
from iksz_portal import views
from members.views import accounts

urlpatterns = [
    path("healthz", health.process, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path(_("account/"), include("members.account_urls")),
        path(_("invitation/<slug:token>/"), accounts.invitation, name="invitation"),
        path("", include("members.urls")),
        path(_("sections/"), include("sections.urls")),
        path(_("positions/"), include("positions.urls")),
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
