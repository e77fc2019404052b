from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "qorgau.people"
    label = "people"
