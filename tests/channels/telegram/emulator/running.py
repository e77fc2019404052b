"""The emulator as a process of its own: telegram-test-api, which others wrote, on Node."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.environment import ROOT
from tests.free_port import free_port

_START = Path(__file__).with_name("start.js")
_SECONDS_TO_STOP = 10


@contextmanager
def running_emulator() -> Iterator[str]:
    """Its address. A machine without Node fails here, told what to install, and never passes over it."""
    found = subprocess.run([ROOT / "tools" / "telegram-emulator"], stdout=subprocess.PIPE, text=True, check=False)
    assert found.returncode == 0, "no emulator of Telegram: tools/telegram-emulator installs it, and says what it needs"
    port = free_port()
    process = subprocess.Popen(
        ["node", _START, str(port)],
        env={**os.environ, "NODE_PATH": found.stdout.strip()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n", "the emulator of Telegram did not start"
        yield f"http://127.0.0.1:{port}"
        assert process.poll() is None, f"the emulator of Telegram died with {process.returncode}"
    finally:
        process.stdin.close()
        process.wait(_SECONDS_TO_STOP)
        process.stdout.close()
