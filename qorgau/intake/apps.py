from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "qorgau.intake"
    label = "intake"
