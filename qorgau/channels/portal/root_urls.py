"""Addresses of the public site that begin with no language."""

from django.urls import path

from qorgau.channels.portal import home, information

urlpatterns = [
    path("", home.to_own_language),
    path("favicon.ico", home.icon),
    path("robots.txt", information.robots),
    path("sitemap.xml", information.sitemap),
]
