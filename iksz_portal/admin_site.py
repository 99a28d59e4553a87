"""The staff's back office: one door, one front page, the portal's own lists only."""

from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core import errors
from core.admin_base import PortalModelAdmin
from core.text import fold
from core.workflow import Overtaken
from iksz_portal import queues, translations
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

    def get_app_list(self, request, app_label=None):
        """In the order of the alphabet, to which an accent is none of its letters."""
        found = super().get_app_list(request, app_label)
        for app in found:
            app["models"].sort(key=lambda model: fold(str(model["name"])))
        return sorted(found, key=lambda app: fold(str(app["name"])))

    def get_urls(self):
        """One signs out and changes one's password on the portal's own pages."""
        own = [
            path("translations/", self.admin_view(self.translations), name="translations"),
            path(
                "translations/confirm/",
                self.admin_view(require_POST(self.confirm_translation)),
                name="confirm_translation",
            ),
        ]
        doors = [url for url in super().get_urls() if getattr(url, "name", "") not in OTHER_DOORS]
        return [*own, *doors]

    def translations(self, request):
        """What is missing or outdated in a language."""
        asked = translations.read(request.GET)
        context = {**self.each_context(request), "title": _("Translations"), "asked": asked}
        return TemplateResponse(request, "admin/translations.html", context)

    def confirm_translation(self, request):
        try:
            asked = translations.confirm(request.POST, by=request.user)
        except Overtaken as faster:
            return errors.conflict(request, faster, back_url=reverse("admin:translations"))
        messages.success(request, _("The translation is marked as up to date."))
        return redirect(asked)

    def index(self, request, extra_context=None):
        context = {"queues": queues.all_queues(), **(extra_context or {})}
        return super().index(request, context)
