"""What only grows is not emptied at once either: TRUNCATE asks no trigger of rows, so the tables refuse it themselves."""

from django.db import migrations

TABLES = ["people_signinevent", "people_staffchange", "people_consenttext"]

REFUSE = """
CREATE FUNCTION people_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_consent_to_warnings")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION people_never_emptied();"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION people_never_emptied();",
                f"DROP TRIGGER never_emptied ON {table};",
            )
            for table in TABLES
        ),
    ]
