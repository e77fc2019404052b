from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0003_claimed_by"),
    ]

    operations = [
        migrations.AddField(model_name="chatpace", name="taken_for", field=models.BigIntegerField(null=True)),
    ]
