import pytest
from django.test import RequestFactory

from qorgau.lib.client_address import UNKNOWN, client_address


def address(settings, *, proxy: bool, remote: str = "10.0.0.1", forwarded: str | None = None) -> str:
    settings.BEHIND_PROXY = proxy
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_without_a_proxy_what_the_sender_writes_is_not_believed(settings):
    assert address(settings, proxy=False, forwarded="8.8.8.8") == "10.0.0.1"


def test_behind_a_proxy_only_the_address_it_added_counts(settings):
    assert address(settings, proxy=True, forwarded="8.8.8.8, 203.0.113.9") == "203.0.113.9"
    assert address(settings, proxy=True) == "10.0.0.1"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("203.0.113.9:51000", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("", "10.0.0.1"),
        ("nonsense", UNKNOWN),
    ],
)
def test_every_spelling_of_an_address_is_read(settings, said: str, meant: str):
    assert address(settings, proxy=True, forwarded=said) == meant


def test_a_server_that_does_not_say_gives_the_unknown_address(settings):
    assert address(settings, proxy=False, remote="") == UNKNOWN
