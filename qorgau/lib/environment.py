"""Reading settings from the environment, with a hint when a value cannot be used."""

import os
from collections.abc import Collection
from pathlib import Path
from zoneinfo import ZoneInfo


class WrongSetting(Exception):
    """A variable that cannot be used; says which, and what is expected."""


def text(name: str, default: str = "") -> str:
    """The variable as it is; `NAME_FILE` may point to a file that holds it (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE points to {path}, which cannot be read ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise WrongSetting(f"{name}_FILE points to {path}, which is not text in UTF-8.") from error
    return os.environ.get(name, default)


def number(name: str, default: int, *, least: int | None = None, most: int | None = None) -> int:
    """A whole number from `least` to `most`, both included."""
    raw = text(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise WrongSetting(f"{name}={raw!r}: a whole number is expected, for example {name}={default}.") from None
    if least is not None and value < least:
        raise WrongSetting(f"{name}={raw!r}: {least} or more is expected, for example {name}={default}.")
    if most is not None and value > most:
        raise WrongSetting(f"{name}={raw!r}: {most} or less is expected, for example {name}={default}.")
    return value


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


def word(name: str, default: str, *, among: Collection[str]) -> str:
    """One of several words, in capital letters or not."""
    raw = text(name).strip().upper() or default
    if raw not in among:
        raise WrongSetting(f"{name}={raw!r}: one of {', '.join(among)} is expected.")
    return raw


def time_zone(name: str, default: str) -> str:
    """A zone of the tz database."""
    raw = text(name).strip() or default
    try:
        ZoneInfo(raw)
    except (KeyError, ValueError, OSError):
        raise WrongSetting(f"{name}={raw!r}: a time zone is expected, for example {name}={default}.") from None
    return raw
