"""The network address a request came from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - a stand-in, nothing listens there


def client_address(request: HttpRequest) -> str:
    """The address of whoever sent the request, as an IP address; `UNKNOWN` when the server does not say.

    Behind a proxy (``QORGAU_BEHIND_PROXY``) it is the last address of ``X-Forwarded-For``, the one our own proxy added:
    what stands before it was written by the sender.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        said = forwarded.rsplit(",", 1)[-1]
    try:
        return str(ip_address(_without_port(said.strip())))
    except ValueError:
        return UNKNOWN


def _without_port(said: str) -> str:
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0] if said.count(":") == 1 else said
