"""Where the doors are mounted. Public addresses carry their language; staff pages speak each person's own."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", include("qorgau.workplace.urls")),
    path("staff/", include("qorgau.people.urls")),
    path("administration/", admin.site.urls),
    *i18n_patterns(path("", include("qorgau.channels.portal.urls"))),
]
