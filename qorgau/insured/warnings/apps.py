from django.apps import AppConfig


class WarningsConfig(AppConfig):
    name = "qorgau.insured.warnings"
    label = "warnings"
