"""Pages of the public site."""

from django.urls import path

from qorgau.channels.portal import reading_aids

app_name = "portal"
urlpatterns = [
    path("easier-to-read/", reading_aids.aids, name="aids"),
]
