from django.apps import AppConfig


class HandlingConfig(AppConfig):
    name = "qorgau.handling"
    label = "handling"
