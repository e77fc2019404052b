from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_overtaken"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="unsure",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
