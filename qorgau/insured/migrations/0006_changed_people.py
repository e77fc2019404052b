"""Rows that deltas brought lie beside those of the last whole load, so that a delta touches no page of these."""

from django.db import migrations

# Columns stand in this order so that none is padded. What they hold is told in insured/record.py, which row of a person
# holds in insured/rows.py. What a delta before this one put among the others stays there.
CHANGED = """
CREATE TABLE insured_changed (
    person uuid NOT NULL,
    load bigint NOT NULL,
    clinic bigint,
    attached_since date,
    paid bytea NOT NULL,
    last_months bytea,
    categories bytea,
    ahead bytea,
    temporary bytea
);
CREATE UNIQUE INDEX ON insured_changed (person, load);
"""

# What is kept to go back to gets the table beside it too, as a whole load keeps both from now on.
BESIDE_WHAT_IS_KEPT = """
DO $$
DECLARE kept name;
BEGIN
    FOR kept IN SELECT relname FROM pg_class
        WHERE relkind = 'r' AND relname ~ '^insured_before_[0-9]+$' AND pg_table_is_visible(oid)
    LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I (LIKE insured_changed INCLUDING INDEXES)', kept || '_changed');
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("insured", "0005_temporary_status")]

    operations = [migrations.RunSQL([CHANGED, BESIDE_WHAT_IS_KEPT], "DROP TABLE insured_changed")]
