import django.core.validators
from django.db import migrations, models

CENTRES = {
    "100000000": (50.41, 80.23),
    "110000000": (53.28, 69.39),
    "150000000": (50.28, 57.21),
    "190000000": (43.87, 77.06),
    "230000000": (47.11, 51.92),
    "270000000": (51.23, 51.37),
    "310000000": (42.9, 71.37),
    "330000000": (45.02, 78.37),
    "350000000": (49.8, 73.1),
    "390000000": (53.21, 63.62),
    "430000000": (44.85, 65.51),
    "470000000": (43.65, 51.16),
    "550000000": (52.29, 76.97),
    "590000000": (54.87, 69.15),
    "610000000": (43.3, 68.27),
    "620000000": (47.78, 67.71),
    "630000000": (49.95, 82.61),
    "710000000": (51.13, 71.43),
    "750000000": (43.24, 76.91),
    "790000000": (42.32, 69.59),
}


def say_where_they_are(apps, schema_editor):
    regions = apps.get_model("directory", "Region").objects
    for kato, (latitude, longitude) in CENTRES.items():
        regions.filter(kato=kato).update(latitude=latitude, longitude=longitude)


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_exempt_from_paying")]

    operations = [
        migrations.AddField(
            "region",
            "latitude",
            models.FloatField(
                "latitude of the main town",
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-90),
                    django.core.validators.MaxValueValidator(90),
                ],
            ),
        ),
        migrations.AddField(
            "region",
            "longitude",
            models.FloatField(
                "longitude of the main town",
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(-180),
                    django.core.validators.MaxValueValidator(180),
                ],
            ),
        ),
        migrations.RunPython(say_where_they_are, migrations.RunPython.noop),
    ]
