"""Sign-in of the staff."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
