"""Where this installation keeps its things: the folder of its data, its own database, the keys of a demo."""

import base64
import json
import os
import secrets
from pathlib import Path

from qorgau.lib import environment as env
from qorgau.lib.embedded_postgres import EmbeddedPostgres

KEYS = ("QORGAU_SECRET_KEY", "QORGAU_DATA_KEY")
_ANOTHER_FOLDER = "QORGAU_VAR names another one, for example QORGAU_VAR=/var/lib/qorgau."


def var_folder() -> Path:
    """The folder of everything that is not code: database, files, collected static files."""
    beside_the_code = Path(__file__).resolve().parent.parent / "var"
    return Path(env.text("QORGAU_VAR", str(beside_the_code))).resolve()


def make_var_folder() -> None:
    """Have the folder. Raises WrongSetting when it cannot be, or this account may not write to it."""
    folder = var_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise env.WrongSetting(f"The folder {folder} cannot be made ({error.strerror}). {_ANOTHER_FOLDER}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise env.WrongSetting(f"This account may not write to the folder {folder}. {_ANOTHER_FOLDER}")


def own_database() -> EmbeddedPostgres | None:
    """The embedded database, or None when DATABASE_URL names another."""
    return None if env.text("DATABASE_URL") else EmbeddedPostgres(var_folder() / "db", database="qorgau")


def make_demo_keys() -> None:
    """Give a demo its keys, made once and kept under var/: its sealed data must be readable the next day."""
    if not any(map(env.text, KEYS)) and not _keys_file().exists():
        make_var_folder()
        # Readable by its owner alone from the first moment.
        handle = os.open(_keys_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(
                {
                    "QORGAU_SECRET_KEY": secrets.token_urlsafe(50),
                    "QORGAU_DATA_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
                },
                file,
            )
    use_demo_keys()


def use_demo_keys() -> None:
    """Work with a demo's data when its keys lie under var/ and none are set: for commands beside a running demo."""
    if any(map(env.text, KEYS)) or not _keys_file().exists():
        return
    try:
        keys = json.loads(_keys_file().read_text())
        os.environ |= {name: keys[name] for name in KEYS}
    except (OSError, ValueError, KeyError) as error:
        raise env.WrongSetting(
            f"{_keys_file()} cannot be used ({error}). It holds the keys of the demo's data; if they are lost, "
            f"remove {var_folder()} and start again."
        ) from error
    os.environ.setdefault("QORGAU_DEMO", "yes")


def _keys_file() -> Path:
    return var_folder() / "keys.json"
