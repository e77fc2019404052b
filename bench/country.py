"""A country's appeals in the register: a million rows and five million journal lines in some minutes.

Everything a row has is drawn from its serial number, so that the same size gives the same rows every time. The rows are
made inside the database, from words and names that were copied into it; triggers and foreign keys rest meanwhile, and
what they watch over holds by the way the rows are made. Hashes of the journal are only of the right length.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings

from bench import country_words
from bench.country_shape import CHANNELS, DAYS, LANGUAGES, REGIONS, Shape, shape
from qorgau.demo.sayings import SAYINGS
from qorgau.rules.numbers import _QUASIGROUP

CLINICS_IN_A_REGION = 25
_WHEEL = 2000
_TABLES = (
    "people_applicant", "register_appeal", "register_appealwords", "register_custody", "register_participation",
    "register_clock", "register_journalline", "register_message", "register_answer", "notices_notice",
)  # fmt: skip
_NAMES, _DETAILS = 20_000, 8_000


def fill(appeals: int) -> None:
    """Put so many appeals into an empty register whose directory is loaded."""
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as connection:
        for statement in (
            "SET session_replication_role = replica",
            "SET synchronous_commit = off",
            "SET work_mem = '256MB'",
            "SET maintenance_work_mem = '1GB'",
            "SET max_parallel_workers_per_gather = 0",
        ):
            connection.execute(statement)
        _say(connection, "words", lambda: _copy_words(connection))
        _clinics(connection)
        with _without_indexes(connection):
            _draw(connection, appeals)
            for name, statement in _STATEMENTS.items():
                _say(connection, name, lambda statement=statement: _run(connection, statement))
        for (sequence,) in connection.execute(
            "SELECT sequencename FROM pg_sequences WHERE sequencename ~ '^register_serial_'"
        ).fetchall():
            connection.execute("SELECT setval(%s::regclass, %s)", [sequence, appeals + 1])
        for table in ("bench_draft", "bench_name", "bench_phrase", "bench_detail", "bench_clinic"):
            connection.execute(f"DROP TABLE {table}")


def _say(connection: psycopg.Connection, what: str, do: object) -> None:
    started = time.monotonic()
    assert callable(do)
    do()
    print(f"  {what}: {time.monotonic() - started:.1f} s", flush=True)


# --- What the rows are made of ---------------------------------------------------------------------------------------


def _copy_words(connection: psycopg.Connection) -> None:
    connection.execute(
        """
        CREATE UNLOGGED TABLE bench_name (serial int PRIMARY KEY, surname text, given text, patronymic text, words text[]);
        CREATE UNLOGGED TABLE bench_phrase (serial int, language text, text text, words text[]);
        CREATE UNLOGGED TABLE bench_detail (serial int, language text, text text, words text[]);
        """
    )
    _copy(connection, "bench_name", country_words.names(_NAMES))
    _copy(connection, "bench_phrase", country_words.phrases())
    _copy(connection, "bench_detail", country_words.details(_DETAILS))
    for table in ("bench_name", "bench_phrase", "bench_detail"):
        connection.execute(f"ALTER TABLE {table} ALTER words TYPE tsvector USING array_to_tsvector(words)")
    connection.execute("CREATE UNIQUE INDEX ON bench_phrase (language, serial)")
    connection.execute("CREATE UNIQUE INDEX ON bench_detail (language, serial)")
    connection.execute("ANALYZE bench_name; ANALYZE bench_phrase; ANALYZE bench_detail")


def _copy(connection: psycopg.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _clinics(connection: psycopg.Connection) -> None:
    connection.execute(
        """
        CREATE UNLOGGED TABLE bench_clinic AS
        SELECT d.id AS desk_id, d.organisation_id, d.region_id,
            row_number() OVER (PARTITION BY d.region_id ORDER BY d.id) - 1 AS place
        FROM directory_desk d WHERE d.kind = 'clinic';
        CREATE UNIQUE INDEX ON bench_clinic (region_id, place);
        CREATE OR REPLACE FUNCTION bench_draw(serial bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
            $$ SELECT (hashint8extended(serial, salt) & 2147483647) / 2147483648.0 $$;
        """
    )


def _picks(connection: psycopg.Connection, of: Shape) -> dict[str, str]:
    """SQL for everything that is drawn by weight."""
    regions = dict(connection.execute("SELECT kato, id FROM directory_region").fetchall())
    topics = dict(connection.execute("SELECT code, id FROM directory_topic").fetchall())
    picks = {
        "kind": _pick(of.kinds, 1),
        "channel": _pick(CHANNELS, 2),
        "language": _pick(LANGUAGES, 3),
        "region": _pick({regions[kato]: weight for kato, weight in REGIONS.items()}, 4),
        "hour": _pick(of.hours, 6),
    }
    of_kind = (
        f"WHEN '{kind}' THEN {_pick({topics[code]: weight for code, weight in weights.items()}, 16)}"
        for kind, weights in of.topics.items()
    )
    return picks | {"topic": f"CASE kind {' '.join(of_kind)} END"}


def _pick(weights: Mapping[Any, float], salt: int) -> str:
    """SQL that draws one of the values: a wheel on which each stands as often as its weight says."""
    whole, wheel, passed = sum(weights.values()), [], 0.0
    for place, weight in enumerate(weights.values(), start=1):
        passed += weight
        wheel += [place] * (round(_WHEEL * passed / whole) - len(wheel))
    values = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in weights)
    drawn = f"1 + floor({_WHEEL} * bench_draw(g, {salt}))::int"
    return f"(ARRAY[{values}])[('{{{','.join(map(str, wheel))}}}'::int[])[{drawn}]]"


def _draw(connection: psycopg.Connection, appeals: int) -> None:
    digits = "lpad(yy::text, 2, '0') || lpad(g::text, 7, '0')"
    damm = "'{" + ",".join(digit for row in _QUASIGROUP for digit in map(str, row)) + "}'::int[]"
    check = "0"
    for place in range(1, 10):
        check = f"({damm})[1 + 10 * ({check}) + substr(digits, {place}, 1)::int]"
    statement = _DRAFT.format(
        appeals=appeals, days=DAYS, check=check, digits=digits, names=_NAMES, details=_DETAILS, phrases=len(SAYINGS),
        clinics=CLINICS_IN_A_REGION, **_picks(connection, shape()),
    )  # fmt: skip
    _say(connection, "draft", lambda: connection.execute(statement))
    connection.execute("ANALYZE bench_draft")


_DRAFT = """
CREATE UNLOGGED TABLE bench_draft AS
WITH drawn AS MATERIALIZED (
    SELECT g,
        {kind} AS kind, {channel} AS channel, {language} AS language, {region} AS region_id,
        -- The earlier the serial, the earlier it came; some letters were on their way for days.
        date_trunc('day', now()) - make_interval(
            days => floor({days} * (1 - g / {appeals}.0))::int + CASE WHEN bench_draw(g, 5) < 0.05 THEN 3 ELSE 0 END,
            hours => 5 - {hour},
            secs => 3600 * bench_draw(g, 7)
        ) - interval '1 day' AS received_at,
        floor({names} * bench_draw(g, 8))::int AS name,
        floor({details} * bench_draw(g, 9))::int AS detail,
        floor({phrases} * bench_draw(g, 10))::int AS phrase,
        floor({clinics} * power(bench_draw(g, 11), 2))::int AS clinic,
        bench_draw(g, 12) AS held, bench_draw(g, 13) AS progress, bench_draw(g, 14) AS chance, bench_draw(g, 15) AS luck
    FROM generate_series(1, {appeals}) AS g
), placed AS MATERIALIZED (
    SELECT d.*, extract(year FROM received_at)::int % 100 AS yy,
        {topic} AS topic_id,
        CASE
            WHEN kind = 'complaint' THEN
                CASE WHEN held < 0.6 THEN 'clinic' WHEN held < 0.9 THEN 'branch' WHEN held < 0.97 THEN 'health_department'
                     ELSE 'centre' END
            WHEN kind = 'application' THEN 'branch'
            WHEN held < 0.75 THEN 'contact_centre' WHEN held < 0.9 THEN 'branch' ELSE 'clinic'
        END AS at_kind,
        extract(epoch FROM now() - received_at) / 86400 AS age
    FROM drawn d
), stated AS MATERIALIZED (
    SELECT *, {digits} AS digits, CASE WHEN progress < (
            -- A question is answered within the day, a complaint within weeks; now and then one is forgotten.
            CASE WHEN kind IN ('complaint', 'application')
                THEN CASE WHEN age < 5 THEN 0.9 WHEN age < 21 THEN 0.6 WHEN age < 45 THEN 0.15 ELSE 0.004 END
                ELSE CASE WHEN age < 1 THEN 0.7 WHEN age < 3 THEN 0.3 WHEN age < 15 THEN 0.05 ELSE 0.002 END
            END)
        THEN (ARRAY['registered', 'registered', 'registered', 'in_work', 'in_work', 'in_work', 'in_work', 'in_work',
            'awaiting_applicant', 'on_approval'])[1 + floor(10 * chance)::int]
        ELSE CASE WHEN chance < 0.02 THEN 'withdrawn' WHEN chance < 0.03 THEN 'redirected'
            WHEN age < 30 THEN 'answered' ELSE 'closed' END
        END AS state
    FROM placed
)
SELECT s.g,
    yy || '-' || lpad(g::text, 7, '0') || '-' || ({check})::text AS number,
    kind, CASE WHEN kind IN ('complaint', 'application') THEN 'full' ELSE 'simplified' END AS procedure,
    channel, s.language, received_at, s.name, s.detail, s.phrase, topic_id, t.sensitive,
    CASE WHEN luck < 0.93 OR at_kind <> 'contact_centre' THEN s.region_id END AS region_id,
    CASE WHEN at_kind IN ('clinic', 'health_department') OR luck < 0.2 THEN c.organisation_id END AS organisation_id,
    at_kind AS desk_kind, coalesce(CASE WHEN at_kind = 'clinic' THEN c.desk_id END, h.desk) AS holder_id, state, chance, luck,
    state IN ('registered', 'in_work', 'awaiting_applicant', 'awaiting_clinic', 'on_approval') AS is_open,
    (received_at + make_interval(days => CASE WHEN kind IN ('complaint', 'application') THEN 21 WHEN kind = 'request' THEN 3
        ELSE 7 END))::date AS due_on,
    received_at + make_interval(hours => (6 + 400 * chance * CASE WHEN kind IN ('complaint', 'application') THEN 1
        ELSE 0.1 END)::int) AS answered_at
FROM stated s
JOIN (SELECT id AS of_topic, sensitive FROM directory_topic) t ON t.of_topic = topic_id
LEFT JOIN (SELECT desk_id, organisation_id, region_id AS of_region, place FROM bench_clinic) c
    ON c.of_region = s.region_id AND c.place = s.clinic
LEFT JOIN (SELECT id AS desk, kind AS of_kind, region_id AS of_region FROM directory_desk WHERE kind <> 'clinic') h
    ON h.of_kind = at_kind AND (h.of_region = s.region_id OR at_kind IN ('contact_centre', 'centre'))
ORDER BY g
"""


# --- The rows --------------------------------------------------------------------------------------------------------

_BECAUSE = """'{"text": "This desk answers for the place.", "facts": {}}'::jsonb"""
_HASH = "decode(repeat('00', 32), 'hex')"
_STAFF = "(SELECT min(id) FROM people_staff WHERE desk_id = d.holder_id)"
_WORKER = "staff.id"
_JOIN_STAFF = "LEFT JOIN (SELECT desk_id, min(id) AS id FROM people_staff GROUP BY desk_id) AS staff ON staff.desk_id = d.holder_id"

_AS_IT_CAME = {name: f"d.{name}" for name in ("received_at", "kind", "channel", "language", "topic_id", "region_id")}

_STATEMENTS: Mapping[str, tuple[str, Mapping[str, str], str]] = {
    "applicants": (
        "people_applicant",
        {
            "id": "g", "surname": "n.surname", "given_name": "n.given", "patronymic": "n.patronymic",
            # Six of ten telephones are somebody's who wrote before.
            "phone": "'+7701' || lpad(floor(4000000 * power(bench_draw(g, 20), 1.5))::int::text, 7, '0')",
            "iin_hash": "CASE WHEN bench_draw(g, 21) < 0.4 THEN substr(sha256((g % 700000)::text::bytea), 1, 16) END",
            "language": "d.language",
        },
        "bench_draft d JOIN bench_name n ON n.serial = d.name",
    ),
    "appeals": (
        "register_appeal",
        {
            "id": "g", "number": "number", "delivery_key": "'bench-' || g", "content_digest": r"'\x00'::bytea",
            "code_version": "1", "kind": "kind", "procedure": "procedure", "channel": "channel", "language": "d.language",
            "text": "p.text || ' ' || e.text", "topic_id": "topic_id", "region_id": "region_id",
            "organisation_id": "organisation_id", "applicant_id": "g", "sensitive": "sensitive", "flags": "'[]'::jsonb",
            "received_at": "received_at", "registered_on": "received_at::date", "state": "state", "holder_id": "holder_id",
            "assignee_id": f"CASE WHEN state <> 'registered' THEN {_WORKER} END", "due_on": "due_on",
            "overdue": "is_open AND due_on < now()::date",
            "waiting_since": "CASE WHEN is_open AND state <> 'awaiting_applicant' THEN received_at END",
            "because": _BECAUSE, "answered_at": "CASE WHEN NOT is_open THEN answered_at END",
            "closed_at": "CASE WHEN state = 'closed' THEN answered_at + interval '30 days' END",
            "version": "CASE WHEN state = 'registered' THEN 1 WHEN is_open THEN 3 WHEN luck < 0.15 THEN 6 ELSE 5 END",
            "journal_head": _HASH,
        },
        f"""bench_draft d JOIN bench_phrase p ON (p.language, p.serial) = (d.language, d.phrase)
            JOIN bench_detail e ON (e.language, e.serial) = (d.language, d.detail) {_JOIN_STAFF}""",
    ),
    "words": (
        "register_appealwords",
        {"appeal_id": "g", "lexemes": "p.words || e.words || n.words"},
        """bench_draft d JOIN bench_phrase p ON (p.language, p.serial) = (d.language, d.phrase)
            JOIN bench_detail e ON (e.language, e.serial) = (d.language, d.detail)
            JOIN bench_name n ON n.serial = d.name""",
    ),
    "custody": (
        "register_custody",
        {
            "appeal_id": "g", "desk_id": "holder_id", "since": "received_at",
            "until": "CASE WHEN state IN ('closed', 'withdrawn', 'redirected') THEN answered_at END",
            "accepted_at": "CASE WHEN state <> 'registered' THEN received_at + interval '2 hours' END",
            "accepted_by_id": f"CASE WHEN state <> 'registered' THEN {_WORKER} END", "because": _BECAUSE,
        },
        f"bench_draft d {_JOIN_STAFF}",
    ),
    "participation of holders": (
        "register_participation",
        {"appeal_id": "g", "desk_id": "holder_id", **_AS_IT_CAME, "is_open": "is_open", "elsewhere": "false"},
        "bench_draft d ORDER BY holder_id, g",
    ),
    "participation of others": (
        "register_participation",
        {"appeal_id": "g", "desk_id": "h.id", **_AS_IT_CAME, "is_open": "is_open", "elsewhere": "false"},
        """bench_draft d JOIN directory_desk h ON h.kind =
                CASE WHEN d.desk_kind = 'contact_centre' THEN 'branch' ELSE 'contact_centre' END
            AND (h.kind = 'contact_centre' OR h.region_id = d.region_id)
            WHERE CASE WHEN d.desk_kind = 'contact_centre' THEN luck < 0.03 ELSE channel = 'call' AND luck < 0.5 END""",
    ),
    "clocks": (
        "register_clock",
        {
            "appeal_id": "g", "purpose": "'consideration'",
            "policy_id": "(SELECT min(id) FROM directory_deadlinepolicy WHERE purpose = 'consideration')",
            "started_at": "received_at", "due_on": "due_on", "sheet": "(SELECT sheet FROM bench_sheet)",
            "stopped_at": "CASE WHEN NOT is_open THEN answered_at END", "days_taken": "CASE WHEN NOT is_open THEN 3 END",
            "overdue_at": "CASE WHEN is_open AND due_on < now()::date THEN due_on::timestamptz END",
        },
        "bench_draft d",
    ),
    "journal": (
        "register_journalline",
        {
            "appeal_id": "g", "sequence": "l.sequence", "at": "received_at + (answered_at - received_at) * l.part",
            "actor": "l.actor", "staff_id": f"CASE WHEN l.actor = 'staff' THEN {_WORKER} END", "verb": "l.verb",
            "before": "l.before", "after": "l.after", "because": "CASE WHEN l.sequence = 1 THEN " + _BECAUSE
            + " ELSE '{}'::jsonb END", "previous_hash": _HASH, "hash": _HASH,
        },
        f"""bench_draft d {_JOIN_STAFF}
            JOIN (VALUES
                (1, 'register', 'door', '{{}}'::jsonb, '{{"state": "registered"}}'::jsonb, 0.0),
                (2, 'accept', 'staff', '{{"state": "registered"}}', '{{"state": "in_work"}}', 0.2),
                (3, 'note', 'staff', '{{}}', '{{}}', 0.4),
                (4, 'answer', 'staff', '{{"state": "in_work"}}', '{{"state": "answered"}}', 0.9),
                (5, 'close', 'clock', '{{"state": "answered"}}', '{{"state": "closed"}}', 1.0),
                (6, 'add_message', 'applicant', '{{}}', '{{}}', 1.1)
            ) AS l(sequence, verb, actor, before, after, part)
            ON l.sequence <= CASE WHEN state = 'registered' THEN 1 WHEN is_open THEN 3 WHEN luck < 0.15 THEN 6 ELSE 5 END
            ORDER BY g, l.sequence""",
    ),
    "messages": (
        "register_message",
        {
            "appeal_id": "g", "direction": "CASE WHEN chance < 0.5 THEN 'from_applicant' ELSE 'to_applicant' END",
            "text": "e.text", "at": "received_at + interval '3 hours'",
            "staff_id": f"CASE WHEN chance >= 0.5 THEN {_WORKER} END",
        },
        f"""bench_draft d JOIN bench_detail e ON (e.language, e.serial) = (d.language, d.name % 8000) {_JOIN_STAFF}
            WHERE luck < 0.3""",
    ),
    "answers": (
        "register_answer",
        {
            "appeal_id": "g", "decision": "CASE WHEN kind = 'complaint' THEN 'founded' ELSE 'explained' END",
            "text": "p.text", "language": "d.language", "author_id": _WORKER, "drafted_at": "answered_at",
            "sent_at": "answered_at", "sent_by_id": _WORKER,
        },
        f"""bench_draft d JOIN bench_phrase p ON (p.language, p.serial) = (d.language, d.phrase) {_JOIN_STAFF}
            WHERE state IN ('answered', 'closed') AND {_WORKER} IS NOT NULL""",
    ),
    "notices": (
        "notices_notice",
        {
            "appeal_number": "number", "topic": "'receipt'", "facts": "'{}'::jsonb", "language": "language",
            "transport": "'sms'", "address": "'+7701'", "created_at": "received_at", "due_at": "received_at",
            "attempts": "1", "state": "'sent'", "sent_at": "received_at",
        },
        "bench_draft d",
    ),
}  # fmt: skip


def _run(connection: psycopg.Connection, statement: tuple[str, Mapping[str, str], str]) -> None:
    table, columns, source = statement
    everything = _what_must_be_filled(connection, table) | dict(columns)
    if "id" in columns:
        connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(g) FROM bench_draft))")
    connection.execute(
        f"INSERT INTO {table} ({', '.join(everything)}) SELECT {', '.join(everything.values())} FROM {source}"
    )


_EMPTY = {"text": "''", "character varying": "''", "boolean": "false", "jsonb": "'{}'::jsonb", "ARRAY": "'{}'"}


def _what_must_be_filled(connection: psycopg.Connection, table: str) -> dict[str, str]:
    """Columns that may not be null and have no value of their own, each empty: those we do not name stay so."""
    rows = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO' "
        "AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    ).fetchall()
    return {name: _EMPTY.get(kind, "0") for name, kind in rows}


@contextmanager
def _without_indexes(connection: psycopg.Connection) -> Iterator[None]:
    """Indexes of the tables that are filled, those of constraints left out, are made when the rows are there."""
    rows = connection.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
        """,
        [list(_TABLES)],
    ).fetchall()
    for name, _ in rows:
        connection.execute(f"DROP INDEX {name}")
    connection.execute("CREATE UNLOGGED TABLE bench_sheet AS SELECT sheet FROM register_clock LIMIT 1")
    # Some of them refuse it: they only grow.
    connection.execute("SET session_replication_role = replica")
    connection.execute("TRUNCATE " + ", ".join(_TABLES) + " CASCADE")
    connection.execute("RESET session_replication_role")
    yield
    connection.execute("DROP TABLE bench_sheet")
    for name, definition in rows:
        _say(connection, f"index {name}", lambda definition=definition: connection.execute(definition))
