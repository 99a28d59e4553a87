from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "iksz_portal"
