"""The tables of people: the one that serves, the one that is being made, and those kept to go back to.

A whole load makes a new table and gives it the name `insured_person` in one moment; the table before is kept as
`insured_before_<load>`. A delta changes rows of the serving table in one transaction, and keeps what they were before
in a table of the same name. So every load that still has such a table can be taken back.
"""

import os
import shutil
import time
from typing import Any

import structlog
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import sql

from qorgau.insured.models import Load, Serving

log = structlog.get_logger(__name__)

SERVING = "insured_person"
COMING = "insured_coming"
COLUMNS = ("person", "clinic", "attached_since", "paid", "last_months", "categories", "ahead", "temporary")

LEFT_FREE = 1_000_000_000
"""So many bytes are left for everything else that the database does."""
_LOCK = 20_261_128
"""Key of the advisory lock: one load or roll-back at a time."""
_TRIES_TO_SWAP = 2_000
_SECONDS_BETWEEN_TRIES = 0.25


class AnotherRuns(Exception):
    """Somebody else is loading or rolling back right now."""


class StillRead(Exception):
    """Somebody has been reading the serving table for minutes, a backup perhaps, so that it cannot be replaced."""


class NoRoom(Exception):
    """The disk of the database has no room for another register."""


class NoLongerKept(Exception):
    """What the register was before is not kept any more."""


def lock() -> None:
    """Keep others from loading until the end of the transaction. Raises AnotherRuns."""
    if not _value("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK]):
        raise AnotherRuns


def refuse_without_room(size: int) -> None:
    """Raise NoRoom when a file of so many bytes could fill the disk; what is made of its lines takes no more."""
    free = free_bytes()
    if free is not None and free < size + LEFT_FREE:
        raise NoRoom


def free_bytes() -> int | None:
    """What is free on the disk of a database on this machine; None for one elsewhere."""
    if not connection.settings_dict["HOST"].startswith("/"):
        return None
    # Not every account may know where the data are; those who may not see no such row.
    folder = _value("SELECT (SELECT setting FROM pg_settings WHERE name = 'data_directory')")
    return shutil.disk_usage(folder).free if folder and os.path.exists(folder) else None


def make_room(kind: str) -> None:
    """An empty table for the rows that are coming."""
    _run("DROP TABLE IF EXISTS {coming}")
    if kind == Load.DELTA:
        _run("CREATE TEMPORARY TABLE {coming} (LIKE {serving}) ON COMMIT DROP")
    else:
        # Some room on each page, so that rows changed by a delta stay on it and the index need not change.
        _run("CREATE TABLE {coming} (LIKE {serving}) WITH (fillfactor = 92)")
    _run("SET LOCAL maintenance_work_mem = '512MB'")


def copy_statement(kind: str) -> sql.Composed:
    """The statement that takes binary records into the new table; a whole generation need never be frozen later."""
    return sql.SQL("COPY {} FROM STDIN (FORMAT binary{})").format(
        sql.Identifier(COMING), sql.SQL(", FREEZE" if kind == Load.WHOLE else "")
    )


def index_the_coming() -> bool:
    """Let every person be found; false when somebody stands there more than once, and nothing was done."""
    try:
        with transaction.atomic():
            _run("CREATE UNIQUE INDEX ON {coming} (person)")
    except IntegrityError:
        return False
    return True


def take_out_doubled() -> set[bytes]:
    """Take out whoever stands there more than once with different data, and say who; of the same data one row stays."""
    _run(
        "CREATE TEMPORARY TABLE insured_doubled ON COMMIT DROP AS"
        " SELECT person, count(DISTINCT one::text) = 1 AS same, min(one.ctid) AS first"
        " FROM {coming} AS one GROUP BY person HAVING count(*) > 1"
    )
    _run(
        "DELETE FROM {coming} AS one USING insured_doubled AS d"
        " WHERE d.person = one.person AND NOT (d.same AND d.first = one.ctid)"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM insured_doubled WHERE NOT same")
        found = {row[0].bytes for row in cursor.fetchall()}
    _run("DROP TABLE insured_doubled")
    return found


def keep_known(people: set[bytes]) -> int:
    """Give people whose lines were refused the row that they have in the serving table; how many have one."""
    return _run(
        "INSERT INTO {coming} SELECT p.* FROM {serving} p WHERE p.person = ANY(%s::uuid[])"
        " AND NOT EXISTS (SELECT 1 FROM {coming} c WHERE c.person = p.person)",
        [[person.hex() for person in people]],
    )


def count_coming() -> int:
    return int(_value("SELECT count(*) FROM {coming}"))


def swap(load: int) -> None:
    """The moment: the coming table serves from the end of the transaction on, the one before is kept."""
    _wait_for_the_serving_table()
    _run("ALTER TABLE {serving} RENAME TO {before}", before=_before(load))
    _run("ALTER TABLE {coming} RENAME TO {serving}")


def apply_delta(load: int) -> int:
    """Put the coming rows in place of those of the same people, keeping what they were; how many people are new."""
    _run(
        "CREATE TABLE {before} AS SELECT c.person, {others} FROM {coming} c LEFT JOIN {serving} p USING (person)",
        before=_before(load),
        others=sql.SQL(", ").join(sql.Identifier("p", name) for name in COLUMNS[1:]),
    )
    _upsert(sql.Identifier(COMING))
    return int(_value("SELECT count(*) FROM {before} WHERE paid IS NULL", before=_before(load)))


def take_back(load: Load) -> None:
    """Make the register what it was before a load. Raises NoLongerKept."""
    if not is_kept(load.pk):
        raise NoLongerKept
    before = _before(load.pk)
    if load.kind == Load.WHOLE:
        _wait_for_the_serving_table()
        _run("DROP TABLE {serving}")
        _run("ALTER TABLE {before} RENAME TO {serving}", before=before)
        return
    _run("DELETE FROM {serving} p USING {before} b WHERE b.person = p.person AND b.paid IS NULL", before=before)
    _run("DELETE FROM {before} WHERE paid IS NULL", before=before)
    _upsert(before)
    _run("DROP TABLE {before}", before=before)


def is_kept(load: int) -> bool:
    """Whether a load can still be taken back."""
    return _value("SELECT to_regclass(%s)", [f"insured_before_{load}"]) is not None


def forget_older(than: int) -> None:
    """Drop what was kept for loads before this one: who goes back further loads a file again.

    After the swap and apart from it: what somebody still reads is left for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^insured_before_[0-9]+$'"
            " AND pg_table_is_visible(oid)"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        if int(name.rpartition("_")[2]) < than:
            try:
                with transaction.atomic():
                    _run("SET LOCAL lock_timeout = '2s'")
                    _run("DROP TABLE {name}", name=sql.Identifier(name))
                    _run("SET LOCAL lock_timeout = DEFAULT")
            except OperationalError:
                log.warning("insured_table_still_read", table=name)


def serve(load: Load | None) -> None:
    """Say as of which day the register speaks now; None: there is none any more."""
    if load is None:
        Serving.objects.all().delete()
    else:
        Serving.objects.update_or_create(
            pk=Serving.THE_ROW, defaults={"as_of": load.as_of, "people": load.people_after}
        )


def _upsert(source: sql.Identifier) -> None:
    _run(
        "INSERT INTO {serving} SELECT * FROM {source} ORDER BY person"
        " ON CONFLICT (person) DO UPDATE SET ({names}) = ROW({values})",
        source=source,
        names=sql.SQL(", ").join(map(sql.Identifier, COLUMNS[1:])),
        values=sql.SQL(", ").join(sql.Identifier("excluded", name) for name in COLUMNS[1:]),
    )


def _wait_for_the_serving_table() -> None:
    """Get it for ourselves without making others wait: whoever waits for it long is asked again later."""
    for _ in range(_TRIES_TO_SWAP):
        try:
            with transaction.atomic():
                _run("SET LOCAL lock_timeout = '50ms'")
                _run("LOCK TABLE {serving} IN ACCESS EXCLUSIVE MODE")
                _run("SET LOCAL lock_timeout = DEFAULT")
            return
        except OperationalError:
            time.sleep(_SECONDS_BETWEEN_TRIES)
    raise StillRead


def _before(load: int) -> sql.Identifier:
    return sql.Identifier(f"insured_before_{load}")


def _run(statement: str, parameters: list[Any] | None = None, **names: sql.Composable) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_composed(statement, names), parameters)
        return int(cursor.rowcount)


def _value(statement: str, parameters: list[Any] | None = None, **names: sql.Composable) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(_composed(statement, names), parameters)
        (value,) = cursor.fetchone()
    return value


def _composed(statement: str, names: dict[str, sql.Composable]) -> sql.Composed:
    return sql.SQL(statement).format(serving=sql.Identifier(SERVING), coming=sql.Identifier(COMING), **names)
