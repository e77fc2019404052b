"""What goes wrong on Telegram's side while people write."""

from random import Random

from tests.channels.telegram.bot_api import faults
from tests.channels.telegram.bot_api.faults import Fault


class Trouble:
    """What Telegram does to requests, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.over = False

    def __call__(self, method: str) -> Fault | None:
        chance = self._random.random()
        if self.over or (method == "getFile" and chance < 0.95):
            return None
        if method == "getUpdates":
            return faults.broken() if chance < 0.02 else faults.cut(done=True) if chance < 0.04 else None
        kinds = (
            (0.010, faults.broken()),
            (0.015, faults.broken(done=True)),
            (0.025, faults.asks_to_wait(1)),
            (0.030, faults.cut(done=False)),
            (0.035, faults.cut(done=True)),
            (0.037, faults.hangs(3, done=False)),
            (0.039, faults.hangs(3, done=True)),
        )
        return next((fault for limit, fault in kinds if chance < limit), None)
