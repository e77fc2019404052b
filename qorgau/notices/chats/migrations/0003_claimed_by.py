from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chats", "0002_muted"),
    ]

    operations = [
        migrations.AddField(model_name="saying", name="claimed_by", field=models.IntegerField(null=True)),
    ]
