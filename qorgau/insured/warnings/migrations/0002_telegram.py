from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("warnings", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="subscription",
            name="channel",
            field=models.CharField(
                choices=[("sms", "SMS"), ("email", "e-mail"), ("telegram", "Telegram")], max_length=12
            ),
        ),
    ]
