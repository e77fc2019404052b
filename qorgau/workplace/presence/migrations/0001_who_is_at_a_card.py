"""Who is at a card: a table that is not worth a line of the write-ahead log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("register", "0005_message_knows_its_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "appeal_id", "staff_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("doing", models.CharField(blank=True, max_length=30)),
                ("at", models.DateTimeField()),
                (
                    "appeal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="register.appeal",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE presence_presence SET UNLOGGED", "ALTER TABLE presence_presence SET LOGGED", elidable=False
        ),
    ]
