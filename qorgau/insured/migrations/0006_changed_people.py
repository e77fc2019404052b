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


class Migration(migrations.Migration):
    dependencies = [("insured", "0005_temporary_status")]

    operations = [migrations.RunSQL(CHANGED, "DROP TABLE insured_changed")]
