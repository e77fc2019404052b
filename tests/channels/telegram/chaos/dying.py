"""A program kept warm: for each line on its input it has a child that lives as the program, and dies when told.

A line is JSON: at which points the child kills itself, each with the passing at which it does (`points.py`); {} lets it
live until somebody else ends it. Answers are "ready …" once, then "began PID", "at POINT" and "ended STATUS". A new
child is there in a moment, because what takes long was done before; it shares nothing else with the one before it.
"""

import importlib
import inspect
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

from tests.channels.telegram.chaos.points import POINTS, Point

_ONE_DEATH = threading.Lock()


def have_children(live: Callable[[], object], *, log: str, ready: str = "") -> None:
    """Until the input ends. ``live`` is what a child does; what it says stands in the log."""
    _say(f"ready {ready}".strip())
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            told = os.dup(1)
            os.dup2(written, 1)
            os.dup2(written, 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for name, passing in json.loads(line).items():
                _die_at(name, POINTS[name], passing, told)
            _live(live)
        _say(f"began {child}")
        _pid, status = os.waitpid(child, 0)
        _say(f"ended {status}")


def _live(live: Callable[[], object]) -> None:
    try:
        live()
    except BaseException as error:  # the one who waits reads it in the log
        _say(f"ended by itself: {error!r}")
        os._exit(3)
    os._exit(0)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _die_at(name: str, point: Point, passing: int, told: int) -> None:
    holder: Any = importlib.import_module(point.module)
    *classes, function = point.function.split(".")
    for step in classes:
        holder = getattr(holder, step)
    left = passing

    def passed() -> None:
        nonlocal left
        with _ONE_DEATH:
            left -= 1
            if left <= 0:
                os.write(told, f"at {name}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)
                signal.pause()  # nothing more is done until the signal is there

    setattr(holder, function, _deadly(getattr(holder, function), point.after, passed))


def _deadly(function: Callable[..., Any], after: bool, passed: Callable[[], None]) -> Callable[..., Any]:
    """The same function; the process dies before or after it, or after a piece of what it yields. Where it found
    nothing to do it does not count.
    """

    def ended(result: Any) -> Any:
        if after and (result is None or result):
            passed()
        return result

    if inspect.isasyncgenfunction(function):

        @wraps(function)
        async def in_pieces(*arguments: Any, **named: Any) -> Any:
            if not after:
                passed()
            async for piece in function(*arguments, **named):
                yield ended(piece)

        return in_pieces

    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def asynchronous(*arguments: Any, **named: Any) -> Any:
            if not after:
                passed()
            return ended(await function(*arguments, **named))

        return asynchronous

    @wraps(function)
    def ordinary(*arguments: Any, **named: Any) -> Any:
        if not after:
            passed()
        return ended(function(*arguments, **named))

    return ordinary
