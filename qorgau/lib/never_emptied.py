"""Tables that are never emptied at once: TRUNCATE asks no trigger of rows, so they refuse it themselves."""

from collections.abc import Iterable

from django.db.migrations import RunSQL

_REFUSE = """
CREATE FUNCTION {app}_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def never_emptied(app: str, tables: Iterable[str]) -> list[RunSQL]:
    """Operations of a migration: from then on these tables of an app refuse TRUNCATE."""
    return [
        RunSQL(_REFUSE.format(app=app), f"DROP FUNCTION {app}_never_emptied();"),
        *(
            RunSQL(
                f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {app}_never_emptied();",
                f"DROP TRIGGER never_emptied ON {table};",
            )
            for table in tables
        ),
    ]
