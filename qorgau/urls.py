"""Where the doors are mounted. Public addresses carry their language; staff pages speak each person's own.

Doors for programs have a shorter way: `PROGRAM_DOORS` in the settings.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler400 = "qorgau.channels.portal.errors.bad_request"
handler403 = "qorgau.channels.portal.errors.forbidden"
handler404 = "qorgau.channels.portal.errors.not_found"
handler500 = "qorgau.channels.portal.errors.broken"

urlpatterns = [
    # First, because most of what is asked for is here.
    *i18n_patterns(path("", include("qorgau.channels.portal.urls"))),
    path("desk/", include("qorgau.workplace.urls")),
    path("staff/", include("qorgau.people.urls")),
    path("administration/", admin.site.urls),
    path("", include("qorgau.channels.portal.root_urls")),
]
