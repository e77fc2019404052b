"""Where a certificate lies while it is kept: sealed, under a name that nobody can guess, never served by its path."""

import secrets
from pathlib import Path

from django.conf import settings

from qorgau.lib.sealed import seal_bytes, unseal_bytes


def new_name() -> str:
    """The name of a file to be."""
    return f"{secrets.token_hex(16)}.sealed"


def write(name: str, pdf: bytes) -> None:
    """Keep a file."""
    _place_of(name).write_bytes(seal_bytes(pdf))


def read(name: str) -> bytes:
    """The PDF. Raises FileNotFoundError when it is gone, CannotUnseal when somebody changed it on the disk."""
    return unseal_bytes(_place_of(name).read_bytes())


def remove(name: str) -> None:
    """Forget a file; one that is gone already is no matter."""
    _place_of(name).unlink(missing_ok=True)


def _place_of(name: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "certificates"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / name
