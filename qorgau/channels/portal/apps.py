from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "qorgau.channels.portal"
    label = "portal"
