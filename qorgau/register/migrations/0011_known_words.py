"""Words that appeals have, each once; and the planner knows ten thousand of them by how common they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0010_steps_done")]

    operations = [
        migrations.CreateModel(
            name="KnownWord",
            fields=[
                ("lexeme", models.CharField(db_collation="C", max_length=60, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="WordsGathered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("through", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE register_appealwords ALTER COLUMN lexemes SET STATISTICS 1000",
            "ALTER TABLE register_appealwords ALTER COLUMN lexemes SET STATISTICS -1",
        ),
    ]
