"""What a card asks and offers besides its verbs."""

from django.urls import path

from qorgau.workplace.presence.here import here

urlpatterns = [
    path("appeal/<str:number>/here/", here, name="here"),
]
