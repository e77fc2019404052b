from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "qorgau.register"
    label = "register"
