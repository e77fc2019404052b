from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_temporary_status")]

    operations = [
        migrations.AlterField(
            "insurancecategory",
            "budget",
            models.CharField(
                "who pays",
                choices=[
                    ("republican", "republican budget"),
                    ("local", "local budget"),
                    ("nobody", "nobody, exempt from paying"),
                ],
                default="republican",
                max_length=12,
            ),
        ),
    ]
