import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0004_pace_taken_for"),
    ]

    operations = [
        migrations.CreateModel(
            name="GivenReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("appeal_number", models.CharField(max_length=16)),
                ("chat_id", models.BigIntegerField()),
                ("promised_at", models.DateTimeField()),
                ("said_at", models.DateTimeField(null=True)),
                ("unsure", models.PositiveSmallIntegerField(default=0)),
                ("failed_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["appeal_number"], name="given_of_appeal"),
                    models.Index(
                        condition=models.Q(("failed_at__isnull", False), ("left_at", None)),
                        fields=["failed_at"],
                        name="given_not_left",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="saying",
            name="receipt",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="chats.givenreceipt",
            ),
        ),
    ]
