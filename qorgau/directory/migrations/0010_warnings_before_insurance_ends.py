from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_checklists")]

    operations = [
        migrations.CreateModel(
            name="InsuranceWarnings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force to")),
                ("basis", models.CharField(max_length=200, verbose_name="legal basis in Russian")),
                ("basis_kk", models.CharField(blank=True, max_length=200, verbose_name="legal basis in Kazakh")),
                ("basis_en", models.CharField(blank=True, max_length=200, verbose_name="legal basis in English")),
                (
                    "source_mark",
                    models.CharField(
                        choices=[
                            ("V", "read in the act"),
                            ("V2", "read in someone else's account of the act"),
                            ("M", "not verified: ask a lawyer"),
                            ("ours", "our own promise"),
                        ],
                        default="M",
                        max_length=4,
                        verbose_name="how sure",
                    ),
                ),
                (
                    "first_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="days before the last day, first warning"
                    ),
                ),
                (
                    "last_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="days before the last day, second warning"
                    ),
                ),
                (
                    "kept_days",
                    models.PositiveSmallIntegerField(
                        default=90, verbose_name="days that a contact is kept after its warnings ended"
                    ),
                ),
            ],
            options={
                "verbose_name": "warnings before insurance ends",
                "verbose_name_plural": "warnings before insurance ends",
                "ordering": ["-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_days__gt", models.F("last_days")), ("first_days__lte", 120)),
                        name="the_first_warning_comes_first",
                        violation_error_message="The first warning comes before the second, and at most 120 days ahead.",
                    )
                ],
            },
        ),
    ]
