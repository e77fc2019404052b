"""A message keeps the desk that its author wrote for."""

import django.db.models.deletion
from django.db import migrations, models

# Only the desk that holds an appeal writes to its applicant, and custody says which it was. Of older notes nothing but
# the author is known, so they get the desk at which the author works now.
FILL = """
UPDATE register_message m SET desk_id = COALESCE(
    CASE WHEN m.direction = 'to_applicant' THEN (
        SELECT c.desk_id FROM register_custody c
        WHERE c.appeal_id = m.appeal_id AND c.since <= m.at AND (c.until IS NULL OR c.until > m.at)
        ORDER BY c.since DESC LIMIT 1
    ) END,
    s.desk_id
) FROM people_staff s WHERE s.id = m.staff_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_constraints_say_what_is_wrong"),
        ("people", "0003_what_the_database_keeps"),
        ("register", "0004_fewer_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="desk",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.desk",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
