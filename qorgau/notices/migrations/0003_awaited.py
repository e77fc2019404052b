from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_instead_of"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="awaited_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("awaited_until__isnull", False), ("state", "waiting")),
                fields=["due_at"],
                name="notice_awaited",
            ),
        ),
    ]
