from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qorgau.notices"
    label = "notices"
