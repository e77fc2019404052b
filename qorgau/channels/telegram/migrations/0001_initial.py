import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("chats", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dialogue",
            fields=[
                (
                    "chat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to="chats.chat"
                    ),
                ),
                ("state", models.BinaryField()),
                ("version", models.PositiveIntegerField(default=0)),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bot", models.BigIntegerField()),
                ("update_id", models.BigIntegerField()),
                ("chat_id", models.BigIntegerField()),
                ("content", models.BinaryField(null=True)),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("content__isnull", False)),
                        fields=["chat_id", "update_id"],
                        name="received_of_chat",
                    ),
                    models.Index(
                        condition=models.Q(("content__isnull", False)), fields=["due_at"], name="received_due"
                    ),
                    models.Index(fields=["received_at"], name="received_when"),
                ],
                "constraints": [models.UniqueConstraint(fields=("bot", "update_id"), name="received_once")],
            },
        ),
    ]
