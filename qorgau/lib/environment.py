"""Reading settings from the environment, with a hint when a value cannot be used."""

import os
from pathlib import Path


class WrongSetting(Exception):
    """A variable that cannot be used; says which, and what is expected."""


def text(name: str, default: str = "") -> str:
    """The variable as it is; `NAME_FILE` may point to a file that holds it (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE points to {path}, which cannot be read ({error.strerror}).") from error
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """A whole number."""
    raw = text(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise WrongSetting(f"{name}={raw!r}: a whole number is expected, for example {name}={default}.") from None


def yes(name: str, default: bool) -> bool:
    """Yes or no: 1/0, yes/no, true/false, on/off."""
    raw = text(name).strip().lower()
    if not raw:
        return default
    if raw in ("1", "yes", "true", "on"):
        return True
    if raw in ("0", "no", "false", "off"):
        return False
    raise WrongSetting(f"{name}={raw!r}: yes or no is expected, for example {name}=yes.")


def names(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
