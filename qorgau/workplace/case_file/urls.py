"""Addresses of case files."""

from django.urls import path

from qorgau.workplace.case_file.page import case_file, case_file_progress, case_file_ready

urlpatterns = [
    path("appeal/<str:number>/case-file/", case_file, name="case_file"),
    path("case-files/<int:case_file_id>/", case_file_progress, name="case_file_progress"),
    path("case-files/<int:case_file_id>/file/", case_file_ready, name="case_file_ready"),
]
