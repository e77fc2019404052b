from django.urls import path, re_path

from qorgau.channels.telegram.webhook import nothing_here, webhook

urlpatterns = [
    path("telegram/webhook", webhook, name="webhook"),
    re_path(r"^telegram(?:/.*)?$", nothing_here),
]
