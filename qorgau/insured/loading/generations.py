"""The tables of people: the one that serves, the one that is being made, and those kept to go back to.

A whole load makes a new table and gives it the name `insured_person` in one moment. A delta puts its rows beside that
table, into `insured_changed`, where they go before those of earlier loads (`insured/rows.py`); it is taken back by
taking them out. What both tables were before a whole load is kept as `insured_before_<load>` and `…_changed`.
"""

import os
import shutil
import time
from typing import Any

import structlog
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import sql

from qorgau.insured.models import Load, Serving
from qorgau.insured.rows import COLUMNS, EVERY_ROW

log = structlog.get_logger(__name__)

SERVING = "insured_person"
CHANGED = "insured_changed"
COMING = "insured_coming"

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
        _run("CREATE TABLE {coming} (LIKE {serving})")
    _run("SET LOCAL maintenance_work_mem = '512MB'")
    _run("SET LOCAL work_mem = '128MB'")


def copy_statement(kind: str) -> sql.Composed:
    """The statement that takes binary records into the new table; a whole generation need never be frozen later."""
    return sql.SQL("COPY {} FROM STDIN (FORMAT binary{})").format(
        sql.Identifier(COMING), sql.SQL(", FREEZE" if kind == Load.WHOLE else "")
    )


def index_the_coming(kind: str) -> bool:
    """Let every person be found; false when somebody stands there more than once, and nothing was done.

    The rows of a delta are only looked through: once sorted they go to where there is an index.
    """
    if kind == Load.DELTA:
        return not _value("SELECT EXISTS (SELECT FROM {coming} GROUP BY person HAVING count(*) > 1)")
    try:
        with transaction.atomic():
            # No room is left on its pages: no row is ever added or changed.
            _run("CREATE UNIQUE INDEX ON {coming} (person) WITH (fillfactor = 100)")
    except IntegrityError:
        return False
    return True


def take_out_doubled(at_most: int) -> set[bytes]:
    """Take out whoever stands there more than once with different data, and say who; of the same data one row stays.

    No more people than ``at_most`` are named, so that a file that holds all of them twice does not fill the memory.
    """
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
        cursor.execute("SELECT person FROM insured_doubled WHERE NOT same LIMIT %s", [at_most])
        found = {row[0].bytes for row in cursor.fetchall()}
    _run("DROP TABLE insured_doubled")
    return found


def keep_known(people: set[bytes]) -> int:
    """Give people whose lines were refused the row that they have in what serves; how many have one."""
    return _run(
        "INSERT INTO {coming} SELECT DISTINCT ON (person) {names} FROM ({rows}) AS p"
        " WHERE person = ANY(%s::uuid[]) AND NOT EXISTS (SELECT FROM {coming} c WHERE c.person = p.person)"
        " ORDER BY person, load DESC",
        [[person.hex() for person in people]],
        names=_NAMES,
        rows=sql.SQL(EVERY_ROW),
    )


def count_coming() -> int:
    return int(_value("SELECT count(*) FROM {coming}"))


def swap(load: int) -> None:
    """The moment: the coming table serves from the end of the transaction on, what was before is kept."""
    _wait_for_what_serves()
    _run("ALTER TABLE {serving} RENAME TO {before}", before=_before(load))
    _run("ALTER TABLE {coming} RENAME TO {serving}")
    _run("ALTER TABLE {changed} RENAME TO {changed_before}", changed_before=_changed_before(load))
    _run("CREATE TABLE {changed} (LIKE {changed_before} INCLUDING INDEXES)", changed_before=_changed_before(load))


def apply_delta(load: int) -> int:
    """Let the coming rows go before those that the same people had; how many of the people are new."""
    new = _count_new()
    # In the order of the index, so that each of its pages is turned to once.
    _run("INSERT INTO {changed} (load, {names}) SELECT %s, {names} FROM {coming} ORDER BY person", [load], names=_NAMES)
    # Look-ups that were planned while the table was empty are to find people by its index now.
    _run("ANALYZE {changed} (person)")
    return new


def take_back(load: Load) -> None:
    """Make the register what it was before a load. Raises NoLongerKept."""
    if not is_kept(load):
        raise NoLongerKept
    if load.kind == Load.DELTA:
        _run("DELETE FROM {changed} WHERE load = %s", [load.pk])
        return
    _wait_for_what_serves()
    _run("DROP TABLE {changed}, {serving}")
    _run("ALTER TABLE {before} RENAME TO {serving}", before=_before(load.pk))
    _run("ALTER TABLE {changed_before} RENAME TO {changed}", changed_before=_changed_before(load.pk))


def is_kept(load: Load) -> bool:
    """Whether a load can still be taken back."""
    if load.kind == Load.DELTA:
        # What a delta of before insured migration 0006 brought stands among all others.
        return not load.taken or bool(_value("SELECT EXISTS (SELECT FROM {changed} WHERE load = %s)", [load.pk]))
    return _value("SELECT to_regclass(%s)", [f"insured_before_{load.pk}"]) is not None


def forget_older(than: int) -> None:
    """Drop what was kept for loads before this one: who goes back further loads a file again.

    After the swap and apart from it: what somebody still reads is left for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^insured_before_[0-9]+(_changed)?$'"
            " AND pg_table_is_visible(oid)"
        )
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        if int(name.split("_")[2]) < than:
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


def _count_new() -> int:
    """How many of the coming people nobody knew: each is looked for in the order of the index, so that few of millions
    are turned to. Left alone, the planner would read all of them: it has no figures of a table that has just come.
    """
    for way in ("hashjoin", "mergejoin"):
        _run("SET LOCAL {way} = off", way=sql.Identifier(f"enable_{way}"))
    new = _value(
        "SELECT count(*) FROM (SELECT person FROM {coming} ORDER BY person) AS one"
        " WHERE NOT EXISTS (SELECT FROM {serving} p WHERE p.person = one.person)"
        " AND NOT EXISTS (SELECT FROM {changed} c WHERE c.person = one.person)"
    )
    for way in ("hashjoin", "mergejoin"):
        _run("SET LOCAL {way} = DEFAULT", way=sql.Identifier(f"enable_{way}"))
    return int(new)


def _wait_for_what_serves() -> None:
    """Get both tables for ourselves without making others wait: whoever reads them long is asked again later."""
    for _ in range(_TRIES_TO_SWAP):
        try:
            with transaction.atomic():
                _run("SET LOCAL lock_timeout = '50ms'")
                _run("LOCK TABLE {changed}, {serving} IN ACCESS EXCLUSIVE MODE")
                _run("SET LOCAL lock_timeout = DEFAULT")
            return
        except OperationalError:
            time.sleep(_SECONDS_BETWEEN_TRIES)
    raise StillRead


def _before(load: int) -> sql.Identifier:
    return sql.Identifier(f"insured_before_{load}")


def _changed_before(load: int) -> sql.Identifier:
    return sql.Identifier(f"insured_before_{load}_changed")


_NAMES = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))


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
    return sql.SQL(statement).format(
        serving=sql.Identifier(SERVING),
        changed=sql.Identifier(CHANGED),
        coming=sql.Identifier(COMING),
        **names,
    )
