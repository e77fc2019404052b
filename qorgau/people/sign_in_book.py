"""The book of sign-ins: one line per event, written as it happens, read by administrators."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from qorgau.lib.client_address import client_address
from qorgau.people.models import SignInEvent, Staff

LATELY = timedelta(days=30)


def write_down(request: HttpRequest, kind: SignInEvent.Kind, staff: Staff | None) -> None:
    """Add a line for what just happened at the address of the request."""
    SignInEvent.objects.create(at=timezone.now(), kind=kind, staff=staff, address=client_address(request))


def signed_in_lately(name: str, address: str) -> bool:
    """Whether somebody of this name signed in from this address within 30 days."""
    return SignInEvent.objects.filter(
        staff__username__iexact=name.strip(),
        kind=SignInEvent.Kind.SIGNED_IN,
        address=address,
        at__gte=timezone.now() - LATELY,
    ).exists()
