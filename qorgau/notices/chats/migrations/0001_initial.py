from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Chat",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "language",
                    models.CharField(choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")], max_length=2),
                ),
                ("begun_at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
                ("blocked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ChatPace",
            fields=[
                ("chat_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("free_at", models.DateTimeField()),
                ("paused_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Saying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chat_id", models.BigIntegerField()),
                ("content", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["chat_id", "id"], name="saying_of_chat"),
                    models.Index(fields=["due_at"], name="saying_due"),
                ],
            },
        ),
        # Counts that a crash may lose, and that need not wait for the disk.
        migrations.RunSQL("ALTER TABLE chats_chatpace SET UNLOGGED", "ALTER TABLE chats_chatpace SET LOGGED"),
    ]
