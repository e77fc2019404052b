"""Where it is kept in which language and zone a page is made, under which addresses, and on which connection."""

import threading

from django.db import connections
from django.urls import base as addresses
from django.utils import timezone
from django.utils.translation import trans_real


def keep_with_thread() -> None:
    """Keep it with the thread and nothing more, for a process in which threads make pages and coroutines never do.

    Django keeps it where a coroutine would find it too, behind a lock that all threads share. A page that is made asks
    for its language a hundred times, which was a twelfth of what making it took, and for the rest fifty times.
    """
    trans_real._active = threading.local()  # type: ignore[attr-defined]
    timezone._active = threading.local()  # type: ignore[attr-defined]
    addresses._prefixes = threading.local()  # type: ignore[attr-defined]
    addresses._urlconfs = threading.local()  # type: ignore[attr-defined]
    connections.close_all()  # what a start has opened would be found no more
    connections._connections = threading.local()  # type: ignore[attr-defined]
