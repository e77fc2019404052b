from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "qorgau.workplace.presence"
    label = "presence"
