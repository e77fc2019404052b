"""Jobs of a killed worker are done again and let go of their locks."""

from unittest.mock import Mock

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from qorgau.lib.stalled_jobs import retry_stalled_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_other_jobs(transactional_db: None) -> None:
    """Django empties only the tables of its own models after a test."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def add_job(status: str, *, seconds_since_sign_of_life: int | None, queueing_lock: str | None = None) -> int:
    """A job as a worker leaves it; None: its worker is not even known any more."""
    with connection.cursor() as cursor:
        worker = None
        if seconds_since_sign_of_life is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - make_interval(secs => %s)) RETURNING id",
                [seconds_since_sign_of_life],
            )
            (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, priority, task_name, status, worker_id, lock, queueing_lock)"
            " VALUES ('default', 0, 'anything', %s::procrastinate_job_status, %s, 'a lock', %s) RETURNING id",
            [status, worker, queueing_lock],
        )
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        row = cursor.fetchone()
    return row[0] if row else None


def look_for_stalled_jobs() -> int:
    return async_to_sync(retry_stalled_jobs.func)(Mock(app=app), timestamp=0)


@pytest.mark.parametrize("silence", [31, None])
def test_a_job_whose_worker_is_gone_waits_to_be_done_again(silence: int | None) -> None:
    job = add_job("doing", seconds_since_sign_of_life=silence)
    assert look_for_stalled_jobs() == 1
    assert status_of(job) == "todo"


def test_a_job_whose_worker_lives_is_left_alone() -> None:
    job = add_job("doing", seconds_since_sign_of_life=5)
    assert look_for_stalled_jobs() == 0
    assert status_of(job) == "doing"


def test_when_the_next_run_waits_already_the_stalled_one_only_lets_go() -> None:
    stalled = add_job("doing", seconds_since_sign_of_life=31, queueing_lock="clock")
    waiting = add_job("todo", seconds_since_sign_of_life=None, queueing_lock="clock")
    assert look_for_stalled_jobs() == 1
    assert status_of(stalled) is None
    assert status_of(waiting) == "todo"
