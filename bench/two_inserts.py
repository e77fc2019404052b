"""The bare view of two inserts for benches with tables of their own: what machine this is, in the very same run."""

import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

from bench import bare_wsgi
from bench.figures import TWO_INSERTS_WHERE_RATES_WERE_SET

_CLIENTS = 8
_MOST_A_SECOND = 6_000


def two_inserts_a_second(seconds: float = 3.0) -> float:
    """How many forms a second it reads and keeps, on the database of the settings; a first second warms up."""
    from bench.browsers import posted
    from bench.http_load import load
    from bench.servers import server

    bare_wsgi.prepare()
    with server("bench.bare_wsgi:two_inserts", first_page="/") as port:

        def rate(seconds: float) -> float:
            forms = [posted(port, "/", body, {}) for body in _bodies(int(seconds * _MOST_A_SECOND))]
            measured = load(port, forms, wanted=b"HTTP/1.1 302", clients=_CLIENTS, seconds=seconds)
            assert not measured.errors, measured.errors[:3]
            return measured.rate

        rate(1.0)
        return rate(seconds)


def in_proportion(rate: float, two_inserts: float) -> float:
    """What a rate would be on the machine for which the rates to reach were set; of a time, divide by it instead."""
    return rate * TWO_INSERTS_WHERE_RATES_WERE_SET / two_inserts


def _bodies(number: int) -> Iterator[bytes]:
    """Forms as long as the last step of a complaint: some two kilobytes."""
    text = "Участковый врач отказалась принять: «талонов нет, приходите завтра». " * 4
    for _ in range(number):
        said = {"surname": "Оспанов", "phone": "+7 701 000 00 67", "delivery": uuid.uuid4().hex, "text": text}
        yield urlencode(said).encode()
