from django.urls import path
from django.utils.translation import gettext_lazy as _

from members.views import directory, libraries, profiles, requests

app_name = "members"
urlpatterns = [
    path(_("libraries/"), directory.directory, name="directory"),
    path(_("libraries.csv"), directory.download, name="directory_csv"),
    path(_("libraries.xlsx"), directory.download_xlsx, name="directory_xlsx"),
    path(_("libraries.vcf"), directory.download_cards, name="directory_vcf"),
    path(_("libraries.geojson"), directory.download_geojson, name="directory_geojson"),
    path(_("libraries/<slug:slug>.vcf"), libraries.card, name="library_vcf"),
    path(_("libraries/<slug:slug>/"), libraries.library, name="library"),
    path(_("libraries/<slug:slug>/mistake/"), requests.report, name="report"),
    path(_("libraries/<slug:slug>/edit/"), profiles.edit, name="edit"),
    path(
        _("libraries/<slug:slug>/edit/<int:pk>/withdraw/"),
        profiles.withdraw,
        name="withdraw_change",
    ),
    path(_("join/"), requests.apply, name="apply"),
    path(_("join/thanks/"), requests.applied, name="applied"),
]
