"""The page that asks for number and code, carrying along what was typed on the page that somebody came from."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from qorgau.channels.portal.forms.tracking import OpenForm
from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.channels.portal.writing.files import take_files

GOING_ON = "going-on"
"""The field that names the page to go on to."""
_CARRIED = "carried-"
"""Fields of another page's form travel through this one under their names with this before them."""


def ask(
    request: HttpRequest,
    form: OpenForm,
    *,
    carried: list[tuple[str, str]] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **page: object,
) -> HttpResponse:
    """The page itself. ``carried`` are names and values of hidden fields."""
    return render(request, "portal/tracking/door.html", {"form": form, "carried": carried or [], **page}, status=status)


def ask_again(request: HttpRequest, number: str, page: str, typed: QueryDict | None) -> HttpResponse:
    """Ask for number and code before a page of an appeal that is not open (any longer); what was typed goes along."""
    if typed is None:
        return HttpResponseRedirect(f"{reverse('portal:track')}?number={number}")
    delivery, _refused = take_files(request, Delivery.read(typed), at=timezone.now())
    carried = [(GOING_ON, page)]
    for field, values in typed.lists():
        if field not in ("csrfmiddlewaretoken", "file", "delivery", "began", "asked"):
            carried += [(f"{_CARRIED}{field}", value) for value in values]
    carried += [(f"{_CARRIED}{field}", value) for field, value in delivery.hidden()]
    form = OpenForm(initial={"number": number})
    return ask(request, form, carried=carried, closed=True, status=HTTPStatus.FORBIDDEN)


def carried_fields(post: QueryDict) -> list[tuple[str, str]]:
    """What the page carries along, as it came."""
    return [
        (field, value)
        for field, values in post.lists()
        if field == GOING_ON or field.startswith(_CARRIED)
        for value in values
    ]


def typed_before(post: QueryDict) -> QueryDict:
    """What was typed on the page that somebody came from."""
    typed = QueryDict(mutable=True)
    for field, values in post.lists():
        if field.startswith(_CARRIED):
            typed.setlist(field.removeprefix(_CARRIED), values)
    return typed
