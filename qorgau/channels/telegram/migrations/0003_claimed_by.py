from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("telegram", "0002_wanted_file"),
    ]

    operations = [
        migrations.AddField(model_name="wantedfile", name="claimed_by", field=models.IntegerField(null=True)),
    ]
