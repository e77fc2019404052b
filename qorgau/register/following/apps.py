from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "qorgau.register.following"
    label = "following"
