"""Addresses of what is done with several appeals at once."""

from django.urls import path

from qorgau.workplace.bulk.pages import many, many_done
from qorgau.workplace.bulk.splitting import split_chosen

urlpatterns = [
    path("many/split/", split_chosen, name="split_chosen"),
    path("many/<str:word>/", many, name="many"),
    path("many/<str:word>/<uuid:key>/", many_done, name="many_done"),
]
