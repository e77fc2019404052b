"""Answering with a page of the desk. What every page of it needs to know is added here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qorgau.rules.roles import HANDLERS
from qorgau.workplace.access import staff_of
from qorgau.workplace.desk_pages import places
from qorgau.workplace.keyboard.way import way_of


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page; `works` says whether the reader works on appeals, and so what the page offers; `way` how they came;
    `places` where else they may go.
    """
    staff = staff_of(request)
    context = {"works": staff.role in HANDLERS, "way": way_of(request), "places": places(staff), **context}
    return render(request, f"workplace/{template}", context, status=status)
