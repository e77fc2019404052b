"""Addresses of macros, below those of the desk."""

from django.urls import path

from qorgau.workplace.macros.pages import macro, macros, run_macro

urlpatterns = [
    path("macros/", macros, name="macros"),
    path("macros/macro/", macro, name="macro"),
    path("appeal/<str:number>/macro/", run_macro, name="run_macro"),
]
