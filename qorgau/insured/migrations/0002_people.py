"""The rows of people, which no model holds, and a journal that only grows."""

from django.db import migrations

# Columns stand in this order so that none is padded; what they hold is told in insured/record.py.
PEOPLE = """
CREATE TABLE insured_person (
    person uuid NOT NULL,
    clinic bigint,
    attached_since date,
    paid bytea NOT NULL,
    last_months bytea,
    categories bytea,
    ahead bytea,
    temporary bytea
);
CREATE UNIQUE INDEX ON insured_person (person);
"""

KEEP_LOOK_UPS = """
CREATE FUNCTION insured_look_ups_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '5 years' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'who looked at whose insurance is append-only for five years'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER look_ups_only_grow BEFORE UPDATE OR DELETE ON insured_lookup
    FOR EACH ROW EXECUTE FUNCTION insured_look_ups_only_grow();
"""


class Migration(migrations.Migration):
    dependencies = [("insured", "0001_initial")]

    operations = [
        migrations.RunSQL(PEOPLE, "DROP TABLE insured_person"),
        migrations.RunSQL(
            KEEP_LOOK_UPS,
            "DROP TRIGGER look_ups_only_grow ON insured_lookup; DROP FUNCTION insured_look_ups_only_grow();",
        ),
    ]
