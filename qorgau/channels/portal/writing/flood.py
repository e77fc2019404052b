"""Being gentle with floods: many sendings from one network in a minute are asked to wait, and lose nothing.

Counted in this process alone, in memory: a slip at the edges does no harm, and an ordinary sending pays nothing for it.
"""

import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.http import HttpRequest

from qorgau.lib.client_address import client_address, network_of

WAIT_SECONDS = 30
_NETWORKS_REMEMBERED = 10_000

_lock = threading.Lock()
_minute = 0
_sent: OrderedDict[str, int] = OrderedDict()


def comes_too_fast(request: HttpRequest) -> bool:
    """Count this sending; whether its network has sent more this minute than the settings find likely of people."""
    limit = settings.SENDINGS_PER_MINUTE
    if not limit:
        return False
    return _count(network_of(client_address(request)), _this_minute()) > limit


def _this_minute() -> int:
    return int(time.monotonic() // 60)


def _count(network: str, minute: int) -> int:
    global _minute
    with _lock:
        if minute != _minute:
            _minute = minute
            _sent.clear()
        _sent[network] = _sent.get(network, 0) + 1
        if len(_sent) > _NETWORKS_REMEMBERED:
            _sent.popitem(last=False)
        return _sent[network]
