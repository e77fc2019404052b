from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_awaited"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("sent", "sent"),
                    ("failed", "could not be delivered"),
                    ("undeliverable", "no way to reach the person"),
                    ("overtaken", "no longer so, never sent"),
                ],
                default="waiting",
                max_length=15,
                verbose_name="state",
            ),
        ),
    ]
