"""What the tests run with, set before Django reads its settings: pytest loads this first (`-p tests.environment`)."""

import atexit
import base64
import os
import shutil
import tempfile
from pathlib import Path

from qorgau.lib.embedded_postgres import EmbeddedPostgres

ROOT = Path(__file__).resolve().parent.parent

# Nothing of value is ever kept here, so nothing waits for the disk.
CLUSTER = EmbeddedPostgres(
    ROOT / "var" / "test-db",
    database="qorgau",
    settings={"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"},
)
OTHER_SERVER = os.environ.get("QORGAU_TEST_DATABASE_URL", "")

# What the person at the keyboard has set for their own installation does not reach the tests.
for name in list(os.environ):
    if name.startswith(("QORGAU_", "TELEGRAM_")) and name != "QORGAU_TEST_DATABASE_URL":
        del os.environ[name]

PRIVATE = Path(tempfile.mkdtemp(prefix="qorgau-test-"))
atexit.register(shutil.rmtree, PRIVATE, ignore_errors=True)

os.environ |= {
    "DATABASE_URL": OTHER_SERVER or CLUSTER.url,
    "QORGAU_VAR": str(PRIVATE),
    "QORGAU_SECRET_KEY": "only for tests " * 4,
    "QORGAU_DATA_KEY": base64.b64encode(b"only for tests, thirty-two bytes").decode(),
    # Tests of sign-in ask for it; everybody else signs people in without telephones.
    "QORGAU_SECOND_FACTOR": "no",
}
