from django.db import migrations

from qorgau.lib.never_emptied import never_emptied


class Migration(migrations.Migration):
    dependencies = [("insured", "0006_changed_people")]

    operations = never_emptied("insured", ["insured_lookup", "insured_temporarystatus"])
