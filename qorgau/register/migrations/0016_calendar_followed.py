import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0012_temporary_status"),
        ("register", "0015_never_emptied"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFollowed",
            fields=[
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="directory.change",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("moved", models.PositiveIntegerField()),
            ],
        ),
    ]
