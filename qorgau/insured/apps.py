from django.apps import AppConfig


class InsuredConfig(AppConfig):
    name = "qorgau.insured"
    label = "insured"
