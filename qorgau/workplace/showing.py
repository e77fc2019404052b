"""Answering with a page of the desk. What every page of it needs to know is added here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qorgau.rules.roles import HANDLERS
from qorgau.workplace.access import staff_of
from qorgau.workplace.keyboard.way import way_of


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page; `works` says whether the reader works on appeals, and so what the page offers; `way` how they came."""
    works = staff_of(request).role in HANDLERS
    context = {"works": works, "way": way_of(request), **context}
    return render(request, f"workplace/{template}", context, status=status)
