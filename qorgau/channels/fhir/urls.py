from django.urls import re_path

from qorgau.channels.fhir.door import door

urlpatterns = [re_path(r"^fhir(?:/(?P<rest>.*))?$", door)]
