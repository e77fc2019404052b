"""Addresses of ready texts, below those of the desk."""

from django.urls import path

from qorgau.workplace.texts.pages import text, texts

urlpatterns = [
    path("texts/", texts, name="texts"),
    path("texts/text/", text, name="text"),
]
