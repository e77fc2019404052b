"""The network address a request came from."""

from ipaddress import ip_address, ip_network

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


def network_of(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 of an IPv6 address, all of which one machine has."""
    ip = ip_address(address)
    return str(ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def _without_port(said: str) -> str:
    if said.startswith("["):
        return said[1:].partition("]")[0]
    return said.partition(":")[0] if said.count(":") == 1 else said
