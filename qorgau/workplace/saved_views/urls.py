"""Addresses of the saved views."""

from django.urls import path

from qorgau.workplace.saved_views.deeds import view_deed
from qorgau.workplace.saved_views.pages import save_view, saved_view, saved_views

urlpatterns = [
    path("views/", saved_views, name="saved_views"),
    path("views/new/", save_view, name="save_view"),
    path("views/<int:key>/", saved_view, name="saved_view"),
    path("views/<int:key>/<str:deed>/", view_deed, name="view_deed"),
]
