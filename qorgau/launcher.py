"""`qorgau run`: database, web and worker together, stopped together."""

import argparse
import errno
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from urllib.parse import urlsplit

from qorgau import installation
from qorgau.lib import environment as env
from qorgau.lib.embedded_postgres import EmbeddedPostgres
from qorgau.lib.program_part import Part
from qorgau.preparation import prepare

SECONDS_TO_ANSWER = 120
SECONDS_BETWEEN_LOOKS = 0.2
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked for the end: Ctrl-C, SIGTERM, a closed terminal."""


def main(arguments: list[str]) -> int:
    """Start everything, wait, stop everything. 0 after a wished stop, 1 when a part died."""
    options = _read(arguments)
    if options.demo:
        os.environ["QORGAU_DEMO"] = "yes"
    demo = env.yes("QORGAU_DEMO", False)
    installation.make_var_folder()
    if options.only_database:
        return _run_database_alone()
    if demo:
        installation.make_demo_keys()
    host, port = _where_to_listen(options, demo=demo)
    os.environ.setdefault("QORGAU_ADDRESS", f"http://{_as_people_type(host)}:{port}")

    database = installation.own_database()
    parts: list[Part] = []
    try:
        with _signals_stop():
            _refuse_wrong_settings()
            if database:
                database.join()
            prepare(demo=demo, say=_say)
            parts.append(web(host, port, workers=options.workers))
            parts[0].start()
            if not _answers(host, port, parts[0]):
                return 1
            # The worker waits its turn: on two cores both at once would take longer to answer.
            parts.append(worker())
            parts[1].start()
            if has_bot():
                parts.append(bot())
                parts[2].start()
            _announce(demo=demo)
            return _watch(parts, database)
    except Stopped:
        _say("Stopping ...")
        return 0
    finally:
        _stop_all(parts, database)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="qorgau run", description="Start the database (unless DATABASE_URL is set), the web and the worker."
    )
    parser.add_argument("--demo", action="store_true", help="with invented people and appeals, and accounts to try")
    parser.add_argument("--port", type=_port, help="where to listen (8000, or what QORGAU_BIND says)")
    parser.add_argument("--workers", type=_count, default=2, help="web processes of four threads each (%(default)s)")
    parser.add_argument("--only-database", action="store_true", help="the embedded database alone, for repairs")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1 to 65535 is expected")
    return int(text)


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!r}: a number from 1 on is expected")
    return int(text)


# --- Where -----------------------------------------------------------------------------------------------------------


def _where_to_listen(options: argparse.Namespace, *, demo: bool) -> tuple[str, int]:
    bind = urlsplit(f"//{env.text('QORGAU_BIND', '127.0.0.1')}")
    try:
        host, port = bind.hostname or "127.0.0.1", options.port or bind.port or 8000
    except ValueError as error:
        raise env.WrongSetting(
            f"QORGAU_BIND={env.text('QORGAU_BIND')!r}: a host, or host:port, is expected, for example 0.0.0.0:8000."
        ) from error
    if _is_free(host, port):
        return host, port
    if not demo:
        raise env.WrongSetting(f"Port {port} of {host} is in use. Choose another: qorgau run --port {port + 1}")
    free = _free_port(host)
    _say(f"Port {port} is in use; taking {free}.")
    return host, free


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise env.WrongSetting(
                f"Port {port} needs more rights than this account has; take one above 1023."
            ) from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise env.WrongSetting(
                f"QORGAU_BIND={env.text('QORGAU_BIND')!r}: this machine has no such address ({error.strerror}). "
                "127.0.0.1 is for this machine alone, 0.0.0.0 for everybody who reaches it."
            ) from error
        return True


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _as_people_type(host: str) -> str:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{reachable}]" if ":" in reachable and not reachable.startswith("[") else reachable


# --- Start -----------------------------------------------------------------------------------------------------------


def _refuse_wrong_settings() -> None:
    import django

    django.setup()
    from qorgau.checks import refuse_wrong_configuration

    for warning in refuse_wrong_configuration():
        _say(warning)


def web(host: str, port: int, *, workers: int, application: str = "qorgau.web:application") -> Part:
    """The web server: so many processes of four threads each. Measurements serve other applications the same way."""
    return Part(
        "web",
        [
            *(sys.executable, "-m", "granian", application, "--interface", "wsgi", "--no-ws"),
            *("--host", host, "--port", str(port)),
            *("--workers", str(workers), "--blocking-threads", "4", "--runtime-threads", "1"),
            # A thread that ends takes its database connection along.
            *("--blocking-threads-idle-timeout", "600"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"),
        ],
        seconds_to_stop=15,
    )


def worker() -> Part:
    """The worker: notices leave, clocks tick, old files are swept out."""
    return Part(
        "worker",
        [sys.executable, "-m", "qorgau", "procrastinate", "--skip-checks", "worker"],
        seconds_to_stop=30,
    )


def has_bot() -> bool:
    """Whether there is a bot in Telegram to be run."""
    from django.conf import settings

    return bool(settings.TELEGRAM_TOKEN)


def bot() -> Part:
    """The bot in Telegram."""
    return Part(
        "bot in Telegram",
        [sys.executable, "-m", "qorgau", "telegram", "--skip-checks"],
        seconds_to_stop=30,
    )


def _answers(host: str, port: int, web: Part) -> bool:
    """Wait for the first page; false when the web died or the time is up, having said so."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not _has_died(web):
        if time.monotonic() > deadline:
            _say(f"The web does not answer on port {port} after {SECONDS_TO_ANSWER} seconds. Stopping.")
            return False
        try:
            status = _first_page(host, port)
        except OSError:
            time.sleep(SECONDS_BETWEEN_LOOKS / 4)
            continue
        if status >= 500:
            _say(f"The first page answers with error {status}; the lines above say why.")
        return True
    return False


def _first_page(host: str, port: int) -> int:
    from django.conf import settings

    connection = http.client.HTTPConnection(_as_people_type(host).strip("[]"), port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request(
            "GET", f"/{settings.LANGUAGE_CODE}/", headers={"Host": urlsplit(settings.PUBLIC_ADDRESS).netloc}
        )
        return connection.getresponse().status
    finally:
        connection.close()


def _announce(*, demo: bool) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    _say(f"\nQorgau is up: {settings.PUBLIC_ADDRESS}/   (Ctrl-C stops it)\n")
    if demo:
        call_command("demo_summary")
        connection.close()


# --- Wait and stop ---------------------------------------------------------------------------------------------------


def _watch(parts: list[Part], database: EmbeddedPostgres | None) -> int:
    """Return 1 as soon as a part is gone, having said which."""
    while True:
        # The database first: the worker dies of its death, and the cause is what people need to hear.
        if database and database.postmaster() is None:
            _say(f"The database died (its log: {database.data / 'log'}). Stopping the rest.")
            return 1
        if any(map(_has_died, parts)):
            return 1
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _has_died(part: Part) -> bool:
    if part.runs():
        return False
    _say(f"The {part.name} died: {part.how_it_ended()}. Stopping the rest.")
    return True


def _run_database_alone() -> int:
    database = installation.own_database()
    if database is None:
        raise env.WrongSetting("DATABASE_URL is set, so there is no embedded database to start.")
    try:
        with _signals_stop():
            database.join()
            _say(f"The database is up: {database.url}   (Ctrl-C stops it)")
            return _watch([], database)
    except Stopped:
        return 0
    finally:
        _stop_all([], database)


def _stop_all(parts: list[Part], database: EmbeddedPostgres | None) -> None:
    # Whoever presses Ctrl-C again does not cut the stopping short half-way; it has its own time limits.
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for part in parts:
        if not part.stop():
            _say(f"The {part.name} did not stop in {part.seconds_to_stop} seconds and was killed.")
    if database:
        database.leave()


@contextmanager
def _signals_stop() -> Iterator[None]:
    def stop(number: int, _: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
