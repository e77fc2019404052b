import django.db.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_what_insurance_rests_on")]

    operations = [
        migrations.CreateModel(
            name="HandlingLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force to")),
                (
                    "limit",
                    models.CharField(
                        choices=[("returns", "returns of an appeal, after which the desk above settles whose it is")],
                        max_length=20,
                        verbose_name="what is limited",
                    ),
                ),
                ("value", models.PositiveSmallIntegerField(verbose_name="how many")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="basis")),
            ],
            options={
                "verbose_name": "limit",
                "verbose_name_plural": "limits",
                "ordering": ["limit", "-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.Q(value__gte=1),
                        name="limit_of_one_at_least",
                        violation_error_message="The smallest limit is 1.",
                    ),
                ],
            },
        ),
    ]
