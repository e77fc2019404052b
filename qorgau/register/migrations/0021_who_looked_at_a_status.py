from django.db import migrations, models


class Migration(migrations.Migration):
    """Look-ups of somebody's insured status are a part of their own among the openings."""

    dependencies = [
        ("register", "0020_what_applicants_have_not_heard"),
        ("register", "0020_what_of_it_is_open_or_elsewhere"),
    ]
    operations = [
        migrations.AlterField(
            model_name="opening",
            name="part",
            field=models.CharField(
                choices=[
                    ("card", "card"),
                    ("form", "form"),
                    ("contacts", "contacts"),
                    ("file", "file"),
                    ("person", "person"),
                    ("status", "status"),
                    ("export", "export"),
                ],
                max_length=10,
            ),
        ),
    ]
