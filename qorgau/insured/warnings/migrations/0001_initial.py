import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.UUIDField()),
                ("channel", models.CharField(choices=[("sms", "SMS"), ("email", "e-mail")], max_length=12)),
                ("address_sealed", models.BinaryField()),
                ("address_hash", models.BinaryField(max_length=16)),
                ("label_sealed", models.BinaryField(default=b"")),
                (
                    "language",
                    models.CharField(choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")], max_length=2),
                ),
                ("tells_back", models.BooleanField(default=False)),
                ("proven", models.BooleanField(default=False)),
                ("consent_version", models.CharField(max_length=40)),
                ("confirmed_at", models.DateTimeField()),
                (
                    "seen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not looked yet"),
                            ("covered", "there was cover"),
                            ("lost", "there was none"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stopped", "stopped by the link in a message"),
                            ("by_person", "stopped by the person whom it was about"),
                            ("refused", "the address does not exist any more"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["address_hash"], name="warnings_of_address"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", False)), fields=["ended_at"], name="warnings_ended"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person", "address_hash"),
                        name="one_warning_of_a_person_at_an_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("step", models.CharField(max_length=5)),
                ("told_at", models.DateTimeField()),
                (
                    "subscription",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="warnings.subscription",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subscription", "day", "step"), name="told_once_of_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("register", models.CharField(max_length=40)),
                ("began_at", models.DateTimeField()),
                ("reached", models.BigIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "register"), name="one_round_a_day_and_register")
                ],
            },
        ),
    ]
