from django.db import migrations

from qorgau.lib.never_emptied import never_emptied


class Migration(migrations.Migration):
    dependencies = [("people", "0007_consent_to_warnings")]

    operations = never_emptied("people", ["people_signinevent", "people_staffchange", "people_consenttext"])
