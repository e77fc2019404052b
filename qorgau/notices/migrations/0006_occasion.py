from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0005_unsure"),
    ]

    operations = [
        migrations.AddField(model_name="notice", name="occasion", field=models.UUIDField(null=True)),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("occasion__isnull", False)), fields=["occasion"], name="notice_of_occasion"
            ),
        ),
    ]
