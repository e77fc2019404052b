"""A bare point read: Django behind the same server, one view, no middleware, the ORM, JSON. Ours is only the row."""

import os
from uuid import UUID

from qorgau import installation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qorgau.settings")
installation.use_demo_keys()

from django.conf import settings  # noqa: E402 - needs the environment

settings.INSTALLED_APPS = []
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.bare_django"

from django.core.wsgi import get_wsgi_application  # noqa: E402 - needs the settings

application = get_wsgi_application()

from django.db import models  # noqa: E402 - needs the applications
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Person(models.Model):
    person = models.UUIDField(primary_key=True)
    paid = models.BinaryField()

    class Meta:
        app_label = "insured"
        db_table = "insured_person"
        managed = False


def read(request: HttpRequest, person: UUID) -> JsonResponse:
    """One row by its key."""
    response = JsonResponse({"paid": bytes(Person.objects.get(pk=person).paid).hex()})
    response.headers["Content-Length"] = str(len(response.content))
    return response


def hello(request: HttpRequest) -> JsonResponse:
    """By which the server is known to be up."""
    return JsonResponse({})


urlpatterns = [path("", hello), path("<uuid:person>", read)]
