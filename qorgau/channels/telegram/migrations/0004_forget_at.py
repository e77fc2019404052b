from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("telegram", "0003_claimed_by"),
    ]

    operations = [
        migrations.AddField(model_name="dialogue", name="forget_at", field=models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="dialogue",
            index=models.Index(
                condition=models.Q(("forget_at__isnull", False)), fields=["forget_at"], name="dialogue_forget"
            ),
        ),
        # What is kept from before is looked through once, by the clock.
        migrations.RunSQL("UPDATE telegram_dialogue SET forget_at = updated_at", migrations.RunSQL.noop),
    ]
