from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_where_regions_are")]

    operations = [
        migrations.AlterField(
            model_name="handlinglimit",
            name="limit",
            field=models.CharField(
                choices=[
                    ("returns", "returns of an appeal, after which the desk above settles whose it is"),
                    ("temporary_notice", "days before a temporary status ends, when it is told"),
                    ("new_codes", "new access codes of an appeal within a day"),
                ],
                max_length=20,
                verbose_name="what is limited",
            ),
        ),
    ]
