from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    name = "qorgau.workplace"
    label = "workplace"
