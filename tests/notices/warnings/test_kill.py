"""Whoever kills a worker in the middle of a round finds everybody told once by the next one."""

import os
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from qorgau.insured.warnings.models import Round, Subscription
from qorgau.notices.models import Notice
from qorgau.notices.warnings.round import go_round
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, TIMUR
from tests.insured.test_kill import address_of_the_test_database
from tests.notices.warnings.conftest import at, subscribed, worked

pytestmark = pytest.mark.kill
SECONDS = 60
WORKER = """
from datetime import datetime, UTC
import django
django.setup()
from qorgau.notices.warnings import round
round.LOT = 1
round.go_round(datetime(2026, 8, 31, 7, tzinfo=UTC))
"""


def test_a_round_whose_worker_was_killed_is_ended_by_the_next(emptied: None, load: Loader) -> None:
    people = [AIGUL, DANA, TIMUR]
    load([worked(iin) for iin in people])
    first, second, third = (subscribed(iin).pk for iin in people)
    with transaction.atomic():
        # The worker waits for this row in the middle of its second lot.
        Subscription.objects.select_for_update().get(pk=second)
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=os.environ
            | {"DATABASE_URL": address_of_the_test_database(), "DJANGO_SETTINGS_MODULE": "qorgau.settings"},
        )
        try:
            wait_until_it_waits()
        finally:
            worker.kill()
            worker.wait()
    assert [one.facts["subscription"] for one in Notice.objects.all()] == [first]
    assert Round.objects.get().ended_at is None

    assert go_round(at(8, 31)) == {"told": 2, "looked": 2}
    assert sorted(one.facts["subscription"] for one in Notice.objects.all()) == [first, second, third]


def wait_until_it_waits() -> None:
    until = time.monotonic() + SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction it would be the same for ever
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("the round did not begin")
