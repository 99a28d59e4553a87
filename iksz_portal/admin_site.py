"""The staff's back office: one door, one front page, the portal's own lists only."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.admin_base import PortalModelAdmin
from iksz_portal import queues
from members import policy
from members.admin_access import PortalDoor

OTHER_DOORS = {"logout", "password_change", "password_change_done"}


class PortalAdminSite(PortalDoor, admin.AdminSite):
    site_header = settings.SITE_NAME
    site_title = _("Back office")
    index_title = _("Waiting for approval")
    site_url = reverse_lazy("home")
    index_template = "admin/front_page.html"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Lists that packages bring along know nothing of the portal's rights: left out."""
        if admin_class and issubclass(admin_class, PortalModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return policy.is_staff(request.user)

    def get_urls(self):
        """One signs out and changes one's password on the portal's own pages."""
        return [url for url in super().get_urls() if getattr(url, "name", "") not in OTHER_DOORS]

    def index(self, request, extra_context=None):
        context = {"queues": queues.all_queues(), **(extra_context or {})}
        return super().index(request, context)
