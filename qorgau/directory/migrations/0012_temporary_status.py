from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0011_attachment_to_clinics")]

    operations = [
        migrations.AddField(
            model_name="insurancerules",
            name="temporary_months",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="months of a temporary status"),
        ),
        migrations.AlterField(
            model_name="handlinglimit",
            name="limit",
            field=models.CharField(
                choices=[
                    ("returns", "returns of an appeal, after which the desk above settles whose it is"),
                    ("temporary_notice", "days before a temporary status ends, when it is told"),
                ],
                max_length=20,
                verbose_name="what is limited",
            ),
        ),
    ]
