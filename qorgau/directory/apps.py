from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "qorgau.directory"
    label = "directory"
