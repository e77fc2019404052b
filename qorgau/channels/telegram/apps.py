from django.apps import AppConfig


class TelegramConfig(AppConfig):
    name = "qorgau.channels.telegram"
    label = "telegram"
