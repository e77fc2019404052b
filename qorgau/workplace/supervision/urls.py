"""Addresses of supervision."""

from django.urls import path

from qorgau.workplace.supervision.appeals import supervision_appeals
from qorgau.workplace.supervision.page import supervision, supervision_file

urlpatterns = [
    path("supervision/", supervision, name="supervision"),
    path("supervision/file/", supervision_file, name="supervision_file"),
    path("supervision/appeals/", supervision_appeals, name="supervision_appeals"),
]
