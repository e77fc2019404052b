"""Addresses of exports."""

from django.urls import path

from qorgau.workplace.export.page import export
from qorgau.workplace.export.progress import export_file, export_progress, exports

urlpatterns = [
    path("export/", export, name="export"),
    path("exports/", exports, name="exports"),
    path("exports/<int:export_id>/", export_progress, name="export_progress"),
    path("exports/<int:export_id>/file/", export_file, name="export_file"),
]
