"""The command `qorgau`: `qorgau run` starts everything, all else is Django's management."""

import os
import signal
import sys
from types import FrameType

from django.core.management.base import CommandError

from qorgau import __version__, installation
from qorgau.lib.embedded_postgres import DatabaseFailed
from qorgau.lib.environment import WrongSetting
from qorgau.lib.plain_account import NoPlainAccount

WITHOUT_DATABASE = {"", "help", "--help", "-h", "check", "collectstatic"}
"""Commands for which the embedded database need not be started."""

HELP_ON_RUN = "qorgau run [--demo]  starts database, web and worker; qorgau run --help says more.\n\n"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code says whether it went well. Wrong settings are told in a sentence."""
    words = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qorgau.settings")
    try:
        if words[:1] == ["run"]:
            from qorgau.launcher import main as launch

            return launch(words[1:])
        if words[:1] in (["version"], ["--version"]):
            sys.stdout.write(f"Qorgau {__version__}\n")
            return 0
        return manage(words)
    except (WrongSetting, DatabaseFailed, NoPlainAccount, CommandError) as problem:
        sys.stderr.write(f"qorgau: {problem}\n")
        return 2


def manage(words: list[str]) -> int:
    """One of Django's management commands, with the embedded database up while it runs."""
    from django.core.management import execute_from_command_line

    command = words[0] if words else ""
    if command in ("", "help", "--help", "-h"):
        sys.stdout.write(HELP_ON_RUN)
    installation.use_demo_keys()
    # So that a stopped command still leaves the database; the worker sets a handler of its own.
    signal.signal(signal.SIGTERM, _leave)
    # What is wrong with the settings is said before anything starts.
    import qorgau.settings

    database = None if command in WITHOUT_DATABASE else installation.own_database()
    try:
        if database:
            database.join()
        import qorgau.checks  # noqa: F401 - its checks register themselves

        execute_from_command_line(["qorgau", *words])
    finally:
        # When a parent is killed, its children are told so for each of its threads: a second time must not cut it off.
        told = signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if database:
            database.leave()
        signal.signal(signal.SIGTERM, told)
    return 0


def _leave(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
