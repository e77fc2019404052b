"""Where the files of large exports lie until they are taken or their day is over: under random names, never served
by their path."""

import secrets
from pathlib import Path

from django.conf import settings

from qorgau.lib.written_tables import Format


def new_name(format: Format) -> str:
    """A name that nobody can guess."""
    return f"{random_name()}.{format.ending}"


def random_name() -> str:
    """The same without an ending, for files of another kind."""
    return secrets.token_hex(16)


def place_of(name: str) -> Path:
    """Where a file lies; its folder is made."""
    folder = Path(settings.MEDIA_ROOT) / "exports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / name


def remove(name: str) -> None:
    """Forget a file; one that is gone already is no matter."""
    place_of(name).unlink(missing_ok=True)
