from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_codes_and_pace"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consenttext",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("clinic_contact", "passing contacts to the clinic"),
                    ("survey", "asking for an opinion later"),
                    ("publication", "publishing question and answer without the name"),
                    ("insurance_warning", "warnings before insurance ends"),
                ],
                max_length=40,
                verbose_name="purpose",
            ),
        ),
    ]
