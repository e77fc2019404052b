"""One token for all forms of a page. Django's Jinja2 backend disguises it anew for each of them."""

from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject


def one_token(request: HttpRequest) -> dict[str, Any]:
    """For templates: `csrf_input`, made when the first form of the page asks for it. A page without forms has none."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}
