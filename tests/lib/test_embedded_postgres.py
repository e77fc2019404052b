"""The embedded PostgreSQL: who starts it, who stops it, what it survives."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qorgau.lib.embedded_postgres import SYSTEM_ACCOUNT, DatabaseFailed, EmbeddedPostgres
from qorgau.lib.plain_account import plain_account
from tests.free_port import free_port

UNKNOWN_ACCOUNT = 54_321
JOIN_AND_SLEEP = """
import sys, time
from pathlib import Path
from qorgau.lib.embedded_postgres import EmbeddedPostgres
EmbeddedPostgres(Path(sys.argv[1]), database="things").join()
print("joined", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def made_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped cluster to copy: making one takes a second."""
    cluster = EmbeddedPostgres(tmp_path_factory.mktemp("made-before") / "db", database="things")
    cluster.join()
    cluster.leave()
    return cluster.data


@pytest.fixture
def cluster(made_before: Path, tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    subprocess.run(["cp", "-a", made_before, tmp_path / "db"], check=True)
    ours = EmbeddedPostgres(tmp_path / "db", database="things")
    yield ours
    ours.leave()


def another_user_of(cluster: EmbeddedPostgres) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", JOIN_AND_SLEEP, str(cluster.data)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "joined\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


def test_the_first_to_join_starts_the_server_and_the_last_to_leave_stops_it(cluster: EmbeddedPostgres) -> None:
    other = EmbeddedPostgres(cluster.data, database="things")
    assert cluster.join() is True
    assert other.join() is False
    assert cluster.leave() is False
    assert other.postmaster() is not None
    assert other.leave() is True
    assert other.postmaster() is None


def test_leaving_twice_is_harmless(cluster: EmbeddedPostgres) -> None:
    cluster.join()
    assert cluster.leave() is True
    assert cluster.leave() is False


def test_a_killed_user_is_not_counted(cluster: EmbeddedPostgres) -> None:
    other = another_user_of(cluster)
    assert cluster.join() is False
    kill(other)
    assert cluster.leave() is True


def test_whose_parent_was_killed_waits_until_that_one_has_let_go(
    cluster: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = EmbeddedPostgres(cluster.data, database="things")
    parent.join()
    cluster.join()
    monkeypatch.setattr(cluster, "_parent_died", lambda: True)
    letting_go = threading.Timer(0.3, parent._let_go)
    letting_go.start()
    assert cluster.leave() is True
    letting_go.join()


def test_a_server_whose_only_user_was_killed_is_found_running_and_stopped_in_the_end(cluster: EmbeddedPostgres) -> None:
    kill(another_user_of(cluster))
    assert cluster.postmaster() is not None
    assert cluster.join() is False
    assert cluster.leave() is True
    assert cluster.postmaster() is None


@pytest.mark.kill
def test_what_was_committed_outlives_a_killed_server(cluster: EmbeddedPostgres) -> None:
    cluster.join()
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('сөз')")
        server = cluster.postmaster()
        assert server is not None
        os.kill(server, signal.SIGKILL)
    while cluster.postmaster() is not None:
        time.sleep(0.01)
    cluster.leave()
    assert cluster.join() is True
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("сөз",)]


def test_a_leftover_of_a_crash_that_names_another_process_does_not_keep_it_from_starting(
    cluster: EmbeddedPostgres,
) -> None:
    cluster.join()
    cluster.leave()
    # A server only believes in processes of its own account.
    another = subprocess.Popen(["sleep", "60"], **plain_account(SYSTEM_ACCOUNT, owner_of=cluster.data).for_subprocess())
    for lock in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (cluster.data / lock).write_text(f"{another.pid}\n{cluster.data}\n")
    try:
        assert cluster.postmaster() is None
        assert cluster.join() is True
    finally:
        another.kill()
        another.wait()


def test_a_folder_half_made_is_made_anew(tmp_path: Path) -> None:
    cluster = EmbeddedPostgres(tmp_path / "db", database="things")
    unfinished = tmp_path / "db.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    assert cluster.join() is True
    assert cluster.leave() is True
    assert not unfinished.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders away")
@pytest.mark.parametrize("made", [False, True], ids=["empty", "in use"])
def test_a_folder_of_an_account_that_is_gone_is_used_all_the_same(cluster: EmbeddedPostgres, made: bool) -> None:
    if not made:
        shutil.rmtree(cluster.data)
        cluster.data.mkdir()
    for path in (cluster.data, *cluster.data.rglob("*")):
        os.chown(path, UNKNOWN_ACCOUNT, UNKNOWN_ACCOUNT, follow_symlinks=False)
    cluster.join()
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_durability_is_as_postgresql_has_it(cluster: EmbeddedPostgres) -> None:
    cluster.join()
    with psycopg.connect(cluster.url) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {name}").fetchone() == ("on",)


def test_what_an_administrator_sets_goes_before_our_settings(cluster: EmbeddedPostgres) -> None:
    cluster.join()
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET work_mem = '12MB'")
    cluster.leave()
    cluster.join()
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SHOW work_mem").fetchone() == ("12MB",)
        assert connection.execute("SHOW jit").fetchone() == ("off",)


def test_kazakh_letters_change_case_and_sort_alike_on_every_machine(cluster: EmbeddedPostgres) -> None:
    cluster.join()
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT lower('ӘҒҚҢӨҰҮҺІЁ'), upper('әғқңөұүһіё')").fetchone() == (
            "әғқңөұүһіё",
            "ӘҒҚҢӨҰҮҺІЁ",
        )
        words = connection.execute("SELECT to_tsvector('simple', 'ҚАЗАҚ сөзі')::text").fetchone()
        assert words == ("'сөзі':2 'қазақ':1",)


def test_over_tcp_it_asks_for_a_password(tmp_path: Path) -> None:
    port = free_port()
    cluster = EmbeddedPostgres(tmp_path / "db", database="things", tcp_port=port)
    cluster.join()
    try:
        with psycopg.connect(cluster.url_over_tcp()) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("things",)
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/things")
    finally:
        cluster.leave()


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    cluster = EmbeddedPostgres(tmp_path / ("long" * 30) / "db", database="things")
    cluster.join()
    try:
        with psycopg.connect(cluster.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        cluster.leave()


def test_data_of_another_version_are_refused_with_the_way_out(cluster: EmbeddedPostgres) -> None:
    cluster.join()
    cluster.leave()
    (cluster.data / "PG_VERSION").write_text("16\n")
    with pytest.raises(DatabaseFailed, match="made by PostgreSQL 16, this one is 18: carry the data over"):
        cluster.join()
