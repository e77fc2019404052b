from django.apps import AppConfig


class ChatsConfig(AppConfig):
    name = "qorgau.notices.chats"
    label = "chats"
