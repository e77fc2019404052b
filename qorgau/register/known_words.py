"""Every word that appeals have, once, so that the beginning of a word is sought as the words it may become.

PostgreSQL can look for a beginning by itself, but then it puts all appeals with all such words on one heap before it
looks at anything else. Words written out are met one by one, rare ones first. The worker gathers new words every
minute; a beginning that no known word has is sought as such, so a new word is missing for that minute only where older
ones begin like it.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

MOST_BEGUN = 200
"""A beginning of more words than that is sought as a beginning."""

_BATCH = 10_000
_OVERLAP = 500
"""Appeals are read again, because one with a smaller key may be committed after one with a greater."""

_GATHER = """
    WITH taken AS (
        SELECT appeal_id, lexemes FROM register_appealwords WHERE appeal_id > %s ORDER BY appeal_id LIMIT %s
    ), added AS (
        INSERT INTO register_knownword (lexeme)
        SELECT DISTINCT lexeme FROM taken, unnest(tsvector_to_array(lexemes)) AS lexeme ORDER BY lexeme
        ON CONFLICT DO NOTHING
    )
    SELECT max(appeal_id), count(*) FROM taken
"""
_BEGUN = """
    SELECT asked.place, begun.lexeme
    FROM unnest(%s::text[]) WITH ORDINALITY AS asked (beginning, place)
    CROSS JOIN LATERAL (
        SELECT lexeme FROM register_knownword
        WHERE lexeme >= asked.beginning COLLATE "C" AND lexeme < asked.beginning || U&'\\+10FFFF' COLLATE "C"
        ORDER BY lexeme LIMIT %s
    ) AS begun
"""


def begun(beginnings: Sequence[str]) -> list[list[str] | None]:
    """Of each beginning, the words that begin so; None when there are too many of them, or none."""
    found: list[list[str]] = [[] for _ in beginnings]
    if beginnings:
        with connection.cursor() as cursor:
            cursor.execute(_BEGUN, [list(beginnings), MOST_BEGUN + 1])
            for place, lexeme in cursor.fetchall():
                found[place - 1].append(lexeme)
    return [words if 0 < len(words) <= MOST_BEGUN else None for words in found]


def add_known(lexemes: Iterable[str]) -> None:
    """Words that an appeal was given later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_knownword (lexeme) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
            [sorted(lexemes)],
        )


def gather() -> int:
    """Add the words of appeals that came since the last time; how many appeals were read."""
    read = 0
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO register_wordsgathered (id, through) VALUES (1, 0) ON CONFLICT DO NOTHING")
        cursor.execute("SELECT through FROM register_wordsgathered WHERE id = 1")
        after = max(0, cursor.fetchone()[0] - _OVERLAP)
        while True:
            with transaction.atomic():
                cursor.execute(_GATHER, [after, _BATCH])
                last, count = cursor.fetchone()
                if not count:
                    return read
                cursor.execute("UPDATE register_wordsgathered SET through = greatest(through, %s)", [last])
            after, read = last, read + count
