from django.db import migrations, models


class Migration(migrations.Migration):
    """News that reached an applicant by no way is found at once among all that happened."""

    dependencies = [("register", "0019_offers_taken_back")]
    operations = [
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(condition=models.Q(("verb", "unheard")), fields=["at"], name="journal_unheard"),
        ),
    ]
