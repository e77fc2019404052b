"""The program of the bot, kept warm: for each line on its input it becomes a `qorgau telegram` that dies when told.

    python -m tests.channels.telegram.chaos.bot_to_kill LOG

A line is JSON: the point at which the bot kills itself, and at which of its passings (see `points.py`); {} lets it live
until somebody else ends it. Answers are "ready" once, "began PID" and "ended STATUS". A new bot is there in a moment,
because what takes long was done before: importing everything and reading the directory. It shares nothing else with the
one before it.
"""

import importlib
import inspect
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - applications are there now

from qorgau.channels.telegram import bot  # noqa: E402
from qorgau.lib.telegram import wire  # noqa: E402
from tests.channels.telegram.chaos.points import POINTS, Point  # noqa: E402

# A test has no time for the patience of real life.
_SECONDS_FOR_AN_ANSWER = 2
_SECONDS_OF_A_POLL = 3


def main() -> None:
    bot._make_ready()
    _say("ready")
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            os.dup2(log, 1)
            os.dup2(log, 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            _be_the_bot(told)
            os._exit(0)
        _say(f"began {child}")
        _pid, status = os.waitpid(child, 0)
        _say(f"ended {status}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _be_the_bot(told: dict[str, Any]) -> None:
    bot.Wire = partial(wire.Wire, seconds=_SECONDS_FOR_AN_ANSWER)  # type: ignore[misc,assignment]
    bot._SECONDS_OF_A_POLL = _SECONDS_OF_A_POLL
    wire._MORE_THAN_THE_POLL = _SECONDS_FOR_AN_ANSWER
    if told:
        _die_at(POINTS[told["point"]], told["passing"])
    try:
        call_command("telegram")
    except BaseException as error:  # the one who waits reads it in the log
        _say(f"the bot ended by itself: {error!r}")
        os._exit(3)


def _die_at(point: Point, passing: int) -> None:
    holder: Any = importlib.import_module(point.module)
    *classes, name = point.function.split(".")
    for step in classes:
        holder = getattr(holder, step)
    setattr(holder, name, _deadly(getattr(holder, name), point.after, _Count(passing)))


class _Count:
    def __init__(self, passing: int) -> None:
        self._left = passing
        self._lock = threading.Lock()

    def passed(self) -> None:
        with self._lock:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


def _deadly(function: Callable[..., Any], after: bool, count: _Count) -> Callable[..., Any]:
    """The same function; the process dies before or after it. Where it found nothing to do it does not count."""

    def ended(result: Any) -> Any:
        if after and (result is None or result):
            count.passed()
        return result

    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def asynchronous(*arguments: Any, **named: Any) -> Any:
            if not after:
                count.passed()
            return ended(await function(*arguments, **named))

        return asynchronous

    @wraps(function)
    def ordinary(*arguments: Any, **named: Any) -> Any:
        if not after:
            count.passed()
        return ended(function(*arguments, **named))

    return ordinary


if __name__ == "__main__":
    main()
