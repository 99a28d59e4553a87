from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortalConfig(AppConfig):
    name = "iksz_portal"
    default = True


class BackOfficeConfig(admin.AdminConfig):
    default = False
    default_site = "iksz_portal.admin_site.PortalAdminSite"
