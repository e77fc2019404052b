"""Chats know how they came to an appeal. Of those that are linked already the moment tells: a chat in which an appeal was
registered was linked in the moment of its receipt; whatever did not come along from there came by number and code."""

from django.db import migrations, models

TELL_APART = """
WITH registering AS (
    SELECT own.id, own.external_id, own.proved_at FROM people_channelidentity AS own
    JOIN register_appeal AS a ON a.applicant_id = own.applicant_id AND a.channel = 'telegram'
        AND a.received_at = own.proved_at
    WHERE own.channel = 'telegram'
)
UPDATE people_channelidentity AS known SET came_by = CASE WHEN EXISTS (
        SELECT FROM registering AS r WHERE r.external_id = known.external_id AND r.proved_at = known.proved_at
    ) THEN 'carried' ELSE 'code' END
WHERE known.channel = 'telegram' AND NOT EXISTS (SELECT FROM registering AS r WHERE r.id = known.id)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_found_by_masked_iin"), ("register", "0017_spent_word")]

    operations = [
        migrations.AddField(
            model_name="channelidentity",
            name="came_by",
            field=models.CharField(
                choices=[
                    ("registered", "an appeal was registered there"),
                    ("carried", "an earlier appeal of the person was registered there"),
                    ("code", "number and access code were said there"),
                ],
                default="registered",
                max_length=10,
                verbose_name="known because",
            ),
        ),
        migrations.RunSQL(TELL_APART, migrations.RunSQL.noop),
    ]
