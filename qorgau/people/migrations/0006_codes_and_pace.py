from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_absences"),
    ]

    operations = [
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BinaryField()),
                ("seed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="one_time_code_made")],
            },
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("forgotten_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["forgotten_at"], name="pace_forgotten")],
            },
        ),
        # Counts that a crash may lose, and that need not wait for the disk.
        migrations.RunSQL("ALTER TABLE people_pace SET UNLOGGED", "ALTER TABLE people_pace SET LOGGED"),
    ]
