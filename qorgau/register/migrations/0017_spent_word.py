from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0016_calendar_followed"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpentWord",
            fields=[
                ("word", models.UUIDField(primary_key=True, serialize=False)),
                ("spent_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
