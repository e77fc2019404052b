from django.urls import path, re_path

from qorgau.channels.api.answers import nothing_here
from qorgau.channels.api.status import status

urlpatterns = [
    path("api/status", status),
    re_path(r"^api(?:/.*)?$", nothing_here),
]
