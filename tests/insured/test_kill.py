"""Whoever kills a load in its middle finds the register as it was."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import Insured, look_up
from qorgau.insured.models import Load
from qorgau.rules.months import FIRST, span
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, HEADER, NOW, line

pytestmark = pytest.mark.kill
SECONDS_TO_BEGIN = 60


def known(iin: str) -> bool:
    return isinstance(look_up(iin, purpose=Purpose.CARE, who="tests"), Insured)


def test_a_killed_load_leaves_nothing_behind(emptied: None, load: Loader, tmp_path: Path) -> None:
    load([line(AIGUL)])
    pipe = tmp_path / "endless.csv"
    os.mkfifo(pipe)
    loading = subprocess.Popen(
        [sys.executable, "-m", "qorgau", "insured", "load", str(pipe), "--smaller"],
        env=os.environ | {"DATABASE_URL": address_of_the_test_database()},
    )
    enough = threading.Event()
    threading.Thread(target=feed, args=(pipe, enough), daemon=True).start()
    try:
        wait_for_copy()
    finally:
        loading.kill()
        loading.wait()
        enough.set()

    assert (known(AIGUL), known(DANA)) == (True, False)
    assert Load.objects.latest("pk").state == Load.RUNNING
    load([line(AIGUL), line(DANA, paid="1")])
    answer = look_up(AIGUL, purpose=Purpose.CARE, who="tests")
    assert isinstance(answer, Insured) and answer.record.paid == span(FIRST, NOW)


def feed(pipe: Path, enough: threading.Event) -> None:
    """As much as makes a load begin; then it waits for more, in the middle of its transaction."""
    with contextlib.suppress(BrokenPipeError), pipe.open("w") as file:
        file.write(",".join(HEADER) + "\n" + f"{line(DANA)}\n" * 25_000)
        file.flush()
        enough.wait(SECONDS_TO_BEGIN)


def address_of_the_test_database() -> str:
    facts = connection.settings_dict
    host = facts["HOST"]
    account = quote(facts["USER"]) + (f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else "")
    if host.startswith("/"):
        return f"postgresql://{account}@/{facts['NAME']}?host={quote(host, safe='')}&port={facts['PORT'] or 5432}"
    return f"postgresql://{account}@{host}:{facts['PORT']}/{facts['NAME']}"


def wait_for_copy() -> None:
    until = time.monotonic() + SECONDS_TO_BEGIN
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("the load did not begin")
