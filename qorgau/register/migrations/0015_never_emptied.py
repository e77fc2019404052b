"""What only grows is not emptied at once either: TRUNCATE asks no trigger of rows, so the tables refuse it themselves."""

from django.db import migrations

TABLES = ["register_appeal", "register_journalline", "register_opening"]

REFUSE = """
CREATE FUNCTION register_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0014_what_a_desk_sees_by_receipt")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION register_never_emptied();"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION register_never_emptied();",
                f"DROP TRIGGER never_emptied ON {table};",
            )
            for table in TABLES
        ),
    ]
