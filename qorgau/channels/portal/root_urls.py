"""Addresses of the public site that begin with no language."""

from django.urls import path

from qorgau.channels.portal import home, information
from qorgau.channels.portal.insurance.sign_in import sign_in, signed_in
from qorgau.channels.portal.insurance.warnings.stopping import short

urlpatterns = [
    path("", home.to_own_language),
    path("favicon.ico", home.icon),
    path("robots.txt", information.robots),
    path("sitemap.xml", information.sitemap),
    # As short as can be: it stands in SMS.
    path("w/<slug:token>", short, name="warnings"),
    # Under the names by which allauth finds its way there and back.
    path("identity/<slug:provider_id>/login/", sign_in, name="openid_connect_login"),
    path("identity/<slug:provider_id>/login/callback/", signed_in, name="openid_connect_callback"),
]
